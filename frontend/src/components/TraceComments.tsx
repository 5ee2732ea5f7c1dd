import { ActionIcon, Button, Checkbox, Drawer, Textarea } from '@mantine/core';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { type CombinedError, useMutation, useQuery } from 'urql';
import {
  AddCommentDocument,
  type CommentTextFragment,
  type CommentThreadFragment,
  DeleteCommentDocument,
  ResolveCommentDocument,
  TraceCommentsDocument,
  UpdateCommentDocument,
} from '@/gql/graphql';
import { codeOf, detailOf, sentenceOf } from '@/lib/errors';
import { ago, exactTime } from '@/lib/format';
import { toast, toastError } from '@/lib/toasts';
import { useCan, useProject, useViewer } from '@/lib/viewer';
import { Blinded, Chip, Empty, Failure, Notice, Person, Waiting } from '@/ui';
import c from './TraceComments.module.css';

interface CommentedSpan {
  id: string;
  name: string;
}

/** An empty list has nothing in it that a new comment could outdate, so it is said what the list holds. */
const ofComments = { additionalTypenames: ['Comment'] };

/** What people said to each other about a trace. */
export function useTraceComments(traceId: string) {
  const project = useProject();
  const [{ data, error, fetching }, again] = useQuery({
    query: TraceCommentsDocument,
    variables: { projectId: project.id, traceId },
    requestPolicy: 'cache-and-network',
    context: ofComments,
  });
  const threads = data?.project?.trace?.comments;
  const count = threads?.reduce((sum, thread) => sum + 1 + thread.replies.length, 0) ?? 0;
  return { threads, count, error, fetching, again: () => again({ requestPolicy: 'network-only' }) };
}

/** The comments on a trace, beside it. `span` is the one being looked at: a comment can be about it alone. */
export function TraceComments(p: {
  opened: boolean;
  onClose: () => void;
  traceId: string;
  span?: CommentedSpan;
  spans: readonly CommentedSpan[];
  comments: ReturnType<typeof useTraceComments>;
}) {
  return (
    <Drawer opened={p.opened} onClose={p.onClose} title="Comments" position="right" size={460}>
      {p.opened && <Content {...p} />}
    </Drawer>
  );
}

function Content({ traceId, span, spans, comments }: Omit<Parameters<typeof TraceComments>[0], 'opened' | 'onClose'>) {
  const { threads, error, fetching, again } = comments;
  if (!threads) {
    if (fetching) return <Waiting label="Loading the comments" />;
    if (codeOf(error) === 'BLINDED') return <Blinded />;
    return (
      <Failure
        title="The comments could not be read"
        text={error ? sentenceOf(error) : 'The trace may have been deleted since it was opened.'}
        detail={error && detailOf(error)}
        onRetry={again}
      />
    );
  }
  return (
    <>
      <Write traceId={traceId} span={span} label="Comment" placeholder="What should others know about this trace?" />
      {threads.length === 0 ? (
        <Empty title="Nobody has said anything yet">
          Comments are for the team. People who are still to review this trace do not see them.
        </Empty>
      ) : (
        <ul className={c.threads} aria-label="Threads">
          {threads.map((thread) => (
            <Thread key={thread.id} thread={thread} traceId={traceId} spans={spans} />
          ))}
        </ul>
      )}
    </>
  );
}

function Write(p: {
  traceId: string;
  parentId?: string;
  span?: CommentedSpan;
  label: string;
  placeholder?: string;
  onDone?: () => void;
  autoFocus?: boolean;
}) {
  const project = useProject();
  const [body, setBody] = useState('');
  const [aboutSpan, setAboutSpan] = useState(false);
  const [{ fetching, error }, add] = useMutation(AddCommentDocument);
  const send = async () => {
    if (!body.trim() || fetching) return;
    const spanId = aboutSpan ? p.span?.id : undefined;
    const input = { projectId: project.id, traceId: p.traceId, parentId: p.parentId, spanId, body };
    const { error: refused } = await add({ input }, ofComments);
    if (refused) return;
    setBody('');
    p.onDone?.();
  };
  return (
    <TextForm
      value={body}
      onChange={setBody}
      onSend={send}
      label={p.label}
      placeholder={p.placeholder}
      word={p.parentId ? 'Answer' : 'Comment'}
      busy={fetching}
      error={error}
      onCancel={p.parentId ? p.onDone : undefined}
    >
      {p.span && (
        <Checkbox
          size="sm"
          checked={aboutSpan}
          onChange={(e) => setAboutSpan(e.currentTarget.checked)}
          label={
            <>
              Only about <span className="mono">{p.span.name}</span>
            </>
          }
        />
      )}
    </TextForm>
  );
}

