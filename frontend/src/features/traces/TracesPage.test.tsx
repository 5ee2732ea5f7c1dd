import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { makeSubject } from 'wonka';
import { type Answer, type Answers, mountAt } from '@/test/mount';
import { aroundTraces, tracePage, traceRow } from '@/test/traces';

const path = '/p/harbour/claims/traces';
const three = ['a', 'b', 'c'].map((id) => traceRow(id));
const live = () => makeSubject<Answer>();
const mount = (answers: Answers = {}, at = path) =>
  mountAt(at, { ...aroundTraces, TraceList: () => tracePage(three), TraceArrived: () => live().source, ...answers });
const rows = () => screen.getAllByRole('row').slice(1);
const grid = async () => {
  await screen.findByRole('grid', { name: 'Traces' });
  await waitFor(() => expect(rows().length).toBeGreaterThan(0));
};
const last = (sent: { variables: unknown }[]) => sent.at(-1)!.variables as Record<string, Record<string, unknown>>;

beforeEach(() => localStorage.clear());

describe('the list', () => {
  it('shows what happened, in numbers as they are written here', async () => {
    mount({
      TraceList: () =>
        tracePage([
          traceRow('a'),
          traceRow('b', {
            costUsd: null,
            models: ['llama-3.3-70b'],
            verdict: { __typename: 'Verdict', label: 'FAIL', disputed: false },
          }),
        ]),
    });
    await grid();
    const [first, second] = rows();
    expect(first).toHaveTextContent(/Question a.*Answer a.*v6.*gpt-4\.1.*2\.31 s.*1,284.*\$0\.0037/);
    expect(second).toHaveTextContent('no price');
    expect(second).toHaveTextContent('Fail');
    expect(await screen.findByText('2 in 24 hours')).toBeInTheDocument();
  });

  it('says more than 10,000 where the exact count is unknown', async () => {
    mount({ TraceList: () => tracePage(three, { total: null }) });
    expect(await screen.findByText('More than 10,000 in 24 hours')).toBeInTheDocument();
  });

  it('keeps few of many rows in the page', async () => {
    mount({
      TraceList: () =>
        tracePage(
          Array.from({ length: 100 }, (_, i) => traceRow(`t${i}`)),
          { total: 9000, next: 'x' },
        ),
    });
    await grid();
    expect(rows().length).toBeLessThan(60);
  });

  it('stands when facets, volume and queues fail', async () => {
    const refuse = () => ({
      data: { project: null },
      errors: [{ message: 'later', extensions: { code: 'INTERNAL' } }],
    });
    mount({
      TraceFacets: refuse,
      TraceVolume: refuse,
      HiddenTraces: refuse,
      NavigationCounts: refuse,
      InboxCount: () => ({ errors: [{ message: 'later' }] }),
    });
    await grid();
    expect(rows()).toHaveLength(3);
    expect(screen.getByRole('group', { name: 'Status' })).toBeInTheDocument();
  });

  it('says what failed and asks again', async () => {
    let tries = 0;
    mount({
      TraceList: () =>
        tries++ === 0 ? { errors: [{ message: 'boom', extensions: { code: 'INTERNAL' } }] } : tracePage(three),
    });
    expect(await screen.findByText('The traces could not be read')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await grid();
    expect(rows()).toHaveLength(3);
  });

  it('tells how many are hidden while they are to be reviewed', async () => {
    mount({
      HiddenTraces: () => ({
        data: {
          project: {
            __typename: 'Project',
            id: 'prj_1',
            reviewQueues: [
              {
                __typename: 'ReviewQueue',
                id: 'q1',
                closedAt: null,
                blinding: { hideModel: true },
                myProgress: { available: 70, skipped: 9 },
              },
              {
                __typename: 'ReviewQueue',
                id: 'q2',
                closedAt: '2026-01-01T00:00:00Z',
                blinding: { hideModel: true },
                myProgress: { available: 5, skipped: 0 },
              },
            ],
          },
        },
      }),
    });
    expect(await screen.findByText('79 hidden while you review them')).toBeInTheDocument();
  });
});

describe('filters', () => {
  it('are in the address and in the question', async () => {
    const { sent, router } = mount();
    await userEvent.click(await screen.findByRole('checkbox', { name: /llama/ }));
    await waitFor(() => expect(last(sent('TraceList')).where!.model).toEqual({ eq: 'llama-3.3-70b' }));
    expect(router.state.location.search).toEqual({ model: ['llama-3.3-70b'] });
    expect(screen.getByRole('button', { name: 'Remove filter: model is llama-3.3-70b' })).toBeInTheDocument();
  });

  it('are offered by facets that count traces, most frequent first, and name no spans', async () => {
    mount();
    await screen.findByText('6,204');
    expect(
      screen
        .getAllByRole('checkbox')
        .filter((box) => box.closest('fieldset'))
        .map((box) => box.closest('label')!.textContent),
    ).toEqual([
      'Succeeded',
      'Failed214',
      'Pass',
      'Fail',
      'Disputed',
      'Not reviewed',
      'claim-reply6,204',
      'gpt-4.15,870',
      'llama-3.3-70b1,168',
    ]);
  });

  it('are read from the address', async () => {
    const { sent } = mount({}, `${path}?status=ERROR&slow=5000&q=pipe`);
    await grid();
    expect(last(sent('TraceList')).where).toMatchObject({ status: 'ERROR', durationMs: { gte: 5000 }, search: 'pipe' });
    expect(screen.getByLabelText('Search input, output, name or id')).toHaveValue('pipe');
  });

  it('that an address says and nobody can read are dropped', async () => {
    const { sent } = mount({}, `${path}?span=toString&slow=soon&verdict=MAYBE&from=9&to=5&hack=1&status=ERROR`);
    await grid();
    expect(last(sent('TraceList')).where).toEqual({ status: 'ERROR', range: expect.anything() });
    expect(screen.getByRole('button', { name: 'Failed' })).toHaveAttribute('aria-pressed', 'true');
    expect(screen.getAllByRole('button', { name: /^Remove filter/ })).toHaveLength(1);
  });

  it('are one thing and watching live another: the list and what is selected stay', async () => {
    const { sent, router } = mount();
    await grid();
    await waitFor(() => expect(rows()).toHaveLength(3));
    await userEvent.keyboard('jxl');
    await waitFor(() => expect(router.state.location.search).toMatchObject({ live: 'off' }));
    expect(sent('TraceList')).toHaveLength(1);
    expect(within(screen.getByRole('toolbar', { name: 'Selection' })).getByText('1 selected')).toBeInTheDocument();
  });

  it('offer to drop the last one when nothing matches', async () => {
    const { sent } = mount(
      { TraceList: (v: { where: { status?: string } }) => tracePage(v.where.status ? [] : three) },
      `${path}?name=%5B"x"%5D&status=ERROR`,
    );
    await userEvent.click(await screen.findByRole('button', { name: 'Drop “name is x”' }));
    await waitFor(() => expect(last(sent('TraceList')).where!.name).toBeUndefined());
    expect(last(sent('TraceList')).where!.status).toBe('ERROR');
  });

  it('keep a set of their own as a view', async () => {
    mount({}, `${path}?status=ERROR&slow=2000`);
    await userEvent.click(await screen.findByRole('button', { name: 'Save view' }));
    await userEvent.type(await screen.findByLabelText(/Name of the view/), 'Slow failures{Enter}');
    expect(await screen.findByRole('button', { name: 'Slow failures' })).toHaveAttribute('aria-pressed', 'true');
  });
});

it('leads a project without any trace to the page that makes the first', async () => {
  const none = {
    data: { project: { __typename: 'Project', id: 'prj_1', traces: { __typename: 'TraceConnection', nodes: [] } } },
  };
  const { router } = mount({
    TraceList: () => tracePage([]),
    AnyTrace: () => none,
    FirstTraces: () => none,
    FirstTraceArrived: () => live().source,
  });
  expect(await screen.findByText('Send your first trace')).toBeInTheDocument();
  expect(router.state.location.pathname).toBe('/p/harbour/claims/welcome');
});

describe('live', () => {
  it('shows a new trace without asking, and a grown one in its place', async () => {
    const { source, next } = live();
    mount({ TraceArrived: () => source });
    await grid();
    await waitFor(() => expect(rows()).toHaveLength(3));
    next({ data: { traceUpdated: traceRow('new') } });
    await waitFor(() => expect(rows()[0]).toHaveTextContent('Question new'));
    next({ data: { traceUpdated: traceRow('b', { outputPreview: 'Longer answer' }) } });
    await screen.findByText('Longer answer');
    expect(rows()).toHaveLength(4);
  });

  it('holds new traces back while the person is further down', async () => {
    const { source, next } = live();
    mount({ TraceArrived: () => source });
    await grid();
    await waitFor(() => expect(rows()).toHaveLength(3));
    await userEvent.keyboard('jj');
    next({ data: { traceUpdated: traceRow('new') } });
    await userEvent.click(await screen.findByRole('button', { name: '1 new trace' }));
    expect(rows()[0]).toHaveTextContent('Question new');
  });

  it('is off when asked', async () => {
    const { sent } = mount({}, `${path}?live=off`);
    await grid();
    await waitFor(() => expect(rows()).toHaveLength(3));
    expect(sent('TraceArrived')).toHaveLength(0);
  });
});

describe('keys', () => {
  it('move, open', async () => {
    const { router } = mount();
    await grid();
    await waitFor(() => expect(rows()).toHaveLength(3));
    await userEvent.keyboard('jj');
    expect(screen.getByRole('grid')).toHaveAttribute('aria-activedescendant', 'trace-b');
    await userEvent.keyboard('{Enter}');
    await waitFor(() => expect(router.state.location.pathname).toBe(`${path}/${'b'.padEnd(32, '0')}`));
  });

  it('select and send to a queue', async () => {
    const { sent } = mount({
      QueueChoices: () => ({
        data: {
          project: {
            __typename: 'Project',
            id: 'prj_1',
            reviewQueues: [
              {
                __typename: 'ReviewQueue',
                id: 'q1',
                name: 'Week 47',
                closedAt: null,
                reviewsPerItem: 2,
                progress: { __typename: 'ReviewProgress', total: 3 },
              },
            ],
          },
        },
      }),
      AddTracesToQueue: () => ({
        data: {
          addToReviewQueue: {
            __typename: 'AddToReviewQueuePayload',
            added: 1,
            duplicates: 1,
            queue: {
              __typename: 'ReviewQueue',
              id: 'q1',
              name: 'Week 47',
              progress: { __typename: 'ReviewProgress', total: 4, waiting: 1 },
            },
          },
        },
      }),
    });
    await grid();
    await waitFor(() => expect(rows()).toHaveLength(3));
    await userEvent.keyboard('jxjx');
    expect(within(screen.getByRole('toolbar', { name: 'Selection' })).getByText('2 selected')).toBeInTheDocument();
    await userEvent.keyboard('q');
    await userEvent.click(await screen.findByRole('button', { name: 'Add 2 traces' }));
    expect(await screen.findByText('1 item added to Week 47, 1 already there')).toBeInTheDocument();
    expect(last(sent('AddTracesToQueue')).input).toEqual({ queueId: 'q1', traceIds: ['a', 'b'] });
    await waitFor(() => expect(screen.queryByRole('toolbar', { name: 'Selection' })).toBeNull());
  });

  it('do nothing while the person types in the search', async () => {
    const { sent } = mount();
    await grid();
    await userEvent.keyboard('/');
    await userEvent.keyboard('jxq');
    expect(screen.getByLabelText('Search input, output, name or id')).toHaveValue('jxq');
    await waitFor(() => expect(last(sent('TraceList')).where!.search).toBe('jxq'));
    expect(screen.queryByRole('toolbar', { name: 'Selection' })).toBeNull();
  });
});
