import { useQuery } from 'urql';
import { SegmentValuesDocument, type SegmentName, type SegmentValuesQuery } from '../generated/graph';

export type SegmentValue = SegmentValuesQuery['segmentValues']['nodes'][number];

const none: SegmentValue[] = [];

/** The values of a segment in code order, for lists of choice. */
export function useSegmentValues(segment: SegmentName): SegmentValue[] {
  const [{ data }] = useQuery({ query: SegmentValuesDocument, variables: { segment, first: 200 } });
  return data?.segmentValues.nodes ?? none;
}
