import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { type Answers, mountAt } from '@/test/mount';

const path = '/p/harbour/claims/traces/trace_1';
const at = '2026-11-21T12:00:00Z';
const user = (id: string, name: string) => ({ __typename: 'User', id, name });
const me = user('usr_1', 'Maya Lindqvist');
const comment = (id: string, body: string, more: Record<string, unknown> = {}) => ({
  __typename: 'Comment',
  id,
  author: user('usr_2', 'Tom Berg'),
  body,
  spanId: null,
  createdAt: at,
  editedAt: null,
  resolvedAt: null,
  replies: [],
  ...more,
});
const span = {
  __typename: 'Span',
  id: 'span_a',
  spanId: 'a',
  parentSpanId: null,
  name: 'chat gpt-4.1',
  kind: 'GENERATION',
  startTime: at,
  durationMs: 10,
  status: 'OK',
  model: 'gpt-4.1',
};
const project = (trace: Record<string, unknown>) => ({
  data: { project: { __typename: 'Project', id: 'prj_1', trace: { __typename: 'Trace', id: 'trace_1', ...trace } } },
});
const detail = project({
  traceId: 'f'.repeat(32),
  name: 'claim-reply',
  startTime: at,
  durationMs: 10,
  status: 'OK',
  environment: null,
  sessionId: null,
  userId: null,
  tags: [],
  spanCount: 1,
  errorCount: 0,
  tokens: { __typename: 'TokenUsage', input: 0, output: 0, total: 0, cachedInput: null, reasoning: null },
  costUsd: null,
  models: [],
  verdict: null,
  spans: [span],
});
const payload = (field: string, made: unknown) => ({
  data: { [field]: { __typename: 'CommentPayload', comment: made } },
});

/** Comments that the mutations change, as the server would. */
function talk(first: ReturnType<typeof comment>[]): Answers {
  let threads = first;
  return {
    TraceDetail: () => detail,
    TraceComments: () => project({ comments: threads }),
    AddComment: ({ input }: { input: { body: string; parentId?: string; spanId?: string } }) => {
      const made = comment(`new_${input.body}`, input.body, { author: me, spanId: input.spanId ?? null });
      threads = input.parentId
        ? threads.map((t) => (t.id === input.parentId ? { ...t, replies: [...t.replies, made] as never[] } : t))
        : [...threads, made];
      return payload('addComment', made);
    },
    UpdateComment: ({ input }: { input: { id: string; body: string } }) => {
      threads = threads.map((t) => (t.id === input.id ? { ...t, body: input.body, editedAt: at as never } : t));
      return payload(
        'updateComment',
        threads.find((t) => t.id === input.id),
      );
    },
    ResolveComment: ({ id }: { id: string }) => {
      threads = threads.map((t) => (t.id === id ? { ...t, resolvedAt: at as never } : t));
      return payload(
        'resolveComment',
        threads.find((t) => t.id === id),
      );
    },
    DeleteComment: ({ id }: { id: string }) => {
      threads = threads.filter((t) => t.id !== id);
      return { data: { deleteComment: { __typename: 'DeleteCommentPayload', deletedId: id } } };
    },
  } as Answers;
}

async function open(answers: Answers) {
  const mounted = mountAt(path, answers);
  await screen.findByRole('tree', { name: 'Spans' });
  await userEvent.keyboard('c');
  return { ...mounted, drawer: within(await screen.findByRole('dialog', { name: 'Comments' })) };
}

