import { useCallback, useRef, useState } from 'react';
import { useClient, useQuery, type AnyVariables, type CombinedError, type TypedDocumentNode } from 'urql';
import { useViews } from '../live/use-live';
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

/** The longest page the server gives. */
const longest = 500;

/**
 * A keyset list that grows by pages: rows already read stay while the next are on their way. When one of the views
 * moves, as many rows as were read are read again and put in their place, so that nobody's place in the list moves.
 */
export function usePages<Data, Variables extends AnyVariables, Node>(
  query: TypedDocumentNode<Data, Variables>,
  variables: Omit<Variables, 'after'>,
  pick: (data: Data) => Page<Node>,
  views: readonly string[] = [],
): Pages<Data, Node> {
  const client = useClient();
  const view = JSON.stringify(variables);
  const [read, setRead] = useState<{ view: string; rows: Node[]; after: string | null }>({ view, rows: [], after: null });
  const [fresh, setFresh] = useState<{ view: string; data: Data; rows: Node[]; next: string | null }>();
  const here = read.view === view ? read : { view, rows: [], after: null };
  const anew = fresh?.view === view ? fresh : undefined;
  const [{ data: answer, fetching, stale, error, extensions }, ask] = useQuery({ query, variables: { ...variables, after: here.after } as unknown as Variables });
  const page = answer && pick(answer);
  const rows = anew ? anew.rows : page ? [...here.rows, ...page.nodes] : here.rows;
  const next = anew ? anew.next : page?.pageInfo.hasNextPage && !fetching ? page.pageInfo.endCursor : null;

  const count = useRef(0);
  count.current = rows.length;
  const now = useRef(view);
  now.current = view;
  const refresh = useCallback(async () => {
    const first = (variables as { first?: number }).first ?? longest;
    const all: Node[] = [];
    let after: string | null = null;
    let data: Data | undefined;
    do {
      const asked = { ...variables, first: Math.min(longest, Math.max(first, count.current - all.length)), after } as unknown as Variables;
      const result = await client.query(query, asked, { requestPolicy: 'network-only' }).toPromise();
      if (!result.data || now.current !== view) return;
      data = result.data as Data;
      const part: Page<Node> = pick(data);
      all.push(...part.nodes);
      after = part.pageInfo.hasNextPage ? part.pageInfo.endCursor : null;
    } while (after !== null && all.length < count.current);
    setFresh({ view, data, rows: all, next: after });
  }, [client, query, view]);
  useViews(views, () => void refresh());

  return {
    data: anew?.data ?? answer,
    rows,
    more: next
      ? () => {
          setFresh(undefined);
          setRead({ view, rows, after: next });
        }
      : undefined,
    fetching,
    stale,
    behind: isBehind(extensions),
    error,
    again: () => {
      setFresh(undefined);
      setRead({ view, rows: [], after: null });
      ask({ requestPolicy: 'network-only' });
    },
  };
}
