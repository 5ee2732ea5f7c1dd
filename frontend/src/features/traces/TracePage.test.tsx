import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { type Answers, mountAt } from '@/test/mount';

const path = '/p/harbour/claims/traces/trace_1';
const start = Date.UTC(2026, 10, 21, 12);
const line = (spanId: string, parentSpanId: string | null, at: number, more: Record<string, unknown> = {}) => ({
  __typename: 'Span',
  id: `span_${spanId}`,
  spanId,
  parentSpanId,
  name: spanId,
  kind: 'CHAIN',
  startTime: new Date(start + at).toISOString(),
  durationMs: 100,
  status: 'OK',
  model: null,
  ...more,
});
const small = [
  line('claim-reply', null, 0, { kind: 'AGENT', durationMs: 900 }),
  line('retrieve', 'claim-reply', 50),
  line('vector search', 'retrieve', 60, { kind: 'RETRIEVER' }),
  line('chat gpt-4.1', 'claim-reply', 300, { kind: 'GENERATION', model: 'gpt-4.1', durationMs: 500 }),
];
const trace = (spans: ReturnType<typeof line>[], more: Record<string, unknown> = {}) => ({
  data: {
    project: {
      __typename: 'Project',
      id: 'prj_1',
      trace: {
        __typename: 'Trace',
        id: 'trace_1',
        traceId: 'f'.repeat(32),
        name: 'claim-reply',
        startTime: new Date(start).toISOString(),
        durationMs: 900,
        status: 'OK',
        environment: 'prod',
        sessionId: null,
        userId: null,
        tags: [],
        spanCount: spans.length,
        errorCount: 0,
        tokens: { __typename: 'TokenUsage', input: 1702, output: 43, total: 1745, cachedInput: null, reasoning: null },
        costUsd: null,
        models: ['gpt-4.1'],
        verdict: null,
        spans,
        ...more,
      },
    },
  },
});
const text = (value: string) => ({ __typename: 'TextPart', text: value });
const message = (role: string, ...parts: object[]) => ({ __typename: 'Message', role, name: null, text: '', parts });
const full = (variables: { id: string }) => {
  const spanId = variables.id.replace('span_', '');
  return {
    data: {
      node: {
        ...line(spanId, null, 0),
        timeToFirstTokenMs: null,
        statusMessage: null,
        serviceName: 'claims-api',
        environment: 'prod',
        provider: 'openai',
        parameters: { temperature: 0 },
        inputMessages: [message('system', text('Promise nothing.')), message('user', text('When will you pay?'))],
        outputMessages: [
          message('assistant', {
            __typename: 'ToolCallPart',
            callId: 'c',
            name: 'lookup_claim',
            arguments: { claim: 'HM-1', urgent: false },
          }),
        ],
        input: null,
        output: null,
        tools: null,
        documents:
          spanId === 'vector search'
            ? [
                {
                  __typename: 'RetrievedDocument',
                  id: 'kb-210',
                  score: 0.91,
                  content: 'A burst pipe is covered.',
                  metadata: null,
                },
              ]
            : null,
        tokens: { __typename: 'TokenUsage', input: 1702, output: 43, total: 1745, cachedInput: 851, reasoning: 0 },
        costUsd: null,
        finishReasons: ['tool_calls'],
        sessionId: null,
        userId: null,
        tags: [],
        promptVersion: {
          __typename: 'PromptVersion',
          id: 'pv_6',
          number: 6,
          prompt: { __typename: 'Prompt', id: 'prompt_1', name: 'claim-reply' },
        },
        attributes: { 'retry.count': 0, 'cache.hit': false, empty: '' },
        events: [],
        logs: [
          {
            __typename: 'SpanLog',
            time: '2026-11-02T09:14:03.500Z',
            severity: 'WARN',
            eventName: null,
            body: 'Tried again after 429.',
            attributes: { attempt: 2 },
          },
        ],
        links: [],
      },
    },
  };
};
const mount = (answers: Answers = {}, at = path) =>
  mountAt(at, { TraceDetail: () => trace(small), SpanDetail: full, ...answers });
const items = () => within(screen.getByRole('tree', { name: 'Spans' })).getAllByRole('treeitem');
const opened = () => screen.findByRole('tree', { name: 'Spans' });

