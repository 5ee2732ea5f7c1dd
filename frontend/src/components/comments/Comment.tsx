import { ActionIcon } from '@mantine/core';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useMutation } from 'urql';
import { type CommentTextFragment, DeleteCommentDocument, UpdateCommentDocument } from '@/gql/graphql';
import { sentenceOf } from '@/lib/errors';
import { ago, exactTime } from '@/lib/format';
import { toast, toastError } from '@/lib/toasts';
import { useCan, useViewer } from '@/lib/viewer';
import { Person } from '@/ui';
import { CommentForm } from './CommentForm';
import c from './comments.module.css';
import { ofComments } from './useTraceComments';

/** What somebody said; its author may change it, its author and moderators take it away. */
export function Comment({ comment, children }: { comment: CommentTextFragment; children?: ReactNode }) {
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
        <CommentForm
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
