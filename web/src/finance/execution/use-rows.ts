import { useQuery } from 'urql';
import { ExecutionDocument, type ExecutionQuery } from '../../generated/graph';
import { useViews } from '../../live/use-live';
import { useAsOf } from '../../shell/as-of/as-of';
import { groupBy, type Level } from './levels';

export type Report = ExecutionQuery['executionReport'];

const pageSize = 100;

/** One page of the rows of a level. */
export function useRows(level: Level, after: string | null) {
  const { at } = useAsOf();
  const [answer, ask] = useQuery({
    query: ExecutionDocument,
    variables: { year: level.year, groupBy: groupBy(level), filter: level.filter, belowPercent: level.belowPercent ?? null, at, first: pageSize, after },
  });
  useViews(['finance_line'], () => ask({ requestPolicy: 'network-only' }), at !== null);
  return [answer, ask] as const;
}
