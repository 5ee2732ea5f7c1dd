// A server with invented data, for work on screens where the real one does not run. Development only.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { GraphQLError } from 'graphql';
import { createSchema, createYoga } from 'graphql-yoga';
import { makeTrace, spansOf, traces } from './data.mjs';

const sdl = readFileSync(new URL('../../backend/Plumbline.Host/schema.graphql', import.meta.url), 'utf8');
const project = { id: 'prj_claims', slug: 'claims', name: 'Claims assistant', createdAt: new Date().toISOString() };
const empty = { id: 'prj_empty', slug: 'empty', name: 'Nothing yet', createdAt: new Date().toISOString() };
const maya = {
  id: 'usr_maya',
  name: 'Maya Lindqvist',
  email: 'maya@harbour.example',
  createdAt: new Date().toISOString(),
};
const organization = { id: 'org_harbour', slug: 'harbour', name: 'Harbour Mutual', projects: [project, empty] };
const permissions = sdl
  .match(/enum Permission \{([^}]*)\}/)[1]
  .trim()
  .split(/\s+/);
const keys = [
  {
    id: 'key_1',
    name: 'claims-api prod',
    prefix: 'pl_7Qm4xK2v',
    scopes: ['INGEST'],
    environment: 'prod',
    createdAt: '2026-10-14T09:00:00Z',
    lastUsedAt: new Date().toISOString(),
  },
];
const providers = [
  { id: 'prov_1', name: 'Demo', kind: 'DEMO', baseUrl: '', models: ['demo-1'], spentThisMonthUsd: '0' },
];
const queues = [
  {
    id: 'queue_1',
    name: 'Claim replies, week 47',
    reviewsPerItem: 2,
    leaseMinutes: 20,
    progress: { total: 120, waiting: 60, inReview: 2, reviewed: 40, disputed: 7, resolved: 11 },
    myProgress: { done: 41, available: 79, skipped: 0 },
    rubric: { version: 3, instructions: 'Would you send this letter?', failureModes: [], reasoningRequired: 'ON_FAIL' },
    reviewers: [maya],
    blinding: { hideModel: true, hidePromptVersion: true, hideMetrics: true, hideIdentity: true, shuffle: true },
  },
];
const members = [{ user: maya, role: 'OWNER', projectRoles: [], joinedAt: maya.createdAt, source: 'OWNER_SETUP' }];
const invitations = [];
let settings = { retentionDays: 90, redaction: [], sampleRate: 1 };

const stringOk = (f, v) =>
  !f ||
  ((!f.eq || f.eq === v) &&
    (!f.in || f.in.includes(v)) &&
    (!f.notIn || !f.notIn.includes(v)) &&
    (!f.contains || (v ?? '').includes(f.contains)));
const floatOk = (f, v) => !f || ((f.gte == null || v >= f.gte) && (f.lte == null || v <= f.lte));
function matches(where, t) {
  if (!where) return true;
  if (where.range && (t.startTime < where.range.from || t.startTime >= where.range.to)) return false;
  if (
    where.search &&
    !`${t.name} ${t.inputPreview} ${t.outputPreview} ${t.traceId}`.toLowerCase().includes(where.search.toLowerCase())
  )
    return false;
  if (where.status && t.status !== where.status) return false;
  const v = where.verdict;
  if (v && v !== (t.verdict ? (t.verdict.disputed ? 'DISPUTED' : t.verdict.label) : 'UNREVIEWED')) return false;
  if (
    !stringOk(where.name, t.name) ||
    !stringOk(where.environment, t.environment) ||
    !stringOk(where.model, t.models[0]) ||
    !stringOk(where.userId, t.userId)
  )
    return false;
  if (
    !floatOk(where.durationMs, t.durationMs) ||
    !floatOk(where.totalTokens, t.tokens.total) ||
    !floatOk(where.costUsd, Number(t.costUsd ?? NaN))
  )
    return false;
  return (
    (where.and ?? []).every((w) => matches(w, t)) &&
    (!where.or?.length || where.or.some((w) => matches(w, t))) &&
    (!where.not || !matches(where.not, t))
  );
}
const facetOf = {
  NAME: (t) => t.name,
  MODEL: (t) => t.models[0],
  ENVIRONMENT: (t) => t.environment,
  STATUS: (t) => t.status,
  PROMPT_VERSION: (t) => `claim-reply v${t.promptVersions[0].number}`,
  USER: (t) => t.userId,
  TAG: (t) => t.tags[0],
};
const bucketMs = { MINUTE: 60e3, FIVE_MINUTES: 300e3, HOUR: 3600e3, DAY: 86400e3, WEEK: 604800e3 };

const seenSpans = new Map();
const spansFor = (t) => {
  if (!seenSpans.has(t.id)) seenSpans.set(t.id, spansOf(t));
  return seenSpans.get(t.id);
};

