// Validation against graphql-js: for valid and damaged documents the same rules speak, with the same words at the same places.
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { buildSchema, parse, specifiedRules, validate } from 'graphql';
import { Differences, Engine } from './lib/engine.mjs';
import { Queries } from './lib/queries.mjs';
import { Random, scale, seed } from './lib/random.mjs';
import { mutate } from './lib/syntax.mjs';

const read = path => readFileSync(new URL(path, import.meta.url), 'utf8');
const texts = { product: read('../../backend/Plumbline.Host/schema.graphql'), world: read('fixtures/world.graphql'), odd: read('fixtures/odd.graphql') };
const schemas = Object.fromEntries(Object.entries(texts).map(([name, sdl]) => [name, buildSchema(sdl)]));

let engine;
before(async () => {
  engine = new Engine();
  for (const [name, source] of Object.entries(texts)) await engine.ask({ op: 'schema', name, source });
});
after(() => engine.close());

/** Every error as "Rule: message @ places", sorted: the order between rules means nothing. */
function expected(schema, source) {
  let document;
  try {
    document = parse(source);
  } catch (error) {
    return [error.message];
  }
  try {
    return specifiedRules
      .flatMap(rule =>
        validate(schema, document, [rule], { maxErrors: 10_000 }).map(error =>
          line(
            rule.name,
            error.message,
            error.locations.map(at => `${at.line}:${at.column}`),
          ),
        ),
      )
      .sort();
  } catch {
    return undefined; // a rule of graphql-js that executes (single field subscriptions) stumbles over a variable: no verdict to compare with
  }
}

function actual(answer) {
  return answer.error ? [answer.error] : answer.errors.map(error => line(error.rule, error.message, error.locations)).sort();
}

const line = (rule, message, places) => `${rule}: ${message} @ ${places.join(' ')}`;

async function compare(name, sources) {
  const differences = new Differences();
  const answers = sources.map(source => engine.ask({ op: 'validate', schema: name, source }));
  let valid = 0;
  for (const [i, source] of sources.entries()) {
    const want = expected(schemas[name], source);
    if (want === undefined) continue;
    if (want.length === 0) valid++;
    if (want.length > 99) continue; // beyond the engine's limit of errors
    const got = actual(await answers[i]);
    if (JSON.stringify(want) !== JSON.stringify(got)) differences.add(`validate against ${name}`, source, want.join('\n'), got.join('\n'));
  }
  await Promise.all(answers);
  differences.check(sources.length);
  return valid;
}

for (const [offset, name] of ['product', 'world', 'odd'].entries()) {
  test(`2,000 documents against ${name}: the same rules with the same words`, async t => {
    const random = new Random(seed + offset);
    const operations = ['query', 'query', 'mutation', 'subscription'].filter(operation => schemas[name].getRootType(operation));
    let valid = 0;
    for (const wrong of [0, 0.02, 0.08, 0.2]) {
      const queries = new Queries(schemas[name], random, { wrong });
      const sources = Array.from({ length: 450 * scale }, () => queries.document(operations).source);
      valid += await compare(name, sources);
      if (wrong === 0)
        valid += await compare(
          name,
          sources.slice(0, 200 * scale).map(source => mutate(source, random)),
        );
    }
    t.diagnostic(`${valid} of them valid`);
    if (valid < 200) throw new Error(`only ${valid} valid documents: the comparison proves little`);
  });
}

test('hand-written violations of every rule', async () => {
  const files = read('fixtures/violations.graphql')
    .split(/^---.*$/m)
    .map(text => text.trim())
    .filter(Boolean);
  await compare('world', files);
});
