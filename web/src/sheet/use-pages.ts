import { useState } from 'react';
import { useQuery, type AnyVariables, type CombinedError, type TypedDocumentNode } from 'urql';
import { isBehind } from '../session/client';

interface Page<Node> {
  nodes: Node[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

export interface Pages<Data, Node> {
  /** The newest page's answer, for the facts beside the rows. */
  data: Data | undefined;
  rows: Node[];
  more: (() => void) | undefined;
  fetching: boolean;
  stale: boolean;
  /** The views had not reached what this person wrote last. */
  behind: boolean;
  error: CombinedError | undefined;
  again: () => void;
}

/** A keyset list that grows by pages: rows already read stay while the next are on their way. */
export function usePages<Data, Variables extends AnyVariables, Node>(
  query: TypedDocumentNode<Data, Variables>,
  variables: Omit<Variables, 'after'>,
  pick: (data: Data) => Page<Node>,
): Pages<Data, Node> {
  const view = JSON.stringify(variables);
  const [read, setRead] = useState<{ view: string; rows: Node[]; after: string | null }>({ view, rows: [], after: null });
  const here = read.view === view ? read : { view, rows: [], after: null };
  const [{ data, fetching, stale, error, extensions }, ask] = useQuery({ query, variables: { ...variables, after: here.after } as unknown as Variables });
  const page = data && pick(data);
  const rows = page ? [...here.rows, ...page.nodes] : here.rows;
  const next = page?.pageInfo.hasNextPage && !fetching ? page.pageInfo.endCursor : null;
  return {
    data,
    rows,
    more: next ? () => setRead({ view, rows, after: next }) : undefined,
    fetching,
    stale,
    behind: isBehind(extensions),
    error,
    again: () => ask({ requestPolicy: 'network-only' }),
  };
}
