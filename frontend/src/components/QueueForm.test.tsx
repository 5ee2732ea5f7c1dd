import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { mountAt } from '@/test/mount';

it('says what is missing only when somebody wants to go on, then makes the queue as it was set up', async () => {
  const { sent } = mountAt('/p/harbour/claims/queues', {
    QueueList: () => ({ data: { project: { __typename: 'Project', id: 'prj_1', reviewQueues: [] } } }),
    PossibleReviewers: () => ({
      data: {
        organization: {
          __typename: 'Organization',
          id: 'org_1',
          members: { __typename: 'MembershipConnection', nodes: [] },
        },
      },
    }),
    CreateQueue: () => ({ errors: [{ message: 'Name taken.', extensions: { code: 'CONFLICT' } }] }),
  });
  await userEvent.click(await screen.findByRole('button', { name: 'New queue' }));
  const create = await screen.findByRole('button', { name: 'Create queue' });
  const missing = 'Give the queue a name reviewers will see.';
  expect(screen.queryByText(missing)).toBeNull();
  await userEvent.click(create);
  expect(await screen.findByText(missing)).toBeInTheDocument();
  expect(sent('CreateQueue')).toHaveLength(0);

  await userEvent.type(screen.getByRole('textbox', { name: 'Name' }), 'Week 48');
  await userEvent.type(screen.getByRole('textbox', { name: /good enough/ }), 'Would you send this?');
  await userEvent.click(screen.getByRole('button', { name: 'Failure mode' }));
  await userEvent.type(screen.getByRole('textbox', { name: 'Failure mode 1' }), 'Wrong tone');
  await userEvent.click(screen.getByRole('switch', { name: 'Hide the model' }));
  expect(screen.getByText(/colours how they judge it/)).toBeInTheDocument();
  await userEvent.click(create);
  expect(await screen.findByText('Name taken.')).toBeInTheDocument();
  await waitFor(() => expect(sent('CreateQueue')).toHaveLength(1));
  expect(sent('CreateQueue')[0]!.variables).toMatchObject({
    input: {
      name: 'Week 48',
      instructions: 'Would you send this?',
      failureModes: [{ key: 'wrong_tone', label: 'Wrong tone' }],
      reviewsPerItem: 2,
      leaseMinutes: 20,
      reviewerIds: [],
      blinding: { hideModel: false, hidePromptVersion: true },
    },
  });
});
