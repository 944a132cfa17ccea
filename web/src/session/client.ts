import { cacheExchange, createClient, fetchExchange, mapExchange, type Client, type CombinedError } from 'urql';
import i18n from 'i18next';
import { hashes } from '../generated/hashes';

export const isUnauthenticated = (error: CombinedError | undefined): boolean =>
  error?.graphQLErrors.some((problem) => problem.extensions['code'] === 'unauthenticated') === true ||
  (error?.response as Response | undefined)?.status === 401;

/** The server waited for the position just written and its views had not reached it: the figures are older. */
export const isBehind = (extensions: Record<string, unknown> | undefined): boolean => extensions?.['stale'] === true;

/** When this page last wrote: a change that comes just after is one's own. */
let lastWrite = 0;
const own = 3000;
/** What every reading must include: what was written here, or was heard to have happened. */
let written: string | undefined;

const placeOf = (position: string | undefined): number => Number(/(\d+)$/.exec(position ?? '')?.[1] ?? 0);

/** Something happened at a place of the log: what is read from now on includes it. */
export function heard(position: string): void {
  if (placeOf(position) > placeOf(written)) written = position;
}

export const wasOurs = (): boolean => Date.now() - lastWrite < own;

/**
 * The one way to the server. Problems come back in the user's language; a lost session is told once; after a command
 * every reading asks for figures that include it, so that people read their own writes.
 */
export function createDiwanClient(lost: () => void): Client {
  written = undefined;
  return createClient({
    url: '/graphql',
    preferGetMethod: false,
    fetch: byHash,
    fetchOptions: () => ({
      credentials: 'same-origin',
      headers: { 'Accept-Language': i18n.language, ...(written ? { 'X-After': written } : {}) },
    }),
    exchanges: [
      mapExchange({
        onResult(result) {
          if (result.operation.kind === 'mutation' && positionOf(result.data)) lastWrite = Date.now();
          if (result.operation.kind === 'mutation') written = positionOf(result.data) ?? written;
        },
        onError(error) {
          if (isUnauthenticated(error)) lost();
        },
      }),
      cacheExchange,
      fetchExchange,
    ],
  });
}

function positionOf(data: unknown): string | undefined {
  for (const act of Object.values((data ?? {}) as Record<string, { position?: string | null } | null>)) {
    if (act?.position) return act.position;
  }
  return undefined;
}

/**
 * Sends the hash of a document in the place of its text: the server knows the app's own documents and, in an office,
 * answers a browser nothing else.
 */
function byHash(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  if (typeof init?.body === 'string') {
    const asked = JSON.parse(init.body) as { operationName?: string; query?: string; extensions?: object };
    const sha256Hash = hashes[asked.operationName ?? ''];
    if (sha256Hash && !import.meta.env.DEV) {
      delete asked.query;
      asked.extensions = { ...asked.extensions, persistedQuery: { version: 1, sha256Hash } };
      return fetch(input, { ...init, body: JSON.stringify(asked) });
    }
  }
  return fetch(input, init);
}
