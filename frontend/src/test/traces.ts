/** A trace as the list shows it. */
export const traceRow = (id: string, more: Record<string, unknown> = {}) => ({
  __typename: 'Trace',
  id,
  traceId: id.padEnd(32, '0'),
  name: 'claim-reply',
  startTime: new Date().toISOString(),
  durationMs: 2310,
  status: 'OK',
  environment: 'prod',
  userId: null,
  errorCount: 0,
  tokens: { __typename: 'TokenUsage', total: 1284 },
  costUsd: '0.0037',
  models: ['gpt-4.1'],
  inputPreview: `Question ${id}`,
  outputPreview: `Answer ${id}`,
  verdict: null,
  promptVersions: [{ __typename: 'PromptVersion', id: 'pv_6', number: 6 }],
  ...more,
});

/** An answer to TraceList. */
export const tracePage = (
  rows: ReturnType<typeof traceRow>[],
  more: { total?: number | null; next?: string } = {},
) => ({
  data: {
    project: {
      __typename: 'Project',
      id: 'prj_1',
      traces: {
        __typename: 'TraceConnection',
        totalCount: more.total === undefined ? rows.length : more.total,
        nodes: rows,
        pageInfo: { __typename: 'PageInfo', hasNextPage: more.next !== undefined, endCursor: more.next ?? null },
      },
    },
  },
});

/** The other questions of the trace list, answered with nothing special. */
export const aroundTraces = {
  TraceFacets: () => ({
    data: {
      project: {
        __typename: 'Project',
        id: 'prj_1',
        name: [
          { __typename: 'StatsRow', group: ['claim-reply'], traces: 6204 },
          { __typename: 'StatsRow', group: ['chat gpt-4.1'], traces: 5870 },
        ],
        model: [
          { __typename: 'StatsRow', group: [''], traces: 9000 },
          { __typename: 'StatsRow', group: ['llama-3.3-70b'], traces: 1168 },
          { __typename: 'StatsRow', group: ['gpt-4.1'], traces: 5870 },
        ],
        failed: { __typename: 'TraceConnection', totalCount: 214 },
        succeeded: { __typename: 'TraceConnection', totalCount: null },
        environment: [],
        tag: [],
      },
    },
  }),
  TraceVolume: () => ({ data: { project: { __typename: 'Project', id: 'prj_1', stats: [] } } }),
  HiddenTraces: () => ({ data: { project: { __typename: 'Project', id: 'prj_1', reviewQueues: [] } } }),
  AnyTrace: () => ({
    data: {
      project: {
        __typename: 'Project',
        id: 'prj_1',
        traces: { __typename: 'TraceConnection', nodes: [{ __typename: 'Trace', id: 'old' }] },
      },
    },
  }),
};
