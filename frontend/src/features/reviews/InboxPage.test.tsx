import { configure, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { mountAt } from '@/test/mount';

// A busy machine may take its time.
configure({ asyncUtilTimeout: 5000 });
vi.setConfig({ testTimeout: 20_000 });

const hides = (on: boolean) => ({
  __typename: 'Blinding',
  hideModel: on,
  hidePromptVersion: on,
  hideMetrics: on,
  hideIdentity: on,
});
const open = (hiding: boolean) => ({
  __typename: 'ReviewQueue',
  id: 'queue_9',
  name: 'Refund answers',
  rubric: { __typename: 'Rubric', version: 1, instructions: 'Would you send it?' },
  blinding: hides(hiding),
  progress: { __typename: 'ReviewProgress', total: 12 },
});
const joined = {
  __typename: 'ReviewQueue',
  id: 'queue_9',
  name: 'Refund answers',
  closedAt: null,
  rubric: { __typename: 'Rubric', version: 1, instructions: 'Would you send it?' },
  myProgress: { __typename: 'MyReviewProgress', done: 0, available: 12, skipped: 0, accuracy: null },
  myReviews: { __typename: 'ReviewConnection', nodes: [] },
};
const inbox = (reviewInbox: object[], joinableQueues: object[]) => ({
  data: { viewer: { __typename: 'Viewer', reviewInbox, joinableQueues } },
});

test.each([
  [true, /you no longer see their traces, nor what others say of them/],
  [false, /you no longer see what others say of them/],
])('an open queue says what joining closes off (hiding: %s)', async (hiding, sentence) => {
  mountAt('/reviews', { ReviewInbox: () => inbox([], [open(hiding)]) });
  const row = (await screen.findByText('Refund answers')).closest('li')!;
  expect(within(row).getByText(sentence)).toBeInTheDocument();
  expect(screen.queryByText('No queues yet')).not.toBeInTheDocument();
});

test('joining asks the server, and the queue is one of your own then', async () => {
  let isJoined = false;
  const { sent } = mountAt('/reviews', {
    ReviewInbox: () => (isJoined ? inbox([joined], []) : inbox([], [open(true)])),
    JoinQueue: () => {
      isJoined = true;
      return { data: { joinReviewQueue: { __typename: 'ReviewQueuePayload', queue: { ...joined, reviewers: [] } } } };
    },
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Join Refund answers' }));
  expect(await screen.findByText('12 new')).toBeInTheDocument();
  expect(sent('JoinQueue')[0]!.variables).toEqual({ input: { queueId: 'queue_9' } });
  await waitFor(() => expect(screen.queryByText('Open queues')).not.toBeInTheDocument());
});

test('a refusal is said, and nothing changes', async () => {
  mountAt('/reviews', {
    ReviewInbox: () => inbox([], [open(true)]),
    JoinQueue: () => ({ errors: [{ message: 'The queue is closed.', extensions: { code: 'CONFLICT' } }] }),
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Join Refund answers' }));
  expect(await screen.findByText(/The queue is closed/)).toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'Join Refund answers' })).toBeInTheDocument();
});
