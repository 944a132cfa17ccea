import type { SegmentName } from '../../generated/graph';

export const groupings = ['PROGRAMME', 'ITEM', 'ACTIVITY', 'GOVERNORATE'] as const;
export type Grouping = (typeof groupings)[number];

/** The budget key of a year that chose none. */
export const usualKey: readonly SegmentName[] = ['FUND', 'CHAPTER', 'PROGRAMME', 'ACTIVITY', 'ITEM', 'SOURCE'];

/** Segments one may put a condition on. */
export const conditions = ['SOURCE', 'CENTRE', 'FUND'] as const satisfies readonly SegmentName[];
export type Condition = (typeof conditions)[number];

/** The view as its address carries it. */
export type ExecutionSearch = { by?: Grouping } & { [segment in Condition]?: string };

export function executionSearch(search: Record<string, unknown>): ExecutionSearch {
  const by = groupings.find((grouping) => grouping === search['by']);
  const chosen = conditions.flatMap((segment) => {
    const value = search[segment];
    return typeof value === 'string' || typeof value === 'number' ? [[segment, String(value)]] : [];
  });
  return { ...(by && by !== 'PROGRAMME' ? { by } : {}), ...(Object.fromEntries(chosen) as ExecutionSearch) };
}
