// The running server: graphql-http's audits and real clients.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { Client, cacheExchange, fetchExchange } from '@urql/core';
import { serverAudits } from 'graphql-http';
import { request as graphqlRequest } from 'graphql-request';
import { createClient as createSSE } from 'graphql-sse';
import { startServer } from './lib/engine.mjs';

let server;
before(async () => {
  server = await startServer();
});
after(() => server.stop());

for (const audit of serverAudits({ url: () => server.url, fetchFn: fetch })) {
  test(`audit ${audit.id}: ${audit.name}`, async () => {
    const result = await audit.fn();
    assert.equal(result.status, 'ok', result.reason);
  });
}

const post = (body, headers = {}) =>
  fetch(server.url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });

test('urql queries with variables', async () => {
  const client = new Client({ url: server.url, exchanges: [cacheExchange, fetchExchange], preferGetMethod: false });
  const { data, error } = await client.query('query($id: ID!) { person(id: $id) { id bestFriend { name } } }', { id: 'p1' }).toPromise();
  assert.equal(error, undefined);
  assert.deepEqual(data.person.id, 'p1');
});

test('urql reports partial errors beside data', async () => {
  const client = new Client({ url: server.url, exchanges: [fetchExchange] });
  const { data, error } = await client.query('{ me { id } boom }', {}).toPromise();
  assert.equal(data.me.id, 'p1');
  assert.equal(error.graphQLErrors[0].message, 'boom');
  assert.deepEqual(error.graphQLErrors[0].extensions.code, 'BOOM');
});

test('Apollo Client queries and caches', async () => {
  const client = new ApolloClient({ link: new HttpLink({ uri: server.url, fetch }), cache: new InMemoryCache() });
  const { data } = await client.query({ query: gql`{ people(first: 2) { id name __typename } }` });
  assert.deepEqual(
    data.people.map(person => person.id),
    ['p0', 'p1'],
  );
});

test('graphql-request queries', async () => {
  const data = await graphqlRequest(server.url, '{ pets { __typename ... on Dog { barks } } }');
  assert.equal(data.pets.length, 6);
});

test('graphql-sse subscribes, a connection each', async () => {
  const client = createSSE({ url: server.url, retryAttempts: 0, fetchFn: fetch });
  const collect = query =>
    new Promise((resolve, reject) => {
      const results = [];
      client.subscribe({ query }, { next: result => results.push(result), error: reject, complete: () => resolve(results) });
    });
  const [counts, people, single] = await Promise.all([
    collect('subscription { count(to: 3) }'),
    collect('subscription { arrivals(first: 2) { id secret } }'),
    collect('{ me { id } }'),
  ]);
  assert.deepEqual(
    counts,
    [1, 2, 3].map(count => ({ data: { count } })),
  );
  assert.deepEqual(
    people.map(result => result.data?.arrivals.id ?? null),
    ['p0', null],
  );
  assert.equal(people[1].errors[0].message, 'Cannot return null for non-nullable field Person.secret.');
  assert.deepEqual(single, [{ data: { me: { id: 'p1' } } }]);
  client.dispose();
});

test('a subscription that the client leaves is over', async () => {
  const client = createSSE({ url: server.url, retryAttempts: 0, fetchFn: fetch });
  for await (const result of client.iterate({ query: 'subscription { count(to: 1000000000) }' })) {
    assert.equal(result.data.count, 1);
    break;
  }
  client.dispose();
  assert.equal((await post({ query: '{ me { id } }' })).status, 200);
});

test('automatic persisted queries: unknown, registered, then by hash alone, also by GET', async () => {
  const query = '{ me { id name } }';
  const extensions = { persistedQuery: { version: 1, sha256Hash: createHash('sha256').update(query).digest('hex') } };
  const unknown = await (await post({ extensions })).json();
  assert.equal(unknown.errors[0].message, 'PersistedQueryNotFound');
  assert.equal(unknown.errors[0].extensions.code, 'PERSISTED_QUERY_NOT_FOUND');
  assert.equal((await (await post({ query, extensions })).json()).data.me.id, 'p1');
  assert.equal((await (await post({ extensions })).json()).data.me.id, 'p1');
  const url = `${server.url}?extensions=${encodeURIComponent(JSON.stringify(extensions))}`;
  assert.equal((await (await fetch(url)).json()).data.me.id, 'p1');
  const forged = await post({ query: '{ boom }', extensions }, { accept: 'application/graphql-response+json' });
  assert.equal(forged.status, 400);
});

test('a page cannot be made to change anything: no mutation by GET, no form posts', async () => {
  assert.equal((await fetch(`${server.url}?query=${encodeURIComponent('mutation { bump }')}`)).status, 405);
  for (const type of ['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain'])
    assert.equal((await fetch(server.url, { method: 'POST', headers: { 'content-type': type }, body: 'query=mutation{bump}' })).status, 415);
});

test('cost is reported on request', async () => {
  const answer = await (await post({ query: '{ me { friends(first: 4) { id pet { __typename } } } }' }, { 'x-report-cost': '1' })).json();
  assert.equal(answer.extensions.cost.cost, 1 + 1 + 4);
});
