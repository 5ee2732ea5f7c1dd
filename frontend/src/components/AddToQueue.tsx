import { Button, Group, Modal, Select, Stack } from '@mantine/core';
import { useState } from 'react';
import { useMutation, useQuery } from 'urql';
import { AddTracesToQueueDocument, CreateQueueDocument, QueueChoicesDocument } from '@/gql/graphql';
import { sentenceOf } from '@/lib/errors';
import { plural } from '@/lib/format';
import { toast } from '@/lib/toasts';
import { useCan, useProject, useViewer } from '@/lib/viewer';
import { Notice } from '@/ui';
import { newQueue, type QueueDraft, toCreate } from './model/queueForm';
import { QuestionFields, ReviewersField, ReviewsField } from './QueueFields';

const fresh = 'new';

/** Sends traces, or single spans of them, to people who judge; the queue is chosen or made here. */
export function AddToQueue(p: {
  opened: boolean;
  onClose: () => void;
  traceIds?: readonly string[];
  spanIds?: readonly string[];
  onAdded?: () => void;
}) {
  const count = (p.traceIds?.length ?? 0) + (p.spanIds?.length ?? 0);
  const what = plural(count, p.spanIds?.length ? 'span' : 'trace');
  return (
    <Modal opened={p.opened} onClose={p.onClose} title={`Add ${what} to a queue`}>
      {p.opened && <AddToQueueForm {...p} what={what} />}
    </Modal>
  );
}

function AddToQueueForm(p: {
  what: string;
  traceIds?: readonly string[];
  spanIds?: readonly string[];
  onClose: () => void;
  onAdded?: () => void;
}) {
  const project = useProject();
  const viewer = useViewer();
  const canCreate = useCan('MANAGE_QUEUES');
  const [{ data, fetching }] = useQuery({
    query: QueueChoicesDocument,
    variables: { projectId: project.id },
    requestPolicy: 'cache-and-network',
  });
  const queues = data?.project?.reviewQueues?.filter((queue) => !queue.closedAt) ?? [];
  const [picked, setPicked] = useState<string>();
  const choice = picked ?? queues[0]?.id ?? (canCreate && !fetching ? fresh : undefined);
  const [draft, setDraft] = useState<QueueDraft>(newQueue);
  const set = (change: Partial<QueueDraft>) => setDraft((d) => ({ ...d, ...change }));
  const [problem, setProblem] = useState<string>();
  const [{ fetching: creating }, create] = useMutation(CreateQueueDocument);
  const [{ fetching: adding }, add] = useMutation(AddTracesToQueueDocument);

  const queueId = async (): Promise<string | undefined> => {
    if (choice !== fresh) return choice;
    const alone = viewer.user ? [viewer.user.id] : [];
    const reviewerIds = draft.reviewerIds.length ? draft.reviewerIds : alone;
    const made = await create({ input: toCreate({ ...draft, reviewerIds }, project.id) });
    if (made.error) setProblem(sentenceOf(made.error));
    // A second try must not make a second queue.
    if (made.data) setPicked(made.data.createReviewQueue.queue.id);
    return made.data?.createReviewQueue.queue.id;
  };
  const submit = async () => {
    setProblem(undefined);
    const id = await queueId();
    if (!id) return;
    const { data: done, error } = await add({
      input: {
        queueId: id,
        traceIds: p.traceIds?.length ? [...p.traceIds] : undefined,
        spanIds: p.spanIds?.length ? [...p.spanIds] : undefined,
      },
    });
    if (!done) return setProblem(error ? sentenceOf(error) : 'The server sent no answer. Try again.');
    const { added, duplicates, queue } = done.addToReviewQueue;
    toast(`${plural(added, 'item')} added to ${queue.name}${duplicates ? `, ${duplicates} already there` : ''}`);
    p.onAdded?.();
    p.onClose();
  };
  const ready = choice === fresh ? draft.name.trim() !== '' && draft.instructions.trim() !== '' : choice !== undefined;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Stack gap="sm">
        <Select
          label="Queue"
          data-autofocus
          data={[
            ...queues.map((queue) => ({ value: queue.id, label: queue.name })),
            ...(canCreate ? [{ value: fresh, label: 'New queue…' }] : []),
          ]}
          value={choice ?? null}
          placeholder={fetching ? 'Loading…' : 'No open queue'}
          onChange={(value) => setPicked(value ?? undefined)}
        />
        {choice === fresh && (
          <>
            <QuestionFields draft={draft} set={set} required />
            <ReviewersField
              draft={draft}
              set={set}
              nobody="Only you"
              description="They do not see what others said, nor the model, until they have submitted."
            />
            <ReviewsField draft={draft} set={set} description="With two or more, agreement can be measured." />
          </>
        )}
        {problem && <Notice tone="fail">{problem}</Notice>}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={p.onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={!ready} loading={creating || adding}>
            Add {p.what}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
