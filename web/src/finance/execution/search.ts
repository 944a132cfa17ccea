import type { SegmentName } from '../../generated/graph';

export const groupings = ['PROGRAMME', 'ITEM', 'ACTIVITY', 'GOVERNORATE'] as const;
export type Grouping = (typeof groupings)[number];

/** The budget key of a year that chose none. */
export const usualKey: readonly SegmentName[] = ['FUND', 'CHAPTER', 'PROGRAMME', 'ACTIVITY', 'ITEM', 'SOURCE'];

/** Segments one may put a condition on. */
export const conditions = ['SOURCE', 'CENTRE', 'FUND'] as const satisfies readonly SegmentName[];
export type Condition = (typeof conditions)[number];

/** A line with less than this share of its releases, in percent, is one to look at. */
export const lowShare = 5;

/** The view as its address carries it. */
export type ExecutionSearch = { by?: Grouping; /** Only lines with little or nothing left. */ low?: '1' } & { [segment in Condition]?: string };

export function executionSearch(search: Record<string, unknown>): ExecutionSearch {
  const by = groupings.find((grouping) => grouping === search['by']);
  const chosen = conditions.flatMap((segment) => {
    const value = search[segment];
    return typeof value === 'string' || typeof value === 'number' ? [[segment, String(value)]] : [];
  });
  const low = search['low'] === '1' || search['low'] === 1;
  return { ...(by && by !== 'PROGRAMME' ? { by } : {}), ...(low ? { low: '1' as const } : {}), ...(Object.fromEntries(chosen) as ExecutionSearch) };
}
