import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import { useMutation } from 'urql';
import { AddCommentDocument } from '@/gql/graphql';
import { useProject } from '@/lib/viewer';
import { CommentForm } from './CommentForm';
import { ofComments } from './useTraceComments';

/** Asks for a new comment on a trace, or for an answer to one; it may be about the span alone. */
export function WriteComment(p: {
  traceId: string;
  parentId?: string;
  span?: { id: string; name: string };
  label: string;
  placeholder?: string;
  onDone?: () => void;
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
    <CommentForm
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
    </CommentForm>
  );
}
