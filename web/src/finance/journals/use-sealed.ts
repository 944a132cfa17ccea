import { useEffect, useState } from 'react';

/** The log's newest signed checkpoint: everything up to its size is under one hash. */
export interface Sealed {
  hash: string;
  covers: (position: string) => boolean;
}

/** A checkpoint as the log publishes it: its name, how many entries, their hash, and the signature. */
export function readCheckpoint(note: string): Sealed | undefined {
  const [origin, size, hash] = note.split('\n');
  if (!origin || !hash || !/^\d+$/.test(size ?? '')) return undefined;
  const entries = BigInt(size!);
  return {
    hash,
    covers: (position) => {
      const place = /\.(\d+)$/.exec(position)?.[1];
      return place !== undefined && BigInt(place) <= entries;
    },
  };
}

export function useSealed(): Sealed | undefined {
  const [sealed, setSealed] = useState<Sealed>();
  useEffect(() => {
    let there = true;
    fetch('/log/checkpoint', { credentials: 'same-origin' })
      .then((answer) => (answer.ok ? answer.text() : ''))
      .then((note) => there && setSealed(readCheckpoint(note)))
      .catch(() => undefined);
    return () => {
      there = false;
    };
  }, []);
  return sealed;
}
