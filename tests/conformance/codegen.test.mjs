// GraphQL Code Generator against introspection of the running product: the types it writes accept a right program and refuse a wrong one.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { codegen } from '@graphql-codegen/core';
import * as typedDocuments from '@graphql-codegen/typed-document-node';
import * as typescript from '@graphql-codegen/typescript';
import * as operations from '@graphql-codegen/typescript-operations';
import { buildClientSchema, buildSchema, getIntrospectionQuery, lexicographicSortSchema, parse, printSchema } from 'graphql';
import { root } from './lib/engine.mjs';
import { startProduct } from './lib/product.mjs';

const document = `
  query TraceList($project: ID!, $first: Int!, $where: TraceFilter) {
    project(id: $project) {
      name
      traces(first: $first, where: $where) {
        nodes { id name status startTime costUsd tokens { total } models }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
  mutation NewDataset($input: CreateDatasetInput!) { createDataset(input: $input) { dataset { id name } } }`;

const right = `
import { request } from 'graphql-request';
import { NewDatasetDocument, TraceListDocument, type TraceListQueryVariables } from './documents';
import type { Query } from './schema';

export const rootFields: (keyof Query)[] = ['viewer', 'project'];
const variables: TraceListQueryVariables = { project: 'prj_x', first: 10, where: { status: 'ERROR', model: { eq: 'gpt-5' } } };
export async function names(url: string): Promise<string[]> {
  const data = await request(url, TraceListDocument, variables);
  const totals: number[] = data.project?.traces.nodes.map((trace) => trace.tokens.total) ?? [];
  const made = await request(url, NewDatasetDocument, { input: { projectId: 'prj_x', name: 'a' } });
  return [\`\${totals.length} \${made.createDataset.dataset.id}\`, ...(data.project?.traces.nodes.map((trace) => trace.name) ?? [])];
}
`;

let product;
let folder;
before(async () => {
  product = await startProduct();
  const cache = join(root, 'node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  folder = mkdtempSync(join(cache, 'plumbline-codegen-'));
});
after(async () => {
  rmSync(folder, { recursive: true, force: true });
  await product.stop();
});

async function introspect() {
  const query = getIntrospectionQuery({ specifiedByUrl: true, directiveIsRepeatable: true, schemaDescription: true, inputValueDeprecation: true, oneOf: true });
  const answer = await fetch(product.graphql, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...product.script },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = await answer.json();
  assert.equal(errors, undefined);
  return buildClientSchema(data);
}

async function generate(schemaAst, filename, pluginMap) {
  const text = await codegen({
    filename,
    schema: parse(printSchema(schemaAst)),
    schemaAst,
    documents: [{ location: 'app.graphql', document: parse(document) }],
    config: { enumsAsTypes: true, useTypeImports: true, defaultScalarType: 'unknown', scalars: { DateTime: 'string', Long: 'number', Decimal: 'string' } },
    plugins: Object.keys(pluginMap).map(name => ({ [name]: {} })),
    pluginMap,
  });
  writeFileSync(join(folder, filename), text);
}

function compile(name, source) {
  writeFileSync(join(folder, name), source);
  const options = ['--noEmit', '--strict', '--target', 'es2023', '--module', 'esnext', '--moduleResolution', 'bundler', '--skipLibCheck', '--types', 'node'];
  return spawnSync('npx', ['tsc', '--pretty', 'false', ...options, join(folder, name)], { cwd: root, encoding: 'utf8' });
}

test('types generated from the running server compile with a program that uses them', async () => {
  const schema = await introspect();
  await generate(schema, 'schema.ts', { typescript });
  await generate(schema, 'documents.ts', { operations, typedDocuments });
  const compiled = compile('right.ts', right);
  assert.equal(compiled.status, 0, compiled.stdout);
  for (const [wrong, complaint] of [
    ['trace.tokens.total', 'trace.tokens.totl'],
    ["status: 'ERROR'", "status: 'BROKEN'"],
    ['first: 10', "first: 'ten'"],
  ].map(([from, to]) => [right.replace(from, to), to])) {
    const refused = compile('wrong.ts', wrong);
    assert.notEqual(refused.status, 0, `compiled all the same with ${complaint}`);
    assert.match(refused.stdout, /wrong\.ts\(\d+,\d+\): error TS/);
  }
});

test('the schema told by introspection is the schema written down', async () => {
  const text = await (await fetch(`${product.graphql}/schema.graphql`, { headers: product.script })).text();
  const sorted = schema => printSchema(lexicographicSortSchema(schema));
  assert.equal(sorted(await introspect()), sorted(buildSchema(text)));
});
