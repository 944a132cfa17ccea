import { toLatin } from '../../value/digits';

/** Months as people write them: 11, 10-12, 1،4،7. Nothing when it is none. */
export function readMonths(text: string): number[] | undefined {
  const found = new Set<number>();
  for (const part of toLatin(text).split(/[,،\s]+/).filter(Boolean)) {
    const match = /^(\d{1,2})(?:[-–](\d{1,2}))?$/.exec(part);
    if (!match) return undefined;
    const from = Number(match[1]);
    const to = Number(match[2] ?? match[1]);
    if (from < 1 || to > 12 || from > to) return undefined;
    for (let month = from; month <= to; month += 1) found.add(month);
  }
  return found.size > 0 ? [...found].sort((a, b) => a - b) : undefined;
}
