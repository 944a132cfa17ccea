import { useCallback, useEffect, useRef, useState } from 'react';
import { useClient } from 'urql';
import { DiscardDraftDocument, DraftsDocument, SaveDraftDocument, type DraftKeptFragment, type SaveDraftMutation } from '../generated/graph';
import { commandId } from '../session/command-id';
import { useSession } from '../session/session';
import { forget, keep, readKept, type Kept } from './local';
import { putAt } from './put-at';

export type Clash = SaveDraftMutation['saveDraft']['clashes'][number];

/** A form half written: kept on this device with every letter and on the server when the fingers rest, gone once it was sent. */
export interface Draft<Value> {
  value: Value;
  change: (next: Value) => void;
  /** When it was last kept, and whether the server has it or only this device. */
  keptAt: Date | undefined;
  keptBy: 'server' | 'device' | undefined;
  /** It was found, from before or from another device. */
  resumed: boolean;
  drop: () => void;
  /** Fields another person wrote differently meanwhile; nothing typed is lost until they are decided. */
  clashes: readonly Clash[];
  /** Takes one wording for each clash; a field without a choice stays yours. */
  decide: (choices: Readonly<Record<string, 'theirs' | 'yours'>>) => void;
}

const rest = 800;

/** place names the form and what it is about, "journal.2026"; its first part is the form. */
export function useDraft<Value extends object>(place: string, empty: Value, title: string = place): Draft<Value> {
  const client = useClient();
  const { me } = useSession();
  const found = useRef<Kept<Value> | undefined>(undefined);
  const now = useRef<Kept<Value>>(undefined as never);
  if (now.current === undefined) {
    found.current = readKept<Value>(localStorage, me.id, place);
    now.current = found.current ?? { id: commandId(), seen: '0', at: '', value: empty, waits: false };
  }
  const [value, setValue] = useState<Value>(now.current.value);
  const [state, setState] = useState<{ at?: Date; by?: 'server' | 'device' }>(found.current ? { at: new Date(found.current.at), by: found.current.waits ? 'device' : 'server' } : {});
  const [resumed, setResumed] = useState(found.current !== undefined);
  const [clashes, setClashes] = useState<readonly Clash[]>([]);
  const clock = useRef<ReturnType<typeof setTimeout>>(undefined);
  const saving = useRef(false);
  const gone = useRef(false);

  const take = useCallback((draft: DraftKeptFragment, content: Value) => {
    now.current = { ...now.current, id: draft.id, seen: draft.version, at: draft.changedAt, value: content, waits: false };
    keep(localStorage, me.id, place, now.current);
    setValue(content);
    setState({ at: new Date(draft.changedAt), by: 'server' });
  }, [me.id, place]);

  const save = useCallback(async () => {
    if (saving.current || gone.current || !now.current.waits) return;
    saving.current = true;
    const sent = now.current;
    const { data } = await client.mutation(SaveDraftDocument, {
      input: { id: sent.id, kind: place.split('.')[0]!, document: place, title, seen: sent.seen, content: JSON.stringify(sent.value) },
    });
    saving.current = false;
    const answer = data?.saveDraft;
    if (gone.current || !answer) return; // no answer: it stays on this device and is sent again
    if (answer.clashes.length > 0) setClashes(answer.clashes);
    else if (answer.draft) {
      setClashes([]);
      if (now.current.value === sent.value) take(answer.draft, answer.taken.length > 0 ? (JSON.parse(answer.draft.content) as Value) : sent.value);
      else clock.current = setTimeout(() => void save(), rest); // typed on meanwhile: joined with the next saving
    } else if (answer.problems[0]?.code === 'desk.draft_gone') {
      now.current = { ...now.current, id: commandId(), seen: '0' }; // discarded elsewhere: what is typed begins a new one
      clock.current = setTimeout(() => void save(), rest);
    }
  }, [client, place, title, take]);

  const change = useCallback((next: Value) => {
    gone.current = false;
    now.current = { ...now.current, value: next, waits: true, at: new Date().toISOString() };
    keep(localStorage, me.id, place, now.current);
    setValue(next);
    setState({ at: new Date(now.current.at), by: 'device' });
    clearTimeout(clock.current);
    clock.current = setTimeout(() => void save(), rest);
  }, [me.id, place, save]);

  // From another device, or before: unless something typed here still waits.
  useEffect(() => {
    let left = false;
    void client.query(DraftsDocument, { kind: place.split('.')[0]!, first: 100 }, { requestPolicy: 'network-only' }).then(({ data }) => {
      const there = data?.drafts.nodes.find((one) => one.document === place);
      if (left || !there || gone.current) return;
      if (now.current.waits) {
        if (now.current.seen === '0') now.current = { ...now.current, id: there.id };
        void save();
      } else if (there.version !== now.current.seen || there.id !== now.current.id) {
        take(there, JSON.parse(there.content) as Value);
        setResumed(true);
      }
    });
    const back = () => void save();
    addEventListener('online', back);
    return () => {
      left = true;
      removeEventListener('online', back);
      clearTimeout(clock.current);
      void save();
    };
  }, [client, place, save, take]);

  const drop = useCallback(() => {
    gone.current = true;
    clearTimeout(clock.current);
    forget(localStorage, me.id, place);
    void client.mutation(DiscardDraftDocument, { id: now.current.id });
    now.current = { id: commandId(), seen: '0', at: '', value: empty, waits: false };
    setValue(empty);
    setState({});
    setClashes([]);
  }, [client, empty, me.id, place]);

  const decide = useCallback((choices: Readonly<Record<string, 'theirs' | 'yours'>>) => {
    // First all that does not clash is joined, with their wordings; then your wordings are put over it.
    const yours = clashes.filter((clash) => choices[clash.path] !== 'theirs');
    const theirs = clashes.reduce((content, clash) => putAt(content, clash.path, clash.theirs), now.current.value);
    setClashes([]);
    void client
      .mutation(SaveDraftDocument, { input: { id: now.current.id, kind: place.split('.')[0]!, document: place, title, seen: now.current.seen, content: JSON.stringify(theirs) } })
      .then(({ data }) => {
        const answer = data?.saveDraft;
        if (!answer?.draft || answer.clashes.length > 0) return setClashes(answer?.clashes ?? clashes);
        take(answer.draft, JSON.parse(answer.draft.content) as Value);
        if (yours.length > 0) change(yours.reduce((content, clash) => putAt(content, clash.path, clash.yours), now.current.value));
      });
  }, [client, clashes, change, place, title, take]);

  return { value, change, keptAt: state.at, keptBy: state.by, resumed, drop, clashes, decide };
}