describe('a trace', () => {
  it('stands as a tree with its facts, and opens at its model call', async () => {
    mount();
    await opened();
    await waitFor(() =>
      expect(items().map((i) => [i.getAttribute('aria-level'), i.getAttribute('aria-label')])).toEqual([
        ['1', 'claim-reply, agent, 900 ms'],
        ['2', 'retrieve, step, 100 ms'],
        ['3', 'vector search, retriever, 100 ms'],
        ['2', 'chat gpt-4.1, model call, 500 ms'],
      ]),
    );
    expect(screen.getByText('1,702 → 43')).toBeInTheDocument();
    expect(screen.getByText('no price')).toBeInTheDocument();
    expect(screen.getByRole('treeitem', { selected: true })).toHaveTextContent('chat gpt-4.1');
  });

  it('shows messages as text and tool calls as what they hold', async () => {
    mount();
    expect(await screen.findByText('When will you pay?')).toBeInTheDocument();
    expect(screen.getByText('Instructions')).toBeInTheDocument();
    expect(screen.getByText('lookup_claim')).toBeInTheDocument();
    const args = screen.getByRole('group', { name: 'Arguments of lookup_claim' });
    expect(args).toHaveTextContent('"HM-1"');
    expect(args).toHaveTextContent('urgent: false');
  });

  it('shows documents, details with the prompt version, and attributes that are 0, false or empty', async () => {
    mount({}, `${path}?span=vector%20search`);
    expect(await screen.findByText('A burst pipe is covered.')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('tab', { name: 'Details' }));
    expect(await screen.findByRole('link', { name: 'claim-reply, v6' })).toHaveAttribute(
      'href',
      '/p/harbour/claims/prompts/claim-reply?version=6',
    );
    expect(screen.getByText('1,702 → 43 (50 % cached)')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('tab', { name: /Attributes/ }));
    const table = await screen.findByRole('table');
    expect(within(table).getByRole('row', { name: 'retry.count 0' })).toBeInTheDocument();
    expect(within(table).getByRole('row', { name: 'cache.hit false' })).toBeInTheDocument();
  });

  it('moves by keyboard, keeps the place in the address, folds and opens', async () => {
    const { router } = mount();
    const tree = await opened();
    await userEvent.keyboard('k');
    await waitFor(() => expect(router.state.location.search).toEqual({ span: 'vector search' }));
    tree.focus();
    await userEvent.keyboard('{ArrowLeft}');
    await waitFor(() => expect(router.state.location.search).toEqual({ span: 'retrieve' }));
    await userEvent.keyboard('{ArrowLeft}');
    await waitFor(() => expect(items()).toHaveLength(3));
    expect(items()[1]).toHaveAttribute('aria-expanded', 'false');
    await userEvent.keyboard('{ArrowRight}');
    await waitFor(() => expect(items()).toHaveLength(4));
  });

  it('keeps few of thousands of spans in the page', async () => {
    const wide = [small[0]!, ...Array.from({ length: 5000 }, (_, i) => line(`s${i}`, 'claim-reply', i / 10))];
    mount({ TraceDetail: () => trace(wide) });
    await opened();
    expect(await screen.findByText('5,001')).toBeInTheDocument();
    await waitFor(() => expect(items().length).toBeGreaterThan(5));
    expect(items().length).toBeLessThan(60);
  });
});

describe('what cannot be shown', () => {
  const refused = (code: string) => () => ({
    data: { project: { __typename: 'Project', id: 'prj_1', trace: null } },
    errors: [{ message: 'no', extensions: { code } }],
  });
  it('explains a trace that is still to be reviewed', async () => {
    mount({ TraceDetail: refused('BLINDED') });
    expect(await screen.findByText('You are still to review this')).toBeInTheDocument();
    expect(screen.queryByRole('tree')).toBeNull();
  });
  it('says that there is no such trace', async () => {
    mount({ TraceDetail: refused('NOT_FOUND') });
    expect(await screen.findByText('No such trace')).toBeInTheDocument();
  });
  it('keeps the tree when a span cannot be read', async () => {
    mount({
      SpanDetail: () => ({
        data: { node: null },
        errors: [{ message: 'later', extensions: { code: 'NOT_IMPLEMENTED' } }],
      }),
    });
    expect(await screen.findByText('This span could not be read')).toBeInTheDocument();
    expect(items()).toHaveLength(4);
  });
});