function TextForm(p: {
  value: string;
  onChange: (value: string) => void;
  onSend: () => void;
  onCancel?: () => void;
  label: string;
  placeholder?: string;
  word: string;
  busy: boolean;
  error?: CombinedError;
  children?: ReactNode;
}) {
  return (
    <form
      className={c.write}
      onSubmit={(e) => {
        e.preventDefault();
        p.onSend();
      }}
    >
      <Textarea
        aria-label={p.label}
        placeholder={p.placeholder}
        autosize
        minRows={2}
        maxRows={12}
        maxLength={10_000}
        data-autofocus
        value={p.value}
        onChange={(e) => p.onChange(e.currentTarget.value)}
        onKeyDown={(e) => {
          if (e.key === 'Enter' && (e.ctrlKey || e.metaKey)) {
            e.preventDefault();
            p.onSend();
          }
        }}
      />
      {p.error && <Notice tone="fail">{sentenceOf(p.error)}</Notice>}
      <div className={c.send}>
        {p.children}
        <span style={{ marginLeft: 'auto', display: 'flex', gap: 8 }}>
          {p.onCancel && (
            <Button variant="default" onClick={p.onCancel}>
              Cancel
            </Button>
          )}
          <Button type="submit" disabled={!p.value.trim()} loading={p.busy}>
            {p.word}
          </Button>
        </span>
      </div>
    </form>
  );
}

function Thread({
  thread,
  traceId,
  spans,
}: {
  thread: CommentThreadFragment;
  traceId: string;
  spans: readonly CommentedSpan[];
}) {
  const [answering, setAnswering] = useState(false);
  const [{ fetching }, resolve] = useMutation(ResolveCommentDocument);
  const about = spans.find((span) => span.id === thread.spanId);
  const done = async () => {
    const { error } = await resolve({ id: thread.id }, ofComments);
    if (error) toastError(sentenceOf(error));
  };
  return (
    <li className={c.thread} data-resolved={thread.resolvedAt ? true : undefined}>
      <Comment comment={thread}>
        {about && <Chip title="The span it is about">{about.name}</Chip>}
        {thread.resolvedAt && <Chip tone="pass">Resolved</Chip>}
      </Comment>
      {thread.replies.length > 0 && (
        <ul className={c.replies} aria-label="Answers">
          {thread.replies.map((reply) => (
            <li key={reply.id}>
              <Comment comment={reply} />
            </li>
          ))}
        </ul>
      )}
      {answering ? (
        <div className={c.reply}>
          <Write
            traceId={traceId}
            parentId={thread.id}
            label={`Answer ${thread.author.name}`}
            onDone={() => setAnswering(false)}
          />
        </div>
      ) : (
        <div className={c.actions}>
          <Button variant="subtle" size="compact-sm" onClick={() => setAnswering(true)}>
            Answer
          </Button>
          {!thread.resolvedAt && (
            <Button variant="subtle" size="compact-sm" loading={fetching} onClick={() => void done()}>
              Resolve
            </Button>
          )}
        </div>
      )}
    </li>
  );
}

function Comment({ comment, children }: { comment: CommentTextFragment; children?: ReactNode }) {
  const viewer = useViewer();
  const moderates = useCan('MANAGE_PROJECT');
  const [draft, setDraft] = useState<string>();
  const [{ fetching, error }, update] = useMutation(UpdateCommentDocument);
  const [, remove] = useMutation(DeleteCommentDocument);
  const mine = comment.author.id === viewer.user?.id;
  const save = async () => {
    if (draft === undefined || !draft.trim()) return;
    const { error: refused } = await update({ input: { id: comment.id, body: draft } }, ofComments);
    if (!refused) setDraft(undefined);
  };
  const erase = async () => {
    const { error: refused } = await remove({ id: comment.id }, ofComments);
    if (refused) toastError(sentenceOf(refused));
    else toast('Comment deleted');
  };
  return (
    <article aria-label={`Comment by ${comment.author.name}`}>
      <header className={c.head}>
        <Person name={comment.author.name} />
        <b>{comment.author.name}</b>
        <span className="dim" title={exactTime(comment.createdAt)}>
          {ago(comment.createdAt)}
        </span>
        {comment.editedAt && (
          <span className="dim" title={exactTime(comment.editedAt)}>
            edited
          </span>
        )}
        {children}
        {draft === undefined && (
          <span className={c.own}>
            {mine && (
              <ActionIcon variant="subtle" color="gray" aria-label="Edit" onClick={() => setDraft(comment.body)}>
                <IconPencil size={14} stroke={1.75} />
              </ActionIcon>
            )}
            {(mine || moderates) && (
              <ActionIcon variant="subtle" color="gray" aria-label="Delete" onClick={() => void erase()}>
                <IconTrash size={14} stroke={1.75} />
              </ActionIcon>
            )}
          </span>
        )}
      </header>
      {draft === undefined ? (
        <p className={c.body}>{comment.body}</p>
      ) : (
        <TextForm
          value={draft}
          onChange={setDraft}
          onSend={save}
          onCancel={() => setDraft(undefined)}
          label="Change the comment"
          word="Save"
          busy={fetching}
          error={error}
        />
      )}
    </article>
  );
}
