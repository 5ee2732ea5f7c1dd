// Invented traces, the same at every start.
let seed = 42;
const random = () => {
  seed = (seed * 1664525 + 1013904223) % 4294967296;
  return seed / 4294967296;
};
const pick = (list) => list[Math.floor(random() * list.length)];

export const models = ['gpt-4.1', 'gpt-4.1', 'claude-sonnet-4', 'gpt-4.1-mini', 'llama-3.3-70b'];
export const names = ['claim-reply', 'claim-reply', 'phone-summary', 'document-check', 'route-claim'];
const talks = [
  ['When will you pay the 2,340 euros?', 'We are sorry to hear about the burst pipe and the two nights away.'],
  [
    'My bike was stolen at the station, I have no receipt',
    'A bank statement or a photo with the frame number is enough.',
  ],
  [
    'Hail broke the skylight, is the scaffold covered too?',
    'Yes, the scaffold belongs to the repair. Please send the offer.',
  ],
  [
    'You asked for the invoice again. It is attached since Monday',
    'You are right, and we apologise. The invoice is in your file.',
  ],
  ['Can I choose the repair shop myself?', 'You can choose any workshop; a partner bills us directly.'],
];
const prices = { 'gpt-4.1': [2, 8], 'claude-sonnet-4': [3, 15], 'gpt-4.1-mini': [0.4, 1.6] };
const hex = (length) => Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join('');
const now = Date.now();

export function makeTrace(i, at = now - i * 20_000 - random() * 9000) {
  const [input, output] = pick(talks);
  const model = pick(models);
  const failed = random() < 0.06;
  const durationMs = 300 + random() * random() * 9000;
  const usage = { input: 200 + Math.floor(random() * 2400), output: 20 + Math.floor(random() * 700) };
  const price = prices[model];
  const verdict = random();
  return {
    id: `trace_${hex(20)}`,
    traceId: hex(32),
    name: pick(names),
    startTime: new Date(at).toISOString(),
    durationMs,
    status: failed ? 'ERROR' : 'OK',
    environment: pick(['prod', 'prod', 'prod', 'canary', 'staging']),
    sessionId: `visit-${i % 40}`,
    userId: `customer-${i % 97}`,
    tags: random() < 0.3 ? ['eu-west'] : [],
    errorCount: failed ? 1 : 0,
    tokens: { ...usage, total: usage.input + usage.output, cachedInput: null, reasoning: null },
    costUsd: price ? ((usage.input * price[0] + usage.output * price[1]) / 1e6).toFixed(9) : null,
    models: [model],
    inputPreview: input,
    outputPreview: failed ? null : output,
    comments: [],
    datasets: [],
    promptVersions: [{ id: `pv_${i % 3}`, number: 4 + (i % 3), prompt: { id: 'prompt_1', name: 'claim-reply' } }],
    verdict:
      verdict < 0.1
        ? { label: 'PASS', disputed: false }
        : verdict < 0.15
          ? { label: 'FAIL', disputed: false }
          : verdict < 0.17
            ? { label: 'FAIL', disputed: true }
            : null,
  };
}

export const traces = Array.from({ length: 4000 }, (_, i) => makeTrace(i));

const message = (role, ...parts) => ({ role, name: null, parts, text: parts.map((p) => p.text ?? '').join('') });
const text = (value) => ({ __typename: 'TextPart', text: value });

