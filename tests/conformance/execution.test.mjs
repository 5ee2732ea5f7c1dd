// Execution against graphql-js over the same data: equal data, equal errors at equal places.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { execute, getIntrospectionQuery, parse, validate } from 'graphql';
import { makeRoot, schema } from './fixtures/world.mjs';
import { Differences, Engine } from './lib/engine.mjs';
import { Queries } from './lib/queries.mjs';
import { Random, scale, seed } from './lib/random.mjs';

let engine;
before(() => {
  engine = new Engine();
});
after(() => engine.close());

const errorsOf = errors => (errors ?? []).map(({ message, path, locations }) => JSON.stringify({ message, path, locations })).sort();

function normal(result) {
  return { data: result.data, errors: errorsOf(result.errors) };
}

async function expected(source, variables) {
  const document = parse(source);
  const errors = validate(schema, document);
  if (errors.length > 0) return normal({ errors });
  return normal(JSON.parse(JSON.stringify(await execute({ schema, document, rootValue: makeRoot(), variableValues: variables }))));
}

async function compare(cases) {
  const differences = new Differences();
  const answers = cases.map(({ source, variables }) => engine.ask({ op: 'execute', source, variables }));
  let failing = 0;
  for (const [i, { source, variables }] of cases.entries()) {
    const want = await expected(source, variables);
    const got = normal(await answers[i]);
    if (want.errors.length > 0) failing++;
    if (JSON.stringify(want) !== JSON.stringify(got))
      differences.add('execute', `${source}\n${JSON.stringify(variables)}`, JSON.stringify(want), JSON.stringify(got));
  }
  differences.check(cases.length);
  return failing;
}

test('2,500 generated queries and mutations give the same answer', async t => {
  const random = new Random(seed + 7);
  const queries = new Queries(schema, random);
  let failing = 0;
  let done = 0;
  while (done < 2_500 * scale) {
    const cases = Array.from({ length: 500 }, () => queries.document(['query', 'query', 'query', 'mutation']));
    done += cases.length;
    failing += await compare(cases);
  }
  t.diagnostic(`${failing} of ${done} with errors`);
  assert.ok(failing > 200 && failing < done - 500, `${failing} of ${done} have errors: neither side is well covered`);
});

test('variables that do not fit are refused in the same words', async () => {
  const source =
    'query($i: Int, $n: Int!, $f: Float, $s: String, $b: Boolean, $id: ID, $m: Mood, $l: [Int!], $in: EchoInput, $one: OneOfInput) { echo(int: $i, float: $f, string: $s, bool: $b, id: $id, mood: $m, list: $l, input: $in, one: $one) x: echo(int: $n) }';
  const values = [
    {},
    { n: null },
    { n: 1 },
    { n: 1.5 },
    { n: '1' },
    { n: 2147483648 },
    { n: true },
    { n: [1] },
    { n: 1, i: null },
    { n: 1, i: {} },
    { n: 1, f: '0.5' },
    { n: 1, f: 1 },
    { n: 1, s: 5 },
    { n: 1, s: ['a'] },
    { n: 1, b: 1 },
    { n: 1, b: 'true' },
    { n: 1, id: 7 },
    { n: 1, id: 'x' },
    { n: 1, id: 1.5 },
    { n: 1, id: true },
    { n: 1, m: 'SAD' },
    { n: 1, m: 'sad' },
    { n: 1, m: 3 },
    { n: 1, m: null },
    { n: 1, l: 5 },
    { n: 1, l: [1, null] },
    { n: 1, l: [1, 'x', 2.5] },
    { n: 1, l: [] },
    { n: 1, in: {} },
    { n: 1, in: { required: 1 } },
    { n: 1, in: { required: '1', txt: 'x' } },
    { n: 1, in: 5 },
    { n: 1, in: [1] },
    { n: 1, in: { required: 1, children: [{ required: 2, children: [{ required: null, mood: 'MAD' }] }] } },
    { n: 1, in: { required: 1, withDefault: null, text: null } },
    { n: 1, one: {} },
    { n: 1, one: { text: 'a' } },
    { n: 1, one: { text: null } },
    { n: 1, one: { text: 'a', number: 1 } },
    { n: 1, one: { nope: 1 } },
    { n: 1, extra: 5 },
  ];
  await compare(values.map(variables => ({ source, variables })));
});

test('introspection answers alike', async () => {
  const source = getIntrospectionQuery({
    specifiedByUrl: true,
    directiveIsRepeatable: true,
    schemaDescription: true,
    inputValueDeprecation: true,
    oneOf: true,
  });
  const got = await engine.ask({ op: 'execute', source });
  const want = await execute({ schema, document: parse(source), rootValue: makeRoot() });
  // graphql-js 16.15 already describes directives on directives, which the September 2025 edition does not have: its own types and @deprecated differ there.
  const byName = list => list.filter(({ name }) => !name.startsWith('__') && name !== 'deprecated').sort((a, b) => a.name.localeCompare(b.name));
  const settle = ({ __schema: s }) => JSON.parse(JSON.stringify({ ...s, types: byName(s.types), directives: byName(s.directives) }));
  assert.deepEqual(settle(got.data), settle(want.data));
});
