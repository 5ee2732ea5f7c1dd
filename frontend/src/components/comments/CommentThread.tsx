import { Button } from '@mantine/core';
import { useState } from 'react';
import { useMutation } from 'urql';
import { type CommentThreadFragment, ResolveCommentDocument } from '@/gql/graphql';
import { sentenceOf } from '@/lib/errors';
import { toastError } from '@/lib/toasts';
import { Chip } from '@/ui';
import { Comment } from './Comment';
import c from './comments.module.css';
import { ofComments } from './useTraceComments';
import { WriteComment } from './WriteComment';

export interface CommentedSpan {
  id: string;
  name: string;
}

/** A comment with its answers. */
export function CommentThread({
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
          <WriteComment
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