describe('comments on a trace', () => {
  it('are counted on the button and opened by key', async () => {
    await open(talk([comment('c1', 'It made the price up.', { replies: [comment('c2', 'True.')] })]));
    expect(screen.getByRole('button', { name: /^Comments\s*2$/, hidden: true })).toBeInTheDocument();
    expect(screen.getByText('It made the price up.')).toBeInTheDocument();
    expect(within(screen.getByRole('list', { name: 'Answers' })).getByText('True.')).toBeInTheDocument();
  });

  it('are written, about the trace or about the span being looked at', async () => {
    const { sent, drawer } = await open(talk([]));
    expect(await drawer.findByText('Nobody has said anything yet')).toBeInTheDocument();
    expect(drawer.getByRole('button', { name: 'Comment' })).toBeDisabled();
    await userEvent.type(drawer.getByRole('textbox', { name: 'Comment' }), 'Odd.{Control>}{Enter}{/Control}');
    expect(await drawer.findByText('Odd.')).toBeInTheDocument();
    expect(drawer.getByRole('textbox', { name: 'Comment' })).toHaveValue('');
    await userEvent.type(drawer.getByRole('textbox', { name: 'Comment' }), 'Here.');
    await userEvent.click(drawer.getByRole('checkbox', { name: 'Only about chat gpt-4.1' }));
    await userEvent.click(drawer.getByRole('button', { name: 'Comment' }));
    const made = await drawer.findByText('Here.');
    expect(within(made.closest('li')!).getByTitle('The span it is about')).toHaveTextContent('chat gpt-4.1');
    expect(sent('AddComment').map((o) => (o.variables as { input: { spanId?: string } }).input.spanId)).toEqual([
      undefined,
      'span_a',
    ]);
  });

  it('are answered and resolved', async () => {
    const { drawer } = await open(talk([comment('c1', 'Wrong.')]));
    await userEvent.click(await drawer.findByRole('button', { name: 'Answer' }));
    await userEvent.type(drawer.getByRole('textbox', { name: 'Answer Tom Berg' }), 'Mended.');
    await userEvent.click(drawer.getByRole('button', { name: 'Answer' }));
    expect(
      await within(await drawer.findByRole('list', { name: 'Answers' })).findByText('Mended.'),
    ).toBeInTheDocument();
    await userEvent.click(drawer.getByRole('button', { name: 'Resolve' }));
    expect(await drawer.findByText('Resolved')).toBeInTheDocument();
    expect(drawer.queryByRole('button', { name: 'Resolve' })).toBeNull();
  });

  it('are changed and deleted by whoever wrote them', async () => {
    const { drawer } = await open(talk([comment('c1', 'Wrng.', { author: me }), comment('c2', 'Other.')]));
    expect(await drawer.findAllByRole('button', { name: 'Edit' })).toHaveLength(1);
    await userEvent.click(drawer.getByRole('button', { name: 'Edit' }));
    const box = drawer.getByRole('textbox', { name: 'Change the comment' });
    await userEvent.clear(box);
    await userEvent.type(box, 'Wrong.');
    await userEvent.click(drawer.getByRole('button', { name: 'Save' }));
    expect(await drawer.findByText('Wrong.')).toBeInTheDocument();
    expect(drawer.getByText('edited')).toBeInTheDocument();
    await userEvent.click(drawer.getAllByRole('button', { name: 'Delete' })[0]!);
    await waitFor(() => expect(drawer.queryByText('Wrong.')).toBeNull());
    expect(drawer.getByText('Other.')).toBeInTheDocument();
  });

  it('keep the text when the server refuses it', async () => {
    const { drawer } = await open({
      ...talk([]),
      AddComment: () => ({
        errors: [{ message: 'This trace has 1000 comments.', extensions: { code: 'BAD_USER_INPUT' } }],
      }),
    });
    await userEvent.type(drawer.getByRole('textbox', { name: 'Comment' }), 'One more.');
    await userEvent.click(drawer.getByRole('button', { name: 'Comment' }));
    expect(await drawer.findByText('This trace has 1000 comments.')).toBeInTheDocument();
    expect(drawer.getByRole('textbox', { name: 'Comment' })).toHaveValue('One more.');
  });

  it('are withheld from whoever is still to review', async () => {
    const { drawer } = await open({
      ...talk([]),
      TraceComments: () => ({ data: { project: null }, errors: [{ message: 'no', extensions: { code: 'BLINDED' } }] }),
    });
    expect(await drawer.findByText('You are still to review this')).toBeInTheDocument();
    expect(drawer.queryByRole('textbox')).toBeNull();
  });
});
