import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { never } from 'wonka';
import { mountAt } from '@/test/mount';
import { aroundTraces, tracePage, traceRow } from '@/test/traces';

it('makes a queue first where there is none, once, even when adding fails the first time', async () => {
  let tries = 0;
  const { sent } = mountAt('/p/harbour/claims/traces', {
    ...aroundTraces,
    TraceList: () => tracePage([traceRow('a')]),
    TraceArrived: () => never,
    QueueChoices: () => ({ data: { project: { __typename: 'Project', id: 'prj_1', reviewQueues: [] } } }),
    PossibleReviewers: () => ({
      data: {
        organization: {
          __typename: 'Organization',
          id: 'org_1',
          members: { __typename: 'MembershipConnection', nodes: [] },
        },
      },
    }),
    CreateQueue: () => ({
      data: {
        createReviewQueue: {
          __typename: 'ReviewQueuePayload',
          queue: { __typename: 'ReviewQueue', id: 'q9', name: 'Week 48' },
        },
      },
    }),
    AddTracesToQueue: () =>
      tries++ === 0
        ? { errors: [{ message: 'The queue is full.', extensions: { code: 'CONFLICT' } }] }
        : {
            data: {
              addToReviewQueue: {
                __typename: 'AddToReviewQueuePayload',
                added: 1,
                duplicates: 0,
                queue: {
                  __typename: 'ReviewQueue',
                  id: 'q9',
                  name: 'Week 48',
                  progress: { __typename: 'ReviewProgress', total: 1, waiting: 1 },
                },
              },
            },
          },
  });
  await screen.findByText('Question a');
  await userEvent.keyboard('jq');
  const add = await screen.findByRole('button', { name: 'Add 1 trace' });
  expect(add).toBeDisabled();
  await userEvent.type(await screen.findByRole('textbox', { name: /^Name/ }), 'Week 48');
  await userEvent.type(screen.getByRole('textbox', { name: /good enough/ }), 'Would you send this?');
  await userEvent.click(add);
  expect(await screen.findByText('The queue is full.')).toBeInTheDocument();
  await userEvent.click(add);
  expect(await screen.findByText('1 item added to Week 48')).toBeInTheDocument();
  await waitFor(() => expect(sent('CreateQueue')).toHaveLength(1));
  expect(sent('CreateQueue')[0]!.variables).toMatchObject({
    input: { name: 'Week 48', instructions: 'Would you send this?', reviewsPerItem: 2, reviewerIds: ['usr_1'] },
  });
  expect(sent('AddTracesToQueue').at(-1)!.variables).toEqual({ input: { queueId: 'q9', traceIds: ['a'] } });
});

it('asks the people who were chosen; Esc closes their list and not the dialog', async () => {
  const { sent } = mountAt('/p/harbour/claims/traces', {
    ...aroundTraces,
    TraceList: () => tracePage([traceRow('a')]),
    TraceArrived: () => never,
    QueueChoices: () => ({ data: { project: { __typename: 'Project', id: 'prj_1', reviewQueues: [] } } }),
    PossibleReviewers: () => ({
      data: {
        organization: {
          __typename: 'Organization',
          id: 'org_1',
          members: {
            __typename: 'MembershipConnection',
            nodes: [
              {
                __typename: 'Membership',
                role: 'MEMBER',
                user: { __typename: 'User', id: 'usr_2', name: 'Aisha Bello', email: 'aisha@harbour.example' },
              },
            ],
          },
        },
      },
    }),
  });
  await screen.findByText('Question a');
  await userEvent.keyboard('jq');
  await userEvent.type(await screen.findByRole('textbox', { name: /^Name/ }), 'Week 48');
  await userEvent.type(screen.getByRole('textbox', { name: /good enough/ }), 'Would you send this?');
  await userEvent.click(screen.getAllByLabelText('Reviewers')[0]!);
  await userEvent.click(await screen.findByRole('option', { name: /Aisha Bello/ }));
  await userEvent.keyboard('{Escape}');
  await userEvent.click(screen.getByRole('button', { name: 'Add 1 trace' }));
  await waitFor(() => expect(sent('CreateQueue')).toHaveLength(1));
  expect(sent('CreateQueue')[0]!.variables).toMatchObject({ input: { reviewerIds: ['usr_2'] } });
});