const resolvers = {
  Node: { __resolveType: () => 'Span' },
  Query: {
    node: (_, { id }) => [...seenSpans.values()].flat().find((s) => s.id === id),
    viewer: () => ({ user: maya, organizations: [organization], reviewInbox: queues }),
    project: (_, { id }) => ({
      ...([project, empty, ...organization.projects].find((p) => p.id === id) ?? project),
      settings,
    }),
    organization: () => organization,
  },
  Viewer: { permissions: () => permissions },
  Organization: {
    members: () => ({ nodes: members, edges: [], totalCount: members.length, pageInfo: {} }),
    invitations: () => invitations,
  },
  Project: {
    organization: () => organization,
    apiKeys: () => keys,
    providers: () => providers,
    reviewQueues: () => queues,
    traces: (p, { first, after, where }) => {
      const list = p.id === empty.id ? [] : traces.filter((t) => matches(where, t));
      const from = after ? Number(after) : 0;
      const nodes = list.slice(from, from + first);
      return {
        nodes,
        edges: nodes.map((node, i) => ({ node, cursor: String(from + i + 1) })),
        totalCount: list.length > 10000 ? null : list.length,
        pageInfo: {
          hasNextPage: from + first < list.length,
          hasPreviousPage: from > 0,
          endCursor: String(from + nodes.length),
        },
      };
    },
    trace: (_, { id }) => {
      if (id === 'trace_blinded')
        throw new GraphQLError('You are still to review this.', { extensions: { code: 'BLINDED' } });
      return traces.find((t) => t.id === id) ?? null;
    },
    facets: (_, { field, range }) => {
      const counts = new Map();
      for (const t of traces)
        if (matches({ range }, t)) counts.set(facetOf[field]?.(t), (counts.get(facetOf[field]?.(t)) ?? 0) + 1);
      return [...counts]
        .filter(([value]) => value != null)
        .map(([value, count]) => ({ value, count }))
        .toSorted((a, b) => b.count - a.count);
    },
    stats: (_, { range, bucket, groupBy, where }) => {
      if (!bucket) {
        const of = facetOf[groupBy[0]];
        const counts = new Map();
        for (const t of traces)
          if (matches({ ...where, range }, t)) counts.set(of(t) ?? '', (counts.get(of(t) ?? '') ?? 0) + 1);
        return [...counts].map(([value, count]) => ({
          group: [value],
          traces: count,
          spans: count,
          errors: 0,
          unpricedSpans: 0,
          tokens: { input: 0, output: 0, total: 0 },
          durationMs: {},
        }));
      }
      const size = bucketMs[bucket];
      const rows = new Map();
      for (const t of traces) {
        if (!matches({ ...where, range }, t)) continue;
        const start = Math.floor(Date.parse(t.startTime) / size) * size;
        const row = rows.get(start) ?? {
          bucketStart: new Date(start).toISOString(),
          group: [],
          spans: 0,
          traces: 0,
          errors: 0,
          tokens: { input: 0, output: 0, total: 0 },
          unpricedSpans: 0,
          durationMs: {},
        };
        row.traces++;
        row.spans += 11;
        row.errors += t.errorCount;
        rows.set(start, row);
      }
      return [...rows.values()].toSorted((a, b) => a.bucketStart.localeCompare(b.bucketStart));
    },
  },
  Trace: { spans: spansFor, spanCount: (t) => spansFor(t).length, root: (t) => spansFor(t)[0] },
  Mutation: {
    createProject: (_, { input }) => {
      const p = {
        id: `prj_${Date.now()}`,
        slug: input.name.toLowerCase().replaceAll(/\W+/g, '-'),
        name: input.name,
        createdAt: new Date().toISOString(),
      };
      organization.projects.push(p);
      return { project: p };
    },
    createApiKey: (_, { input }) => {
      const key = { id: `key_${Date.now()}`, prefix: 'pl_newK3y9a', createdAt: new Date().toISOString(), ...input };
      keys.push(key);
      return { apiKey: key, secret: 'pl_newK3y9abcdefghijklmnopqrstuvwxyz234567' };
    },
    revokeApiKey: (_, { input }) => {
      const key = keys.find((k) => k.id === input.id);
      key.revokedAt = new Date().toISOString();
      return { apiKey: key };
    },
    inviteMember: (_, { input }) => {
      const invitation = {
        id: `inv_${Date.now()}`,
        email: input.email,
        role: input.role,
        expiresAt: new Date(Date.now() + 7 * 86400e3).toISOString(),
        invitedBy: maya,
      };
      invitations.push(invitation);
      return { invitation, acceptUrl: 'http://127.0.0.1:5080/join/abc123' };
    },
    updateProjectSettings: (_, { input }) => {
      settings = { ...settings, ...input };
      return { project: { ...project, settings } };
    },
    saveModelProvider: (_, { input }) => {
      const p = {
        id: input.id ?? `prov_${Date.now()}`,
        spentThisMonthUsd: '0',
        secretHint: '…k9',
        models: [],
        baseUrl: '',
        ...input,
      };
      const at = providers.findIndex((x) => x.id === p.id);
      if (at < 0) providers.push(p);
      else providers[at] = p;
      return { provider: p };
    },
    createReviewQueue: (_, { input }) => {
      const q = { ...queues[0], id: `queue_${Date.now()}`, name: input.name };
      queues.push(q);
      return { queue: q };
    },
    addToReviewQueue: (_, { input }) => ({
      queue: queues.find((q) => q.id === input.queueId),
      added: input.traceIds?.length ?? 0,
      duplicates: 0,
    }),
  },
  Subscription: {
    traceUpdated: {
      subscribe: async function* (_, { projectId }) {
        for (let i = 1; ; i++) {
          await new Promise((done) => setTimeout(done, projectId === empty.id ? 6000 : 2500));
          const trace = makeTrace(i, Date.now());
          traces.unshift(trace);
          yield { traceUpdated: trace };
        }
      },
    },
  },
};

const yoga = createYoga({
  schema: createSchema({ typeDefs: sdl, resolvers }),
  graphqlEndpoint: '/graphql',
  logging: 'warn',
  maskedErrors: false,
});
const port = Number(process.argv[2] ?? 5090);
createServer((request, response) => {
  if (request.url.startsWith('/sign'))
    response
      .writeHead(request.url === '/signin/state' ? 200 : 204, { 'content-type': 'application/json' })
      .end(request.url === '/signin/state' ? '{}' : undefined);
  else yoga(request, response);
}).listen(port, '127.0.0.1', () => console.log(`mock on http://127.0.0.1:${port}`));