export function spansOf(trace) {
  const model = trace.models[0];
  const start = Date.parse(trace.startTime);
  const total = trace.durationMs;
  const list = [];
  const span = (parent, name, kind, from, share, more = {}) => {
    const spanId = hex(16);
    list.push({
      id: `span_${spanId}`,
      spanId,
      traceId: trace.traceId,
      parentSpanId: parent,
      name,
      kind,
      startTime: new Date(start + total * from).toISOString(),
      durationMs: total * share,
      status: 'OK',
      serviceName: 'claims-api',
      environment: trace.environment,
      tags: trace.tags,
      attributes: {
        'gen_ai.operation.name': 'chat',
        'server.address': 'api.example.com',
        'retry.count': 0,
        'cache.hit': false,
      },
      events: [],
      links: [],
      ...more,
    });
    return spanId;
  };
  const root = span(null, trace.name, 'AGENT', 0, 1, {
    input: trace.inputPreview,
    output: trace.outputPreview,
    status: trace.status,
  });
  span(root, 'guardrail.personal-data', 'GUARDRAIL', 0.01, 0.03);
  const retrieve = span(root, 'retrieve', 'CHAIN', 0.05, 0.22);
  span(retrieve, 'embed query', 'EMBEDDING', 0.05, 0.05, {
    model: 'text-embedding-3-small',
    provider: 'openai',
    tokens: { input: 18, output: 0, total: 18 },
  });
  span(retrieve, 'vector search', 'RETRIEVER', 0.11, 0.12, {
    input: trace.inputPreview,
    documents: [0.91, 0.84, 0.77].map((score, i) => ({
      id: `kb-${210 + i}`,
      score,
      content:
        'Home Plus, water damage: a burst pipe is covered, including the floor. An assessor decides on amounts above 1,000 euros.',
      metadata: { page: 4 + i },
    })),
  });
  span(retrieve, 'rerank', 'RERANKER', 0.235, 0.03);
  const plan = span(root, 'plan', 'CHAIN', 0.29, 0.66);
  const ask = [
    message(
      'system',
      text('You answer customers of Harbour Mutual. Promise nothing that an assessor has not decided.'),
    ),
    message('user', text(trace.inputPreview)),
  ];
  span(plan, `chat ${model}`, 'GENERATION', 0.3, 0.25, {
    model,
    provider: 'openai',
    tokens: { input: trace.tokens.input, output: 48, total: trace.tokens.input + 48 },
    costUsd: trace.costUsd,
    finishReasons: ['tool_calls'],
    parameters: { temperature: 0.2, max_tokens: 800 },
    inputMessages: ask,
    outputMessages: [
      message('assistant', {
        __typename: 'ToolCallPart',
        id: 'call_1',
        name: 'lookup_claim',
        arguments: { claim: 'HM-20417' },
      }),
    ],
    tools: [
      {
        name: 'lookup_claim',
        description: 'Reads a claim by its number',
        parameters: { type: 'object', properties: { claim: { type: 'string' } } },
      },
    ],
    promptVersion: trace.promptVersions[0],
    timeToFirstTokenMs: 312,
  });
  span(plan, 'lookup_claim', 'TOOL', 0.56, 0.08, {
    input: '{"claim":"HM-20417"}',
    output: '{"state":"open","amount":2340}',
  });
  span(plan, `chat ${model}`, 'GENERATION', 0.65, 0.29, {
    model,
    provider: 'openai',
    status: trace.status,
    statusMessage: trace.status === 'ERROR' ? 'time-out after 30 s' : null,
    tokens: trace.tokens,
    costUsd: trace.costUsd,
    finishReasons: ['stop'],
    parameters: { temperature: 0.2, max_tokens: 800 },
    inputMessages: [
      ...ask,
      message('tool', { __typename: 'ToolResultPart', id: 'call_1', result: { state: 'open', amount: 2340 } }),
    ],
    outputMessages: [
      message(
        'assistant',
        { __typename: 'ReasoningPart', text: 'The claim is open, no amount is decided.' },
        text(trace.outputPreview ?? ''),
      ),
    ],
    promptVersion: trace.promptVersions[0],
    timeToFirstTokenMs: 402,
    events:
      trace.status === 'ERROR'
        ? [
            {
              name: 'exception',
              time: trace.startTime,
              attributes: { 'exception.type': 'TimeoutError', 'exception.message': 'time-out after 30 s' },
            },
          ]
        : [],
  });
  span(root, 'guardrail.tone', 'GUARDRAIL', 0.955, 0.03);
  if (trace === traces[1])
    for (let i = 0; i < 5000; i++) span(plan, `step ${i}`, 'TOOL', 0.3 + (i / 5000) * 0.6, 0.0005);
  return list;
}
