import { Drawer } from '@mantine/core';
import { codeOf, detailOf, sentenceOf } from '@/lib/errors';
import { Blinded, Empty, Failure, Waiting } from '@/ui';
import { type CommentedSpan, CommentThread } from './CommentThread';
import c from './comments.module.css';
import type { useTraceComments } from './useTraceComments';
import { WriteComment } from './WriteComment';

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
      {p.opened && <CommentThreads {...p} />}
    </Drawer>
  );
}

function CommentThreads({
  traceId,
  span,
  spans,
  comments,
}: Omit<Parameters<typeof TraceComments>[0], 'opened' | 'onClose'>) {
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
      <WriteComment
        traceId={traceId}
        span={span}
        label="Comment"
        placeholder="What should others know about this trace?"
      />
      {threads.length === 0 ? (
        <Empty title="Nobody has said anything yet">
          Comments are for the team. People who are still to review this trace do not see them.
        </Empty>
      ) : (
        <ul className={c.threads} aria-label="Threads">
          {threads.map((thread) => (
            <CommentThread key={thread.id} thread={thread} traceId={traceId} spans={spans} />
          ))}
        </ul>
      )}
    </>
  );
}
