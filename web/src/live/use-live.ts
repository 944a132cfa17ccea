import { useEffect, useRef } from 'react';
import { stringifyDocument } from 'urql';
import { DocumentChangedDocument, ViewMovedDocument, type DocumentChangedSubscription, type DocumentKind } from '../generated/graph';
import { heard } from '../session/client';
import { Transport } from './transport';

const transport = new Transport();
/** Several moves within this time are one reading. */
const settle = 400;

const watched = new Map<string, { calls: Set<() => void>; stop: () => void }>();

/** Everybody on the page who looks at the same views shares one subscription. */
function together(names: string, moved: () => void): () => void {
  let shared = watched.get(names);
  if (!shared) {
    const calls = new Set<() => void>();
    const stop = transport.subscribe(
      { name: 'ViewMoved', text: stringifyDocument(ViewMovedDocument), variables: { views: names.split(' ') } },
      { next: () => calls.forEach((call) => call()), over: () => watched.delete(names) },
    );
    shared = { calls, stop };
    watched.set(names, shared);
  }
  const { calls, stop } = shared;
  calls.add(moved);
  return () => {
    calls.delete(moved);
    if (calls.size > 0) return;
    stop();
    if (watched.get(names)?.calls === calls) watched.delete(names);
  };
}

/** Calls when one of the views moved, at most now and then, and only while somebody looks. */
export function useViews(views: readonly string[], moved: () => void, pause = false): void {
  const call = useRef(moved);
  call.current = moved;
  const names = views.join(' ');
  useEffect(() => {
    if (pause || names === '') return;
    let waiting: ReturnType<typeof setTimeout> | undefined;
    let hidden = false;
    const tell = () => {
      waiting = undefined;
      if (document.visibilityState === 'visible') call.current();
      else hidden = true;
    };
    const back = () => {
      if (hidden && document.visibilityState === 'visible') {
        hidden = false;
        call.current();
      }
    };
    document.addEventListener('visibilitychange', back);
    const stop = together(names, () => { waiting ??= setTimeout(tell, settle); });
    return () => {
      clearTimeout(waiting);
      document.removeEventListener('visibilitychange', back);
      stop();
    };
  }, [names, pause]);
}

/** Calls with the version when the document moved. */
export function useDocument(kind: DocumentKind | undefined, id: string, moved: (version: string) => void): void {
  const call = useRef(moved);
  call.current = moved;
  useEffect(() => {
    if (!kind) return;
    return transport.subscribe(
      { name: 'DocumentChanged', text: stringifyDocument(DocumentChangedDocument), variables: { kind, id } },
      { next: (data) => {
        const change = (data as DocumentChangedSubscription).documentChanged;
        heard(change.position);
        call.current(change.version);
      }, over: () => {} },
    );
  }, [kind, id]);
}
