// The product's server, with its credentials and its rule against cross-site requests: graphql-http's audits and real clients.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { Client, cacheExchange, fetchExchange } from '@urql/core';
import { serverAudits } from 'graphql-http';
import { GraphQLClient } from 'graphql-request';
import { createClient as createSSE } from 'graphql-sse';
import { startProduct } from './lib/product.mjs';

let product;
let projectId;
const viewer = '{ viewer { user { email } apiKey { name } organizations { name projects { id name } } } }';

before(async () => {
  product = await startProduct();
  const client = new GraphQLClient(product.graphql, { headers: product.page });
  projectId = (await client.request(viewer)).viewer.organizations[0].projects[0].id;
});
after(() => product.stop());

for (const credential of ['script', 'page']) {
  const fetchFn = (url, init) => fetch(url, { ...init, headers: { ...init?.headers, ...product[credential] } });
  for (const audit of serverAudits({ url: () => product.graphql, fetchFn })) {
    test(`audit ${audit.id} as ${credential}: ${audit.name}`, async () => {
      const result = await audit.fn();
      assert.equal(result.status, 'ok', result.reason);
    });
  }
}

test('urql queries and changes as a signed-in page', async () => {
  const client = new Client({
    url: product.graphql,
    exchanges: [cacheExchange, fetchExchange],
    preferGetMethod: false,
    fetchOptions: { headers: product.page },
  });
  const { data, error } = await client.query(viewer, {}).toPromise();
  assert.equal(error, undefined);
  assert.equal(data.viewer.user.email, 'ann@example.com');
  const renamed = await client
    .mutation('mutation($input: CreateDatasetInput!) { createDataset(input: $input) { dataset { name } } }', { input: { projectId, name: 'urql' } })
    .toPromise();
  assert.equal(renamed.error, undefined);
  assert.equal(renamed.data.createDataset.dataset.name, 'urql');
});

test('Apollo Client queries as a script and sees errors by code', async () => {
  const client = new ApolloClient({ link: new HttpLink({ uri: product.graphql, fetch, headers: product.script }), cache: new InMemoryCache() });
  const { data } = await client.query({ query: gql(viewer) });
  assert.equal(data.viewer.organizations[0].name, 'Acme');
  const failed = await client.query({ query: gql`{ organization(slug: "nobodys") { name members { role } } }`, errorPolicy: 'all' });
  assert.equal(failed.data?.organization ?? null, null);
});

test('graphql-request queries with variables', async () => {
  const client = new GraphQLClient(product.graphql, { headers: product.script });
  const data = await client.request('query($id: ID!) { project(id: $id) { id name } }', { id: projectId });
  assert.equal(data.project.name, 'Main');
});

test('graphql-sse hears of a trace that arrives', async () => {
  const client = createSSE({ url: product.graphql, headers: product.script, retryAttempts: 0, fetchFn: fetch });
  const traceId = randomBytes(16).toString('hex');
  const heard = (async () => {
    const query = 'subscription($projectId: ID!) { traceUpdated(projectId: $projectId) { traceId name } }';
    for await (const { data, errors } of client.iterate({ query, variables: { projectId } })) {
      assert.equal(errors, undefined);
      if (data.traceUpdated.traceId === traceId) return data.traceUpdated.name;
    }
  })();
  // Subscribing takes a moment; a trace that is sent again is told again.
  let name;
  heard.then(value => (name = value));
  for (let i = 0; name === undefined && i < 100; i++) {
    await send(traceId, 'asked by graphql-sse');
    await Promise.race([heard, new Promise(resolve => setTimeout(resolve, 300))]);
  }
  assert.equal(await heard, 'asked by graphql-sse');
  client.dispose();
});

async function send(traceId, name) {
  const now = BigInt(Date.now()) * 1_000_000n;
  const span = { traceId, spanId: traceId.slice(0, 16), name, kind: 1, startTimeUnixNano: `${now}`, endTimeUnixNano: `${now + 1000n}` };
  const answer = await fetch(`${product.url}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...product.script },
    body: JSON.stringify({ resourceSpans: [{ resource: {}, scopeSpans: [{ scope: {}, spans: [span] }] }] }),
  });
  assert.equal(answer.status, 200, await answer.text());
}

test('a cookie alone is not enough: another site cannot send the header', async () => {
  const answer = await fetch(product.graphql, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie: product.page.cookie },
    body: JSON.stringify({ query: viewer }),
  });
  assert.equal(answer.status, 403);
  const preflight = await fetch(product.graphql, {
    method: 'OPTIONS',
    headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST', 'access-control-request-headers': 'x-plumbline-csrf' },
  });
  assert.equal(preflight.headers.get('access-control-allow-origin'), null);
});
