// The engine's bars in one run beside graphql-js on the same machine: npm run bench -w tests/conformance
import { readFileSync } from 'node:fs';
import { buildSchema, execute, parse, validate } from 'graphql';
import { Engine } from './lib/engine.mjs';

const read = path => readFileSync(new URL(path, import.meta.url), 'utf8');
const sdl = read('../../backend/Plumbline.Host/schema.graphql');
const source = read('../Plumbline.GraphQL.Tests/Fixtures/documents/trace-list.graphql');
const product = buildSchema(sdl);

const small = buildSchema(`
  type TokenUsage { input: Float! output: Float! total: Float! }
  type Trace { id: ID! traceId: String! name: String! startTime: String! durationMs: Float! status: String! environment: String sessionId: String userId: String
    spanCount: Int! errorCount: Int! costUsd: String models: [String!]! inputPreview: String tokens: TokenUsage! }
  type TraceConnection { nodes: [Trace!]! }
  type Query { traces(first: Int! = 50): TraceConnection! }`);
const rows = Array.from({ length: 50 }, (_, i) => ({
  id: `${i}`, traceId: i.toString(16).padStart(32, '0'), name: 'chat completion', startTime: new Date(1.7e12 + i * 1000).toISOString(), durationMs: 12.5 + i, status: ['UNSET', 'OK', 'ERROR'][i % 3],
  environment: 'production', sessionId: `session-${i % 100}`, userId: null, spanCount: 7, errorCount: i % 2, costUsd: '0.00125', models: ['gpt-5', 'text-embedding-4'],
  inputPreview: 'What does the contract say about termination for convenience?', tokens: { input: 120 + i, output: 45, total: 165 + i },
}));
const query = parse('{ traces(first: 50) { nodes { id traceId name startTime durationMs status environment sessionId userId spanCount errorCount costUsd models inputPreview tokens { input output } } } }');

function best(times, run) {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 40; round++) {
    const started = performance.now();
    for (let i = 0; i < times; i++) run();
    least = Math.min(least, ((performance.now() - started) * 1000) / times);
  }
  return least;
}

const reference = {
  uncached: best(50, () => validate(product, parse(source))),
  execute: best(50, () => JSON.stringify(execute({ schema: small, document: query, rootValue: { traces: { nodes: rows } } }))),
};
const engine = new Engine();
const ours = await engine.ask({ op: 'bench', source, sdl });
engine.close();
console.log(`${ours.documentBytes} bytes of document: parsed in ${ours.parse.toFixed(1)} µs, parsed and validated with ${ours.allocated} bytes allocated`);

const table = [
  ['parse + validate the trace list, cached', `${ours.cached.toFixed(2)} µs`, '', 'under 20 µs', ours.cached < 20],
  ['parse + validate the trace list, uncached', `${ours.uncached.toFixed(1)} µs`, `${reference.uncached.toFixed(1)} µs`, 'a tenth of graphql-js', ours.uncached * 10 <= reference.uncached],
  ['execute 50 traces of 15 fields', `${ours.execute.toFixed(1)} µs`, `${reference.execute.toFixed(1)} µs`, 'under 150 µs and a tenth', ours.execute < 150 && ours.execute * 10 <= reference.execute],
  ['export 100,000 items by pages', `${ours.exportMegabytesPerSecond.toFixed(0)} MB/s`, '', '50 MB/s or more', ours.exportMegabytesPerSecond >= 50],
];
for (const [what, mine, theirs, bar, met] of table) console.log(`${met ? 'met ' : 'MISS'}  ${what.padEnd(44)} ${mine.padStart(10)}  graphql-js ${theirs.padStart(10) || '-'}  (${bar})`);
