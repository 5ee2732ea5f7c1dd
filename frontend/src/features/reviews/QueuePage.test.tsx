import { configure, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { type Answers, mountAt } from '@/test/mount';

// A busy machine may take its time.
configure({ asyncUtilTimeout: 5000 });
vi.setConfig({ testTimeout: 20_000 });

const person = (id: string, name: string) => ({ __typename: 'User', id, name, email: `${id}@x.example` });
const progress = {
  __typename: 'ReviewProgress',
  total: 420,
  waiting: 77,
  inReview: 44,
  reviewed: 30,
  disputed: 2,
  resolved: 262,
  stuck: 3,
  shortOfReviewers: 2,
};
const queue = {
  __typename: 'ReviewQueue',
  id: 'queue_1',
  name: 'Claim replies',
  closedAt: null,
  reviewsPerItem: 2,
  leaseMinutes: 20,
  rubric: {
    __typename: 'Rubric',
    version: 3,
    instructions: 'Would you send it?',
    reasoningRequired: 'ON_FAIL',
    failureModes: [{ __typename: 'FailureMode', key: 'tone', label: 'Wrong tone', description: null }],
  },
  blinding: {
    __typename: 'Blinding',
    hideModel: true,
    hidePromptVersion: true,
    hideMetrics: true,
    hideIdentity: true,
    shuffle: true,
  },
  reviewers: [person('a', 'Aisha Bello'), person('b', 'Jonas Weber')],
  progress,
  myProgress: { __typename: 'MyReviewProgress', done: 0, available: 0, skipped: 0, accuracy: null },
};
const project = (more: object) => ({ data: { project: { __typename: 'Project', id: 'prj_1', ...more } } });
const inQueue = (more: object) => project({ reviewQueue: { __typename: 'ReviewQueue', id: 'queue_1', ...more } });
const refused = (code: string) => ({
  data: { project: { __typename: 'Project', id: 'prj_1', reviewQueue: null } },
  errors: [{ message: 'no', path: ['project', 'reviewQueue'], extensions: { code } }],
});
const figures = {
  __typename: 'Agreement',
  items: 299,
  observed: 0.87,
  kappa: 0.68,
  kappaLow: 0.57,
  kappaHigh: 0.77,
  perReviewer: [
    {
      __typename: 'ReviewerAgreement',
      reviewer: person('a', 'Aisha Bello'),
      reviews: 212,
      agreesWithConsensus: 0.91,
      goldenAccuracy: null,
      medianSeconds: 50,
      passShare: 0.71,
    },
  ],
};
const review = (id: string, alias: string, label: string) => ({
  __typename: 'Review',
  id,
  alias,
  reviewer: null,
  label,
  reasoning: `${alias} says so`,
  failureModes: label === 'FAIL' ? ['tone'] : [],
  correctedOutput: null,
  rubricVersion: 3,
  submittedAt: '2026-01-01T00:00:00Z',
  secondsSpent: 44,
  seenBefore: false,
});
const item = (n: number) => ({
  __typename: 'ReviewItem',
  id: `item_${n}`,
  state: 'DISPUTED',
  golden: false,
  consensus: null,
  adjudication: null,
  span: { __typename: 'Span', id: `s${n}`, traceId: `t${n}`, input: `Question ${n}`, output: `Answer ${n}` },
  reviews: [review(`r${n}a`, 'Reviewer A', 'PASS'), review(`r${n}b`, 'Reviewer B', 'FAIL')],
});
const items = (...nodes: object[]) =>
  inQueue({
    items: {
      __typename: 'ReviewItemConnection',
      nodes,
      totalCount: nodes.length,
      pageInfo: { __typename: 'PageInfo', hasNextPage: false, endCursor: null },
    },
  });
const answers: Answers = {
  QueuePage: () => ({
    data: {
      viewer: { __typename: 'Viewer', user: person('u', 'Priya'), permissions: [] },
      project: { __typename: 'Project', id: 'prj_1', reviewQueue: queue },
    },
  }),
  QueueAgreement: () => inQueue({ agreement: figures }),
  QueueProgressed: () => ({ data: { reviewQueueProgress: progress } }),
  QueueItems: () => items(item(1), item(2)),
};
const at = '/p/harbour/claims/queues/queue_1';

test('kappa never stands without its interval, and unknown is not zero', async () => {
  mountAt(at, answers);
  expect(await screen.findByText('0.68')).toBeInTheDocument();
  expect(screen.getByText('kappa, between 0.57 and 0.77')).toBeInTheDocument();
  const row = screen.getByRole('row', { name: /Aisha Bello/ });
  expect(row).toHaveTextContent('under 5');
  expect(row).not.toHaveTextContent('0 %');
});

test('who still reviews here sees progress, and why agreement is closed', async () => {
  mountAt(at, { ...answers, QueueAgreement: () => refused('BLINDED') });
  expect(await screen.findByText(/You are still to review here/)).toBeInTheDocument();
  expect(screen.getByText('262')).toBeInTheDocument();
  expect(screen.queryByText(/kappa, /)).toBeNull();
});

test.each([
  ['FORBIDDEN', /An owner or admin can grant it/],
  ['NOT_IMPLEMENTED', /does not offer this yet/],
] as const)('agreement that answers %s degrades alone', async (code, text) => {
  mountAt(at, { ...answers, QueueAgreement: () => refused(code) });
  expect(await screen.findByText(text)).toBeInTheDocument();
  expect(screen.getByRole('heading', { level: 1, name: 'Claim replies' })).toBeInTheDocument();
});

test('items are closed to people who still review', async () => {
  mountAt(`${at}#items`, { ...answers, QueueItems: () => refused('BLINDED') });
  expect(await screen.findByRole('heading', { name: 'You are still to review this' })).toBeInTheDocument();
});

test('an item that does not go on says what it lacks', async () => {
  const waits = (n: number, state: string, skips: string[]) => ({
    ...item(n),
    state,
    reviews: [],
    skips: skips.map((reason) => ({ __typename: 'ReviewSkip', reason, at: '2026-01-01T00:00:00Z' })),
    undoneReviews: [
      { __typename: 'Review', id: `u${n}`, alias: 'Reviewer A', label: 'FAIL', undoneAt: '2026-01-01T00:00:00Z' },
    ],
  });
  mountAt(`${at}#items`, {
    ...answers,
    QueueItems: () =>
      items(waits(1, 'STUCK', ['I read no Finnish', 'I read no Finnish']), waits(2, 'SHORT_OF_REVIEWERS', [])),
  });
  const stuck = (await screen.findByText('Question 1')).closest('tr')!;
  expect(within(stuck).getByText('Stuck')).toBeInTheDocument();
  expect(within(stuck).getByText('Skipped: I read no Finnish')).toBeInTheDocument();
  expect(within(stuck).getByTitle('Reviewer A took back a fail')).toHaveTextContent('1 taken back');
  const short = screen.getByText('Question 2').closest('tr')!;
  expect(within(short).getByText(/add a reviewer/)).toBeInTheDocument();
});

test('whoever may review in an open queue may join it from its page', async () => {
  const open = { ...queue, openToAll: true, reviewers: [] };
  mountAt(at, {
    ...answers,
    QueuePage: () => ({
      data: {
        viewer: { __typename: 'Viewer', user: person('u', 'Priya'), permissions: [] },
        project: { __typename: 'Project', id: 'prj_1', reviewQueue: open },
      },
    }),
  });
  expect(await screen.findByRole('button', { name: 'Join Claim replies' })).toBeInTheDocument();
  expect(screen.getByText(/you no longer see their traces/)).toBeInTheDocument();
});

test('a dispute shows neutral names and is decided with a reason', async () => {
  const decided = { ...item(1), state: 'ADJUDICATED' };
  const { sent } = mountAt(`${at}/disputes`, {
    ...answers,
    Adjudicate: () => ({ data: { adjudicate: { __typename: 'ReviewItemPayload', item: decided } } }),
  });
  expect(await screen.findByText('Reviewer A')).toBeInTheDocument();
  expect(document.body.textContent).not.toContain('Aisha');
  await userEvent.keyboard('f');
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  expect(sent('Adjudicate')).toHaveLength(0);
  expect(screen.getByLabelText(/Why/)).toHaveFocus();
  await userEvent.keyboard('It answers what nobody asked{Control>}{Enter}{/Control}');
  await waitFor(() => expect(sent('Adjudicate')).toHaveLength(1));
  expect((sent('Adjudicate')[0]!.variables as { input: object }).input).toEqual({
    itemId: 'item_1',
    label: 'FAIL',
    reasoning: 'It answers what nobody asked',
    correctedOutput: null,
  });
});

test('J and K go through the disputes', async () => {
  mountAt(`${at}/disputes`, answers);
  const text = within(await screen.findByRole('region', { name: 'Disputed item' }));
  expect(await text.findByText('Answer 1')).toBeInTheDocument();
  await userEvent.keyboard('j');
  expect(await screen.findByText('Answer 2')).toBeInTheDocument();
  await userEvent.keyboard('k');
  expect(await screen.findByText('Answer 1')).toBeInTheDocument();
});

test('deleting asks first', async () => {
  const { sent } = mountAt(at, {
    ...answers,
    DeleteQueue: () => ({
      data: { deleteReviewQueue: { __typename: 'DeletedReviewQueuePayload', deletedId: 'queue_1' } },
    }),
  });
  await userEvent.click(await screen.findByRole('button', { name: 'More for this queue' }));
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Delete the queue…' }));
  expect(sent('DeleteQueue')).toHaveLength(0);
  await userEvent.click(await screen.findByRole('button', { name: 'Delete the queue' }));
  await waitFor(() => expect(sent('DeleteQueue')).toHaveLength(1));
});

test('closing asks, and says what is lost', async () => {
  const { sent } = mountAt(at, {
    ...answers,
    CloseQueue: () => ({
      data: {
        closeReviewQueue: {
          __typename: 'ReviewQueuePayload',
          queue: { __typename: 'ReviewQueue', id: 'queue_1', closedAt: '2026-01-01T00:00:00Z' },
        },
      },
    }),
  });
  await userEvent.click(await screen.findByRole('button', { name: 'More for this queue' }));
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Close the queue…' }));
  expect(sent('CloseQueue')).toHaveLength(0);
  await userEvent.click(await screen.findByRole('button', { name: 'Close with 158 items left' }));
  await waitFor(() => expect(sent('CloseQueue')).toHaveLength(1));
});
