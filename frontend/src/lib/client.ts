import { Client, cacheExchange, fetchExchange, mapExchange, subscriptionExchange } from '@urql/core';
import { createClient as createStream } from 'graphql-sse';
import { codeOf } from './errors';
import { requestIds } from './requestIds';

/** Asked for with the cookie as the credential; no other site can set it without a preflight. */
export const csrf = { 'x-plumbline-csrf': '1' } as const;

export function createClient(onSignedOut: () => void, url = new URL('/graphql', location.origin).href): Client {
  // One POST stream per subscription; the browser allows six connections per host, so pages keep at most one or two.
  const streams = createStream({
    url,
    singleConnection: false,
    retryAttempts: 20,
    headers: csrf,
    credentials: 'same-origin',
  });
  return new Client({
    url,
    preferGetMethod: false,
    fetchOptions: { headers: csrf, credentials: 'same-origin' },
    exchanges: [
      mapExchange({
        onError(error) {
          if (codeOf(error) === 'UNAUTHENTICATED') onSignedOut();
        },
      }),
      cacheExchange,
      requestIds,
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: (operation) => ({
          subscribe: (sink) => ({
            unsubscribe: streams.subscribe(
              { query: operation.query ?? '', variables: operation.variables as Record<string, unknown> },
              {
                next: (value) => sink.next(value as never),
                error: (error) => sink.error(error),
                complete: () => sink.complete(),
              },
            ),
          }),
        }),
      }),
    ],
  });
}
