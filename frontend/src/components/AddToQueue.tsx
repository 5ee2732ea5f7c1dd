import { Button, Group, Modal, MultiSelect, NumberInput, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useMutation, useQuery } from 'urql';
import {
  AddTracesToQueueDocument,
  CreateQueueForTracesDocument,
  PossibleReviewersDocument,
  QueueChoicesDocument,
} from '@/gql/graphql';
import { sentenceOf } from '@/lib/errors';
import { plural } from '@/lib/format';
import { toast } from '@/lib/toasts';
import { useCan, useProject, useViewer } from '@/lib/viewer';
import { Notice } from '@/ui';

const fresh = 'new';

interface Draft {
  name: string;
  question: string;
  reviews: number;
  reviewers: string[];
}

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
      {p.opened && <Form {...p} what={what} />}
    </Modal>
  );
}

function Form(p: {
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
  const [draft, setDraft] = useState<Draft>({ name: '', question: '', reviews: 2, reviewers: [] });
  const [problem, setProblem] = useState<string>();
  const [{ fetching: creating }, create] = useMutation(CreateQueueForTracesDocument);
  const [{ fetching: adding }, add] = useMutation(AddTracesToQueueDocument);

  const queueId = async (): Promise<string | undefined> => {
    if (choice !== fresh) return choice;
    const made = await create({
      input: {
        projectId: project.id,
        name: draft.name.trim(),
        instructions: draft.question.trim(),
        reviewsPerItem: draft.reviews,
        reviewerIds: draft.reviewers.length ? draft.reviewers : viewer.user ? [viewer.user.id] : undefined,
      },
    });
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
  const ready = choice === fresh ? draft.name.trim() !== '' && draft.question.trim() !== '' : choice !== undefined;
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
        {choice === fresh && <NewQueue draft={draft} onChange={setDraft} />}
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

function NewQueue({ draft, onChange }: { draft: Draft; onChange: (draft: Draft) => void }) {
  const { organization } = useProject();
  const [{ data }] = useQuery({ query: PossibleReviewersDocument, variables: { organization: organization.slug } });
  const people = data?.organization?.members?.nodes ?? [];
  return (
    <>
      <TextInput
        label="Name"
        required
        value={draft.name}
        onChange={(event) => onChange({ ...draft, name: event.currentTarget.value })}
      />
      <Textarea
        label="When is an answer good enough?"
        description="Reviewers read this beside every answer. One question, then what it must and must not do."
        required
        autosize
        minRows={3}
        value={draft.question}
        onChange={(event) => onChange({ ...draft, question: event.currentTarget.value })}
      />
      <MultiSelect
        label="Reviewers"
        description="They do not see what others said, nor the model, until they have submitted."
        placeholder={draft.reviewers.length ? undefined : 'Only you'}
        data={people.map(({ user }) => ({ value: user.id, label: `${user.name} (${user.email})` }))}
        value={draft.reviewers}
        onChange={(reviewers) => onChange({ ...draft, reviewers })}
      />
      <NumberInput
        label="People per answer"
        description="With two or more, agreement can be measured."
        min={1}
        max={9}
        value={draft.reviews}
        onChange={(value) => onChange({ ...draft, reviews: Number(value) || 1 })}
      />
    </>
  );
}
