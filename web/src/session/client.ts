import { cacheExchange, createClient, fetchExchange, mapExchange, type Client, type CombinedError } from 'urql';
import i18n from 'i18next';

export const isUnauthenticated = (error: CombinedError | undefined): boolean =>
  error?.graphQLErrors.some((problem) => problem.extensions['code'] === 'unauthenticated') === true ||
  (error?.response as Response | undefined)?.status === 401;

/** The one way to the server. Problems come back in the user's language; a lost session is told once. */
export function createDiwanClient(lost: () => void): Client {
  return createClient({
    url: '/graphql',
    preferGetMethod: false,
    fetchOptions: () => ({ credentials: 'same-origin', headers: { 'Accept-Language': i18n.language } }),
    exchanges: [
      mapExchange({
        onError(error) {
          if (isUnauthenticated(error)) lost();
        },
      }),
      cacheExchange,
      fetchExchange,
    ],
  });
}
