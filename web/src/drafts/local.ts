/** What is kept on this device of a draft: enough to go on without the server, and to be joined there later. */
export interface Kept<Value> {
  id: string;
  /** The server's version it was written on; 0 = never kept there. */
  seen: string;
  at: string;
  value: Value;
  /** Not yet on the server. */
  waits: boolean;
}

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const key = (person: string, place: string) => `diwan.draft.${person}.${place}`;

export function readKept<Value>(store: Store, person: string, place: string): Kept<Value> | undefined {
  try {
    const kept = JSON.parse(store.getItem(key(person, place)) ?? 'null') as Kept<Value> | null;
    return kept && typeof kept.id === 'string' && typeof kept.seen === 'string' ? kept : undefined;
  } catch {
    return undefined;
  }
}

export function keep<Value>(store: Store, person: string, place: string, kept: Kept<Value>): void {
  try {
    store.setItem(key(person, place), JSON.stringify(kept));
  } catch {
    // Without a store the draft is on the server alone.
  }
}

export const forget = (store: Store, person: string, place: string): void => store.removeItem(key(person, place));
