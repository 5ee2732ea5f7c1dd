// Parsing and printing against graphql-js: equal ASTs with offsets, equal text, equal errors.
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { parse, print } from 'graphql';
import { Differences, Engine } from './lib/engine.mjs';
import { Random, scale, seed } from './lib/random.mjs';
import { mutate, Syntax } from './lib/syntax.mjs';

let engine;
before(() => {
  engine = new Engine();
});
after(() => engine.close());

function expected(source) {
  try {
    const ast = parse(source);
    return { ast: JSON.parse(JSON.stringify(ast)), text: print(ast) };
  } catch (error) {
    return { error: error.message.toWellFormed(), line: error.locations?.[0].line, column: error.locations?.[0].column };
  }
}

async function compare(sources) {
  const differences = new Differences();
  const answers = sources.map(source => engine.ask({ op: 'parse', source }));
  for (const [i, source] of sources.entries()) {
    const want = JSON.stringify(expected(source));
    const got = JSON.stringify(await answers[i]);
    if (want !== got) differences.add('parse', JSON.stringify(source), want, got);
  }
  differences.check(sources.length);
}

async function inBatches(count, make) {
  for (let done = 0; done < count; done += 500) await compare(Array.from({ length: Math.min(500, count - done) }, make));
}

test('kitchen sinks parse and print alike', async () => {
  const files = ['kitchen-sink.graphql', 'kitchen-sink-sdl.graphql', 'world.graphql', 'odd.graphql'].map(file => readFileSync(new URL(`fixtures/${file}`, import.meta.url), 'utf8'));
  files.push(readFileSync(new URL('../../backend/Plumbline.Host/schema.graphql', import.meta.url), 'utf8'));
  await compare(files.flatMap(file => [file, print(parse(file))]));
});

test('20,000 generated documents parse and print alike', async () => {
  const syntax = new Syntax(new Random(seed));
  await inBatches(20_000 * scale, () => syntax.document());
});

test('5,000 damaged documents give the same tree or the same error at the same place', async () => {
  const random = new Random(seed + 1);
  const syntax = new Syntax(random);
  await inBatches(5_000 * scale, () => mutate(syntax.document(), random));
});
