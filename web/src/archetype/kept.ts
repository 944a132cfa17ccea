import { useCallback, useState } from 'react';

/** Something a person left as it is on this device: the columns of a list, what is half written. */
export function useKept<Value extends object>(place: string, usual: Value): [Value, (next: Value) => void] {
  const [value, setValue] = useState<Value>(() => {
    try {
      return { ...usual, ...(JSON.parse(localStorage.getItem(place) ?? '{}') as Partial<Value>) };
    } catch {
      return usual;
    }
  });
  const keep = useCallback(
    (next: Value) => {
      setValue(next);
      try {
        localStorage.setItem(place, JSON.stringify(next));
      } catch {
        // A browser that keeps nothing still works; it lasts until the tab closes.
      }
    },
    [place],
  );
  return [value, keep];
}
