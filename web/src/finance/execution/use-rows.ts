import { useQuery } from 'urql';
import { ExecutionDocument, type ExecutionQuery } from '../../generated/graph';
import { groupBy, type Level } from './levels';

export type Report = ExecutionQuery['executionReport'];

const pageSize = 100;

/** One page of the rows of a level. */
export function useRows(level: Level, after: string | null) {
  return useQuery({
    query: ExecutionDocument,
    variables: { year: level.year, groupBy: groupBy(level), filter: level.filter, belowPercent: level.belowPercent ?? null, first: pageSize, after },
  });
}
