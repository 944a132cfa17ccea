import { useMemo } from 'react';
import { useQuery } from 'urql';
import { ExecutionDocument, LineDocument, type ExecutionRowFragment, type LineQuery, type SegmentFilter, type SegmentName } from '../../generated/graph';
import { usePreferences } from '../../preferences/preferences';
import { useSession } from '../../session/session';
import { inLanguage, type TextValue } from '../../value/BiText';
import { toLatin } from '../../value/digits';
import { usualKey } from '../execution/search';
import { matches } from '../matches';

export type BudgetLine = NonNullable<LineQuery['budgetLine']>;

const nothing = '';

/** One line with its stages; undefined while it is read, null where there is no such line. */
export function useLine(year: number, key: string): BudgetLine | null | undefined {
  const [{ data, fetching }] = useQuery({ query: LineDocument, variables: { year, key }, pause: key === nothing });
  if (key === nothing) return null;
  return data ? data.budgetLine : fetching ? undefined : null;
}

const telling: readonly SegmentName[] = ['PROGRAMME', 'ACTIVITY', 'ITEM'];

/** What a line is called: programme, project, item. */
export const namesOf = (segments: readonly { segment: SegmentName; name: TextValue }[]): TextValue[] =>
  telling.flatMap((segment) => segments.find((label) => label.segment === segment && (label.name.ar || label.name.en))?.name ?? []);

export function useLineName(year: number, key: string): TextValue[] | undefined {
  const line = useLine(year, key);
  return line ? namesOf(line.segments) : undefined;
}

/** A line to choose: its key, its names, what may still be committed. */
export interface LineChoice {
  key: string;
  names: string;
  row: ExecutionRowFragment;
}

const most = 200;

/** The lines that a typed text speaks of: the parts of a key, or words of their names. */
export function useLineChoices(year: number, chapter: string | undefined, typed: string): { choices: LineChoice[]; reading: boolean } {
  const { years } = useSession();
  const { language } = usePreferences();
  const key = years.find((known) => known.year === year)?.budgetKey ?? [];
  const segments = key.length > 0 ? key : usualKey;
  const parts = useMemo(() => keyFilter(typed, segments), [typed, segments]);
  const filter: SegmentFilter[] = [...(chapter && !parts.some((part) => part.segment === 'CHAPTER') ? [{ segment: 'CHAPTER' as const, code: chapter }] : []), ...parts];
  const [{ data, fetching }] = useQuery({ query: ExecutionDocument, variables: { year, groupBy: [], filter, first: most } });
  const choices = useMemo(() => {
    const rows = data?.executionReport.rows.nodes ?? [];
    const all = rows.flatMap((row): LineChoice[] => (row.key === null ? [] : [{ key: row.key, names: namesOf(row.segments).map((name) => inLanguage(name, language)).join(' · '), row }]));
    return parts.length > 0 || typed.trim() === '' ? all : all.filter((choice) => matches(typed, [choice.key, choice.names]));
  }, [data, parts.length, typed, language]);
  return { choices, reading: fetching };
}

/** `01-2501-44` as conditions: whole parts exactly, the last as a beginning. */
export function keyFilter(typed: string, segments: readonly SegmentName[]): SegmentFilter[] {
  const latin = toLatin(typed).trim();
  if (!/^\d+(-\d*)+$/.test(latin)) return [];
  const parts = latin.split('-');
  return parts.flatMap((code, at): SegmentFilter[] => {
    const segment = segments[at];
    return segment && code !== '' ? [{ segment, code, prefix: at === parts.length - 1 }] : [];
  });
}
