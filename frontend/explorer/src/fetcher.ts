import { createGraphiQLFetcher, type Fetcher, type FetcherParams } from '@graphiql/toolkit';
import { type DocumentNode, parse } from 'graphql';
import { createClient } from 'graphql-sse';

const url = new URL('/graphql', location.origin).href;
// Asked with the cookie as the credential; no other site can set this header without a preflight.
const csrf = { 'x-plumbline-csrf': '1' };
const once = createGraphiQLFetcher({ url, headers: csrf });

/** Subscriptions come as server-sent events, everything else as one answer. */
export const fetcher: Fetcher = (params, options) => {
  if (!isSubscription(params)) return once(params, options);
  const { query, operationName, variables } = params;
  const headers = { ...csrf, ...(options?.headers as Record<string, string> | undefined) };
  const client = createClient({ url, headers, credentials: 'same-origin', singleConnection: false, retryAttempts: 0 });
  return client.iterate({
    query,
    operationName: operationName ?? undefined,
    variables: variables as Record<string, unknown>,
  }) as ReturnType<Fetcher>;
};

function isSubscription({ query, operationName }: FetcherParams): boolean {
  let document: DocumentNode;
  try {
    document = parse(query);
  } catch {
    return false; // the server says what is wrong with it
  }
  const operations = document.definitions.filter((definition) => definition.kind === 'OperationDefinition');
  const chosen = operationName ? operations.find(({ name }) => name?.value === operationName) : operations[0];
  return chosen?.operation === 'subscription';
}
