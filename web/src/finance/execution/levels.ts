import type { ExecutionRowFragment, SegmentFilter, SegmentName } from '../../generated/graph';
import { inLanguage, type TextValue } from '../../value/BiText';
import type { Language } from '../../value/dates';
import type { Grouping } from './search';

/** One depth of the drill: what makes its rows, and which lines they are taken from. No grouping means single lines. */
export interface Level {
  year: number;
  by: Grouping | undefined;
  filter: SegmentFilter[];
  /** Only lines with less available than this share of what was released. */
  belowPercent?: number | undefined;
}

export const groupBy = (level: Level): SegmentName[] => (level.by ? [level.by] : []);

/** Below a row: its items, then its single lines, then (undefined) what holds the money of the one line. */
export function below(level: Level, row: ExecutionRowFragment): Level | undefined {
  if (row.key !== null || !level.by) return undefined;
  const segment = row.segments.find((label) => label.segment === level.by);
  const filter = segment ? [...level.filter, { segment: level.by, code: segment.code }] : level.filter;
  return { year: level.year, by: level.by === 'ITEM' ? undefined : 'ITEM', filter, belowPercent: level.belowPercent };
}

/** What the row is called: its own segment, or for a single line whatever tells it from its neighbours. */
export function labelOf(level: Level, row: ExecutionRowFragment, language: Language): { code: string; name: string } {
  const own = level.by ? row.segments.filter((label) => label.segment === level.by) : apart(level, row);
  const names = own.map((label) => named(label.name, label.code, language));
  return { code: own.map((label) => label.code).join('-'), name: names.join(' · ') };
}

function apart(level: Level, row: ExecutionRowFragment) {
  const fixed = new Set(level.filter.map((condition) => condition.segment));
  const rest = row.segments.filter((label) => !fixed.has(label.segment));
  return rest.length > 0 ? rest : row.segments;
}

const named = (name: TextValue, code: string, language: Language): string => inLanguage(name, language) || code;
