// graphql-js's times for what the engine's benchmark does, as JSON: medians in microseconds. Run by tests/benchmarks.
import { readFileSync } from 'node:fs';
import { buildSchema, execute, parse, validate } from 'graphql';

const read = path => readFileSync(new URL(path, import.meta.url), 'utf8');
const product = buildSchema(read('../../backend/Plumbline.Host/schema.graphql'));
const source = read('../Plumbline.GraphQL.Tests/Fixtures/documents/trace-list.graphql');

const small = buildSchema(`
  type TokenUsage { input: Float! output: Float! total: Float! }
  type Trace { id: ID! traceId: String! name: String! startTime: String! durationMs: Float! status: String! environment: String sessionId: String userId: String
    spanCount: Int! errorCount: Int! costUsd: String models: [String!]! inputPreview: String tokens: TokenUsage! }
  type TraceConnection { nodes: [Trace!]! }
  type Query { traces(first: Int! = 50): TraceConnection! }`);
const rows = Array.from({ length: 50 }, (_, i) => ({
  id: `${i}`,
  traceId: i.toString(16).padStart(32, '0'),
  name: 'chat completion',
  startTime: new Date(1.7e12 + i * 1000).toISOString(),
  durationMs: 12.5 + i,
  status: ['UNSET', 'OK', 'ERROR'][i % 3],
  environment: 'production',
  sessionId: `session-${i % 100}`,
  userId: null,
  spanCount: 7,
  errorCount: i % 2,
  costUsd: '0.00125',
  models: ['gpt-5', 'text-embedding-4'],
  inputPreview: 'What does the contract say about termination for convenience?',
  tokens: { input: 120 + i, output: 45, total: 165 + i },
}));
const query = parse(
  '{ traces(first: 50) { nodes { id traceId name startTime durationMs status environment sessionId userId spanCount errorCount costUsd models inputPreview tokens { input output } } } }',
);

/** The median of rounds after as many for warming up. */
function median(run) {
  const [rounds, times] = [60, 50];
  const all = [];
  for (let round = 0; round < 2 * rounds; round++) {
    const started = performance.now();
    for (let i = 0; i < times; i++) run();
    if (round >= rounds) all.push(((performance.now() - started) * 1000) / times);
  }
  return all.toSorted((a, b) => a - b)[rounds / 2];
}

const parsed = parse(source);
console.log(
  JSON.stringify({
    parse: median(() => parse(source)),
    validate: median(() => validate(product, parsed)),
    parseAndValidate: median(() => validate(product, parse(source))),
    execute: median(() => JSON.stringify(execute({ schema: small, document: query, rootValue: { traces: { nodes: rows } } }))),
  }),
);
