import { configure, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import { type Answers, mountAt } from '@/test/mount';

// A busy machine may take its time.
configure({ asyncUtilTimeout: 5000 });
vi.setConfig({ testTimeout: 20_000 });

const message = (role: string, text: string) => ({
  __typename: 'Message',
  role,
  name: null,
  text,
  parts: [{ __typename: 'TextPart', text }],
});
const queue = (done: number) => ({
  __typename: 'ReviewQueue',
  id: 'queue_1',
  name: 'Claim replies',
  leaseMinutes: 20,
  rubric: {
    __typename: 'Rubric',
    version: 3,
    instructions: 'Would you send it?\n- Nothing is promised',
    reasoningRequired: 'ON_FAIL',
    failureModes: [
      { __typename: 'FailureMode', key: 'tone', label: 'Wrong tone', description: null },
      { __typename: 'FailureMode', key: 'fact', label: 'Wrong fact', description: null },
    ],
  },
  blinding: { __typename: 'Blinding', hideModel: true, hidePromptVersion: true, hideMetrics: true, hideIdentity: true },
  myProgress: { __typename: 'MyReviewProgress', done, available: 10 - done, skipped: 0 },
});
const assignment = (n: number, done = n) => ({
  __typename: 'ReviewAssignment',
  id: `asg_${n}`,
  leaseExpiresAt: new Date(Date.now() + 20 * 60_000).toISOString(),
  queue: queue(done),
  subject: {
    __typename: 'ReviewSubject',
    input: [message('user', `Question ${n}`)],
    output: [message('assistant', `Answer ${n}`)],
    context: [],
    documents: [],
    model: null,
    promptVersion: null,
    metrics: null,
    userId: null,
  },
});
const review = {
  __typename: 'Review',
  id: 'rev_1',
  label: 'PASS',
  submittedAt: new Date().toISOString(),
  secondsSpent: 4,
};

const answers: Answers = {
  ReviewQueueNames: () => ({
    data: {
      viewer: {
        __typename: 'Viewer',
        reviewInbox: [{ __typename: 'ReviewQueue', id: 'queue_1', name: 'Claim replies' }],
      },
    },
  }),
  ClaimReview: () => ({ data: { claimNextReview: { __typename: 'ClaimPayload', assignment: assignment(1) } } }),
  SubmitReview: () => ({ data: { submitReview: { __typename: 'SubmitReviewPayload', review, next: assignment(2) } } }),
  UndoReview: () => ({ data: { undoReview: { __typename: 'ClaimPayload', assignment: assignment(1) } } }),
  SkipReview: () => ({ data: { skipReview: { __typename: 'ClaimPayload', assignment: assignment(3) } } }),
};
const input = (operation: { variables: unknown } | undefined) => {
  expect(operation).toBeDefined();
  return (operation!.variables as { input: Record<string, unknown> }).input;
};
const verdict = (name: 'Pass' | 'Fail') =>
  within(screen.getByRole('group', { name: 'Verdict' })).getByRole('button', { name });
const open = async (over: Answers = {}) => {
  const view = mountAt('/reviews/queue_1', { ...answers, ...over });
  await screen.findByText('Answer 1');
  return view;
};

beforeEach(() => localStorage.clear());

test('P and ↵ submit a pass without text and show the next item', async () => {
  const { sent } = await open();
  await userEvent.keyboard('p');
  expect(verdict('Pass')).toHaveAttribute('aria-pressed', 'true');
  await userEvent.keyboard('{Enter}');
  expect(await screen.findByText('Answer 2')).toBeInTheDocument();
  expect(input(sent('SubmitReview')[0])).toMatchObject({
    assignmentId: 'asg_1',
    label: 'PASS',
    reasoning: null,
    failureModes: [],
    claimNext: true,
  });
});

test('a fail asks for its reason, puts the caret there, and then goes', async () => {
  const { sent } = await open();
  await userEvent.keyboard('f2{Enter}');
  expect(sent('SubmitReview')).toHaveLength(0);
  const reason = screen.getByLabelText('Reason');
  expect(reason).toHaveFocus();
  expect(reason).toHaveAttribute('aria-invalid', 'true');
  await userEvent.keyboard('p is a letter here{Control>}{Enter}{/Control}');
  await screen.findByText('Answer 2');
  expect(input(sent('SubmitReview')[0])).toMatchObject({
    label: 'FAIL',
    reasoning: 'p is a letter here',
    failureModes: ['fact'],
  });
});

test('↵ without a verdict sends nothing', async () => {
  const { sent } = await open();
  await userEvent.keyboard('{Enter}');
  expect(sent('SubmitReview')).toHaveLength(0);
  expect(screen.getByRole('button', { name: /Submit and next/ })).toBeDisabled();
});

test('undo brings the last item back with what was written', async () => {
  const { sent } = await open();
  await userEvent.keyboard('1');
  await userEvent.type(screen.getByLabelText('Reason'), 'Too cold{Control>}{Enter}{/Control}');
  await screen.findByText('Answer 2');
  await userEvent.keyboard('u');
  await screen.findByText('Answer 1');
  expect(input(sent('UndoReview')[0])).toEqual({ id: 'rev_1' });
  expect(screen.getByLabelText('Reason')).toHaveValue('Too cold');
  expect(verdict('Fail')).toHaveAttribute('aria-pressed', 'true');
});

test('text is kept on this device and comes back with the item', async () => {
  const first = await open();
  await userEvent.type(screen.getByLabelText('Reason'), 'Half a thought');
  first.unmount();
  await open();
  expect(screen.getByLabelText('Reason')).toHaveValue('Half a thought');
  expect(screen.getByText(/Your text from before is back/)).toBeInTheDocument();
});

test('a submitted review leaves no draft behind', async () => {
  await open();
  await userEvent.keyboard('p{Enter}');
  await screen.findByText('Answer 2');
  await waitFor(() => expect(Object.keys(localStorage).filter((k) => k.startsWith('plumbline.review.'))).toEqual([]));
});

test('a lost lease keeps the text and offers the next item', async () => {
  const lost = { errors: [{ message: 'The item went to someone else.', extensions: { code: 'LEASE_EXPIRED' } }] };
  await open({ SubmitReview: () => lost });
  await userEvent.keyboard('p{Enter}');
  const said = await screen.findByRole('alert');
  expect(said).toHaveTextContent('The item went to someone else. Your text is kept on this device.');
  expect(within(said).getByRole('button', { name: /next item/ })).toBeInTheDocument();
  expect(verdict('Pass')).toHaveAttribute('aria-pressed', 'true');
});

test('nothing on the page, in its title or address tells more than the queue', async () => {
  const { container, router } = await open();
  expect(document.title).toBe('Claim replies · Plumbline');
  expect(router.state.location.href).toBe('/reviews/queue_1');
  expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('Claim replies');
  expect(container.textContent).not.toMatch(/asg_|Claims assistant|Harbour Mutual/);
});

test('↵ on another button presses that button', async () => {
  const { sent } = await open();
  await userEvent.keyboard('p');
  screen.getAllByRole('button', { name: /Skip/ })[0]!.focus();
  await userEvent.keyboard('{Enter}');
  expect(await screen.findByRole('dialog', { name: 'Skip this item?' })).toBeInTheDocument();
  expect(sent('SubmitReview')).toHaveLength(0);
});

test('a skip says why, or nothing is skipped', async () => {
  const { sent } = await open();
  await userEvent.keyboard('s');
  const why = await screen.findByLabelText('Why do you skip it?');
  await userEvent.click(screen.getByRole('button', { name: 'Skip it' }));
  expect(sent('SkipReview')).toHaveLength(0);
  expect(screen.getByText(/whoever runs the queue needs to know/)).toBeInTheDocument();
  await userEvent.type(why, 'I read no Finnish{Enter}');
  expect(await screen.findByText('Answer 3')).toBeInTheDocument();
  expect(input(sent('SkipReview')[0])).toEqual({ assignmentId: 'asg_1', reason: 'I read no Finnish' });
});

test('what one skipped before says so when it comes back', async () => {
  await open({
    ClaimReview: () => ({
      data: {
        claimNextReview: {
          __typename: 'ClaimPayload',
          assignment: { ...assignment(1), skippedBecause: 'Which policy holds?' },
        },
      },
    }),
  });
  expect(screen.getByText(/You skipped this one: “Which policy holds\?” It is back/)).toBeInTheDocument();
});

const finished = (item: object | null) => ({
  data: {
    finishReview: {
      __typename: 'FinishReviewPayload',
      review: { __typename: 'Review', id: 'rev_1', undoableUntil: null },
      item,
    },
  },
});

test('after a submit one may have it shown at once, and give up undoing it', async () => {
  const said = (id: string, alias: string, label: string, reasoning: string | null) => ({
    __typename: 'Review',
    id,
    alias,
    label,
    reasoning,
    reviewer: null,
  });
  const { sent } = await open({
    FinishReview: () =>
      finished({
        __typename: 'ReviewItem',
        id: 'item_1',
        state: 'DISPUTED',
        consensus: null,
        reviews: [
          said('rev_0', 'Reviewer A', 'FAIL', 'It promises too much'),
          said('rev_1', 'Reviewer B', 'PASS', null),
        ],
      }),
  });
  await userEvent.keyboard('p{Enter}');
  await screen.findByText('Answer 2');
  await userEvent.click(screen.getAllByRole('button', { name: 'Show me now' })[0]!);
  const shown = await screen.findByRole('dialog', { name: 'Your last review' });
  expect(within(shown).getByText('It promises too much')).toBeInTheDocument();
  expect(input(sent('FinishReview')[0])).toEqual({ id: 'rev_1' });
  expect(screen.queryByRole('button', { name: 'Undo last review' })).not.toBeInTheDocument();
  await userEvent.click(within(shown).getByRole('button', { name: 'Go on' }));
  expect(screen.getByText('Answer 2')).toBeInTheDocument();
});

test('who may not see what others said is told that the review is final', async () => {
  await open({ FinishReview: () => finished(null) });
  await userEvent.keyboard('p{Enter}');
  await screen.findByText('Answer 2');
  await userEvent.click(screen.getAllByRole('button', { name: 'Show me now' })[0]!);
  expect(await screen.findByText(/It is final now\. What others said is not for you to see here/)).toBeInTheDocument();
});

test('an item that takes no review any more says why and offers the next', async () => {
  const gone = { errors: [{ message: 'You have revealed this item to yourself.', extensions: { code: 'CONFLICT' } }] };
  await open({ SubmitReview: () => gone });
  await userEvent.keyboard('p{Enter}');
  const said = await screen.findByRole('alert');
  expect(said).toHaveTextContent('You have revealed this item to yourself.');
  expect(within(said).getByRole('button', { name: /next item/ })).toBeInTheDocument();
});

test('an undo that comes too late is said where nothing is left', async () => {
  await open({
    SubmitReview: () => ({ data: { submitReview: { __typename: 'SubmitReviewPayload', review, next: null } } }),
    UndoReview: () => ({ errors: [{ message: 'You have finished this review.', extensions: { code: 'CONFLICT' } }] }),
  });
  await userEvent.keyboard('p{Enter}');
  await userEvent.click(await screen.findByRole('button', { name: 'Undo the last one' }));
  expect(await screen.findByText(/You have finished this review\./)).toBeInTheDocument();
  expect(screen.queryByText('This item cannot be shown')).not.toBeInTheDocument();
});

test('the badge says what is hidden and asks twice before revealing', async () => {
  const reveal = vi.fn(() => ({ errors: [{ message: 'An admin can grant it.', extensions: { code: 'FORBIDDEN' } }] }));
  await open({ RevealItem: reveal });
  await userEvent.click(screen.getAllByRole('button', { name: /Blinded/ })[0]!);
  expect(await screen.findByText('which model wrote it')).toBeInTheDocument();
  await userEvent.click(screen.getByRole('button', { name: 'Reveal this item' }));
  expect(reveal).not.toHaveBeenCalled();
  await userEvent.click(screen.getByRole('button', { name: 'Reveal and give it up' }));
  expect(await screen.findByText(/An admin can grant it/)).toBeInTheDocument();
});

test('when nothing is left the queue says so and leads back', async () => {
  mountAt('/reviews/queue_1', {
    ...answers,
    ClaimReview: () => ({ data: { claimNextReview: { __typename: 'ClaimPayload', assignment: null } } }),
  });
  expect(await screen.findByText('Nothing left for you here')).toBeInTheDocument();
  expect(screen.getAllByRole('link', { name: 'Back to my reviews' })[1]).toHaveAttribute('href', '/reviews');
});

test('a server without reviews says so', async () => {
  mountAt('/reviews/queue_1', {
    ...answers,
    ClaimReview: () => ({ errors: [{ message: 'no', extensions: { code: 'NOT_IMPLEMENTED' } }] }),
  });
  expect(await screen.findByText('This server does not offer this yet.')).toBeInTheDocument();
});

test('an active reviewer keeps the item, one who is away does not', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  try {
    const renewed = {
      __typename: 'ReviewAssignment',
      id: 'asg_1',
      leaseExpiresAt: new Date(Date.now() + 40 * 60_000).toISOString(),
    };
    const { sent } = await open({
      RenewLease: () => ({ data: { claimNextReview: { __typename: 'ClaimPayload', assignment: renewed } } }),
    });
    await vi.advanceTimersByTimeAsync(9.8 * 60_000);
    expect(sent('RenewLease')).toHaveLength(0);
    window.dispatchEvent(new Event('pointermove'));
    await vi.advanceTimersByTimeAsync(0.4 * 60_000);
    expect(sent('RenewLease')).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(31 * 60_000);
    expect(sent('RenewLease')).toHaveLength(1);
    expect(await screen.findByText(/The time this item was kept for you is over/)).toBeInTheDocument();
  } finally {
    vi.useRealTimers();
  }
});

test('an item whose text was erased can be skipped', async () => {
  const gone = {
    data: { claimNextReview: { __typename: 'ClaimPayload', assignment: null } },
    errors: [{ message: 'Its text was erased. Skip it.', extensions: { code: 'CONFLICT' } }],
  };
  const held = {
    __typename: 'ReviewAssignment',
    id: 'asg_9',
    leaseExpiresAt: new Date(Date.now() + 60_000).toISOString(),
  };
  const { sent } = mountAt('/reviews/queue_1', {
    ...answers,
    ClaimReview: () => gone,
    RenewLease: () => ({ data: { claimNextReview: { __typename: 'ClaimPayload', assignment: held } } }),
  });
  expect(await screen.findByText('Its text was erased. Skip it.')).toBeInTheDocument();
  await userEvent.click(screen.getByRole('button', { name: 'Skip it' }));
  expect(await screen.findByText('Answer 3')).toBeInTheDocument();
  expect(input(sent('SkipReview')[0])).toMatchObject({ assignmentId: 'asg_9', reason: expect.stringMatching(/\S/) });
});
