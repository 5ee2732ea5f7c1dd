import { configure, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import { makeSubject } from 'wonka';
import { type Answer, type Answers, mountAt } from '@/test/mount';

// A busy machine may take its time.
configure({ asyncUtilTimeout: 5000 });
vi.setConfig({ testTimeout: 20_000 });

const version = (number: number, over: object = {}) => ({
  __typename: 'PromptVersion',
  id: `pv_${number}`,
  number,
  contentHash: `hash${number}`,
  note: `Note ${number}`,
  messages: [{ __typename: 'PromptMessage', role: 'USER', template: `Hello {{name}} ${number}` }],
  variables: [
    {
      __typename: 'PromptVariable',
      name: 'name',
      type: 'STRING',
      required: true,
      description: null,
      default: null,
      enumValues: null,
    },
    {
      __typename: 'PromptVariable',
      name: 'amount',
      type: 'NUMBER',
      required: true,
      description: null,
      default: null,
      enumValues: null,
    },
  ],
  model: 'demo-1',
  provider: 'Demo',
  parameters: { temperature: 0.3 },
  tools: [],
  responseSchema: null,
  labels: number === 1 ? ['production'] : [],
  createdAt: '2026-01-01T00:00:00Z',
  ...over,
});
const line = (number: number) => ({ ...version(number), source: 'PLAYGROUND', author: null, passRate: null });
const label = {
  __typename: 'PromptLabel',
  name: 'production',
  setAt: '2026-01-01T00:00:00Z',
  previousNumber: null,
  version: { __typename: 'PromptVersion', id: 'pv_1', number: 1 },
};
const prompt = {
  __typename: 'Prompt',
  id: 'prompt_1',
  name: 'reply',
  description: null,
  archivedAt: null,
  labels: [label],
  latest: version(2),
};
const project = (more: object): Answer => ({ data: { project: { __typename: 'Project', id: 'prj_1', ...more } } });
const inPrompt = (more: object) => project({ prompt: { __typename: 'Prompt', id: 'prompt_1', ...more } });
const finished = (runId: string, over: object = {}) => ({
  __typename: 'PlaygroundRun',
  id: runId,
  status: 'SUCCEEDED',
  output: 'Hello Ada',
  durationMs: 2310,
  timeToFirstTokenMs: 410,
  costUsd: null,
  tokens: { __typename: 'TokenUsage', input: 12, output: 3, total: 15 },
  error: null,
  promptVersion: { __typename: 'PromptVersion', id: 'pv_2', number: 2 },
  ...over,
});

/** A server whose streams the test feeds by hand. */
function playground(over: Answers = {}) {
  const streams = new Map<string, ReturnType<typeof makeSubject<Answer>>>();
  let n = 0;
  const answers: Answers = {
    PlaygroundPrompt: () => project({ prompt }),
    PlaygroundProviders: () =>
      project({
        providers: [{ __typename: 'ModelProvider', id: 'prov', name: 'Demo', kind: 'DEMO', models: ['demo-1'] }],
      }),
    PlaygroundVersions: () =>
      inPrompt({
        versions: {
          __typename: 'PromptVersionConnection',
          nodes: [line(2), line(1)],
          totalCount: 2,
          pageInfo: { __typename: 'PageInfo', hasNextPage: false, endCursor: null },
        },
      }),
    PlaygroundOneVersion: (v: { number: number }) => inPrompt({ version: version(v.number) }),
    PlaygroundStart: (v: { input: { number: number } }) => ({
      data: {
        startPlaygroundRun: {
          __typename: 'PlaygroundRunPayload',
          run: {
            __typename: 'PlaygroundRun',
            id: `run_${++n}`,
            status: 'RUNNING',
            promptVersion: { __typename: 'PromptVersion', id: `pv_${v.input.number}`, number: v.input.number },
          },
        },
      },
    }),
    PlaygroundStream: (v: { id: string }) => {
      const subject = makeSubject<Answer>();
      streams.set(v.id, subject);
      return subject.source;
    },
    ...over,
  };
  const send = (runId: string, event: object) => streams.get(runId)!.next({ data: { playgroundRun: event } });
  return {
    answers,
    streams,
    text: (runId: string, text: string) => send(runId, { __typename: 'PlaygroundDelta', runId, text }),
    finish: (runId: string, over: object = {}) =>
      send(runId, { __typename: 'PlaygroundFinished', run: finished(runId, over) }),
  };
}
const open = async (server: ReturnType<typeof playground>, search = '') => {
  const view = mountAt(`/p/harbour/claims/prompts/reply${search}`, server.answers);
  await screen.findByRole('heading', { level: 1, name: 'reply' });
  return view;
};
const fill = async () => {
  await userEvent.type(screen.getByLabelText(/^Name/), 'Ada');
  await userEvent.type(screen.getByLabelText(/^Amount/), '0');
};
const input = (operation: { variables: unknown }) => (operation.variables as { input: Record<string, unknown> }).input;

// jsdom lays nothing out; the editor asks where its text stands.
Range.prototype.getClientRects = () => [] as unknown as DOMRectList;

beforeEach(() => localStorage.clear());

test('both columns run the same typed inputs, each its own version', async () => {
  const server = playground();
  const { sent } = await open(server);
  await fill();
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await waitFor(() => expect(sent('PlaygroundStart')).toHaveLength(2));
  expect(sent('PlaygroundStart').map(input)).toMatchObject([
    { number: 1, inputs: { name: 'Ada', amount: 0 }, providerId: 'prov', model: 'demo-1' },
    { number: 2, inputs: { name: 'Ada', amount: 0 } },
  ]);
  expect(sent('PlaygroundSave')).toHaveLength(0);
});

test('text streams, facts come at the end, and no price is not zero', async () => {
  const server = playground();
  await open(server);
  await fill();
  await userEvent.click(screen.getByRole('button', { name: /Run both/ }));
  await waitFor(() => expect(server.streams.size).toBe(2));
  server.text('run_2', 'Hello ');
  const card = await screen.findByRole('region', { name: 'Version 2, writing' });
  expect(await within(card).findByText(/Hello/)).toBeInTheDocument();
  expect(card).toHaveTextContent('after the run');
  server.finish('run_2');
  const done = await screen.findByRole('region', { name: 'Version 2, finished' });
  expect(done).toHaveTextContent('Hello Ada');
  expect(done).toHaveTextContent('no price');
  expect(done).toHaveTextContent('2.31 s');
  expect(screen.getByRole('region', { name: 'Version 1, writing' })).toBeInTheDocument();
});

test('missing inputs are marked where they are, and nothing runs', async () => {
  const server = playground();
  const { sent } = await open(server);
  await userEvent.click(screen.getByRole('button', { name: /Run both/ }));
  expect(await screen.findByText('Name is needed.')).toBeInTheDocument();
  expect(screen.getByText('Amount is needed.')).toBeInTheDocument();
  expect(sent('PlaygroundStart')).toHaveLength(0);
});

test('an edit is saved as a version first, and that version runs', async () => {
  const server = playground({
    PlaygroundSave: () => ({
      data: { savePromptVersion: { __typename: 'PromptVersionPayload', created: true, promptVersion: version(3) } },
    }),
  });
  const { sent } = await open(server);
  await fill();
  await userEvent.click(screen.getByText('Creative'));
  expect(screen.getByText(/Kept on this device/)).toBeInTheDocument();
  await userEvent.type(screen.getByLabelText('What this edit changes'), 'Freer');
  await userEvent.click(screen.getByRole('button', { name: /Run both/ }));
  await waitFor(() => expect(sent('PlaygroundStart')).toHaveLength(2));
  expect(input(sent('PlaygroundSave')[0]!)).toMatchObject({
    promptName: 'reply',
    note: 'Freer',
    content: { parameters: { temperature: 0.9 }, messages: [{ role: 'USER', template: 'Hello {{name}} 2' }] },
  });
  expect(sent('PlaygroundStart').map((o) => input(o).number)).toEqual([1, 3]);
  expect(screen.getByText('v3 saved automatically')).toBeInTheDocument();
});

test('an edit that could not be saved stays on this device and comes back', async () => {
  const down = { errors: [{ message: 'boom', extensions: { code: 'INTERNAL' } }] };
  const server = playground({ PlaygroundSave: () => down });
  const first = await open(server);
  await fill();
  await userEvent.click(screen.getByText('Creative'));
  await userEvent.click(screen.getByRole('button', { name: /Run both/ }));
  expect(await screen.findByText(/Not saved, kept on this device/)).toBeInTheDocument();
  expect(first.sent('PlaygroundStart')).toHaveLength(0);
  first.unmount();
  await open(playground());
  expect(screen.getByText(/Temperature 0.9/)).toBeInTheDocument();
  expect(screen.getByLabelText(/^Name/)).toHaveValue('Ada');
});

test('a stream that breaks asks the run itself how it stands', async () => {
  const server = playground({
    PlaygroundRunState: (v: { id: string }) => ({ data: { node: finished(v.id, { output: 'All of it' }) } }),
  });
  await open(server);
  await fill();
  await userEvent.click(screen.getByRole('button', { name: /Run both/ }));
  await waitFor(() => expect(server.streams.size).toBe(2));
  server.text('run_2', 'All');
  server.streams.get('run_2')!.next({ errors: [{ message: 'stream lost', extensions: { code: 'INTERNAL' } }] });
  expect(await screen.findByRole('region', { name: 'Version 2, finished' })).toHaveTextContent('All of it');
});

test('Esc stops what runs and keeps what was written', async () => {
  const server = playground({
    PlaygroundCancel: (v: { input: { id: string } }) => ({
      data: {
        cancelPlaygroundRun: {
          __typename: 'PlaygroundRunPayload',
          run: finished(v.input.id, { status: 'CANCELLED', output: null }),
        },
      },
    }),
  });
  const { sent } = await open(server);
  await fill();
  await userEvent.click(screen.getByRole('button', { name: /Run both/ }));
  await waitFor(() => expect(server.streams.size).toBe(2));
  server.text('run_2', 'Half a');
  await screen.findByText(/Half a/);
  await userEvent.keyboard('{Escape}');
  await waitFor(() => expect(sent('PlaygroundCancel')).toHaveLength(2));
  expect(await screen.findByRole('region', { name: 'Version 2, stopped' })).toHaveTextContent('Half a');
});

test('the provider’s refusal stands in its column', async () => {
  const server = playground();
  await open(server);
  await fill();
  await userEvent.click(screen.getByRole('button', { name: /Run both/ }));
  await waitFor(() => expect(server.streams.size).toBe(2));
  const error = {
    __typename: 'ProviderError',
    status: 429,
    code: 'rate_limit',
    message: 'Too many requests.',
    retryable: true,
  };
  server.finish('run_1', { status: 'FAILED', output: null, error });
  const card = await screen.findByRole('region', { name: 'Version 1, failed' });
  expect(card).toHaveTextContent('Too many requests. Running it again may help.');
});

test('opening an old version restores all of it', async () => {
  await open(playground());
  await userEvent.click(await screen.findByRole('button', { name: /^v1/ }));
  expect(await screen.findByText('v1 saved')).toBeInTheDocument();
  expect(screen.getByRole('textbox', { name: 'Request' })).toHaveTextContent('Hello {{name}} 1');
});

test('the demo provider is plainly labelled', async () => {
  await open(playground());
  expect(screen.getByText(/The demo provider is not a language model/)).toBeInTheDocument();
});

test('earlier versions come when they are asked for', async () => {
  const history = (numbers: number[], endCursor: string | null) =>
    inPrompt({
      versions: {
        __typename: 'PromptVersionConnection',
        nodes: numbers.map((n) => line(n)),
        totalCount: 4,
        pageInfo: { __typename: 'PageInfo', hasNextPage: endCursor !== null, endCursor },
      },
    });
  const { sent } = await open(
    playground({
      PlaygroundVersions: (v: { after: string | null }) =>
        v.after === 'x' ? history([2, 1], null) : history([4, 3], 'x'),
    }),
  );
  const shown = () =>
    screen.queryAllByRole('button', { name: /^Version \d: menu/ }).map((b) => b.ariaLabel?.slice(8, 9));
  await waitFor(() => expect(shown()).toEqual(['4', '3']));
  const asked = () => sent('PlaygroundVersions').map((o) => (o.variables as { after: string | null }).after);
  expect(asked()).not.toContain('x');
  await userEvent.click(screen.getByRole('button', { name: 'Earlier versions' }));
  await waitFor(() => expect(shown()).toEqual(['4', '3', '2', '1']));
  expect(screen.queryByRole('button', { name: 'Earlier versions' })).toBeNull();
});

test('moving a label offers the way back', async () => {
  const server = playground({
    PlaygroundSetLabel: () => ({
      data: {
        setPromptLabel: {
          __typename: 'PromptPayload',
          prompt: { __typename: 'Prompt', id: 'prompt_1', labels: [label] },
        },
      },
    }),
  });
  const { sent } = await open(server);
  await userEvent.click(screen.getByRole('button', { name: /Put v2 on/ }));
  await userEvent.click(await screen.findByRole('menuitem', { name: /production/ }));
  await userEvent.click(await screen.findByRole('button', { name: 'Back to v1' }));
  await waitFor(() => expect(sent('PlaygroundSetLabel').map((o) => input(o).number)).toEqual([2, 1]));
});

test('without providers the screen says what to do', async () => {
  await open(
    playground({
      PlaygroundProviders: () => ({ errors: [{ message: 'x', extensions: { code: 'NOT_IMPLEMENTED' } }] }),
    }),
  );
  expect(screen.getByText(/No provider is set up/)).toBeInTheDocument();
  expect(screen.getByText('Choose a model first.')).toBeInTheDocument();
});
