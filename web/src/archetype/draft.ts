import { useCallback, useEffect, useRef, useState } from 'react';

/** A form half written: kept while typing, there again after a reload, gone once it was sent. */
export interface Draft<Value> {
  value: Value;
  change: (next: Value) => void;
  /** When it was last kept on this device; undefined while nothing was written. */
  keptAt: Date | undefined;
  /** It was found here, from before. */
  resumed: boolean;
  drop: () => void;
}

interface Kept<Value> {
  at: string;
  value: Value;
}

export function useDraft<Value>(place: string, empty: Value): Draft<Value> {
  const key = `diwan.draft.${place}`;
  const found = useRef<Kept<Value> | null>(undefined);
  if (found.current === undefined) found.current = readKept<Value>(key);
  const [value, setValue] = useState<Value>(found.current?.value ?? empty);
  const [keptAt, setKeptAt] = useState<Date | undefined>(found.current ? new Date(found.current.at) : undefined);
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined);
  const unsaved = useRef<Value>(undefined);

  const keep = useCallback(() => {
    if (unsaved.current === undefined) return;
    const at = new Date();
    try {
      localStorage.setItem(key, JSON.stringify({ at: at.toISOString(), value: unsaved.current } satisfies Kept<Value>));
      setKeptAt(at);
    } catch {
      // Without a store the draft lasts until the page is left.
    }
    unsaved.current = undefined;
  }, [key]);

  const change = useCallback(
    (next: Value) => {
      setValue(next);
      unsaved.current = next;
      clearTimeout(waiting.current);
      waiting.current = setTimeout(keep, 400);
    },
    [keep],
  );

  // Leaving the page at once still keeps the last letter.
  useEffect(() => {
    const leaving = () => keep();
    addEventListener('pagehide', leaving);
    return () => {
      removeEventListener('pagehide', leaving);
      clearTimeout(waiting.current);
      keep();
    };
  }, [keep]);

  const drop = useCallback(() => {
    clearTimeout(waiting.current);
    unsaved.current = undefined;
    localStorage.removeItem(key);
    setKeptAt(undefined);
    setValue(empty);
  }, [key, empty]);

  return { value, change, keptAt, resumed: found.current !== null, drop };
}

function readKept<Value>(key: string): Kept<Value> | null {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null') as Kept<Value> | null;
  } catch {
    return null;
  }
}
