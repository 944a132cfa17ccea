/** A sealed day: everything in it is under one hash that anybody can check. */
export interface Seal {
  hash: string;
}

export interface Day<Entry> {
  day: string;
  entries: Entry[];
}

/** The entries by their days, in the order they stand in the book. */
export function daysOf<Entry>(entries: readonly Entry[], dayOf: (entry: Entry) => string): Day<Entry>[] {
  const days: Day<Entry>[] = [];
  for (const entry of entries) {
    const day = dayOf(entry);
    const last = days.at(-1);
    if (last?.day === day) last.entries.push(entry);
    else days.push({ day, entries: [entry] });
  }
  return days;
}

/** How many numbers are missing after an entry, before the next older one of the book; none is the rule. */
export function gapsOf<Entry>(entries: readonly Entry[], serial: (entry: Entry) => number | undefined): Map<Entry, number> {
  const gaps = new Map<Entry, number>();
  entries.forEach((entry, at) => {
    const next = entries[at + 1];
    const here = serial(entry);
    const there = next === undefined ? undefined : serial(next);
    if (here !== undefined && there !== undefined && here - there > 1) gaps.set(entry, here - there - 1);
  });
  return gaps;
}
