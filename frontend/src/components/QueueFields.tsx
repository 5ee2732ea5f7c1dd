import { MultiSelect, NumberInput, Textarea, TextInput } from '@mantine/core';
import { useQuery } from 'urql';
import { PossibleReviewersDocument } from '@/gql/graphql';
import { useProject } from '@/lib/viewer';
import type { QueueDraft } from './model/queueForm';

interface Field {
  draft: QueueDraft;
  set: (change: Partial<QueueDraft>) => void;
}

/** What a queue is called and what it asks. */
export function QuestionFields(p: Field & { required?: boolean; errors?: { name?: string; instructions?: string } }) {
  const { draft, set } = p;
  return (
    <>
      <TextInput
        data-autofocus
        label="Name"
        placeholder="Claim replies, week 47"
        required={p.required}
        value={draft.name}
        error={p.errors?.name}
        onChange={(e) => set({ name: e.currentTarget.value })}
      />
      <Textarea
        label="When is an answer good enough?"
        description="The first line is the question in the inbox. Lines that begin with - become a list."
        required={p.required}
        autosize
        minRows={4}
        maxRows={10}
        placeholder={
          'Would you send this letter?\n- It promises nothing that nobody has decided.\n- Every fact is in the documents.'
        }
        value={draft.instructions}
        error={p.errors?.instructions}
        onChange={(e) => set({ instructions: e.currentTarget.value })}
      />
    </>
  );
}

/** Who judges; `nobody` says who does while nobody is chosen. */
export function ReviewersField(p: Field & { nobody: string; description?: string; error?: string }) {
  const { organization } = useProject();
  const [{ data, error }] = useQuery({
    query: PossibleReviewersDocument,
    variables: { organization: organization.slug },
  });
  const people = data?.organization?.members?.nodes ?? [];
  const { reviewerIds } = p.draft;
  return (
    <MultiSelect
      label="Reviewers"
      description={p.description}
      searchable
      placeholder={reviewerIds.length ? '' : p.nobody}
      data={people.map(({ user }) => ({ value: user.id, label: `${user.name} (${user.email})` }))}
      value={[...reviewerIds]}
      error={p.error ?? (error && !data ? 'The members could not be listed.' : undefined)}
      onChange={(chosen) => p.set({ reviewerIds: chosen })}
    />
  );
}

/** How many people judge the same answer. */
export const ReviewsField = (p: Field & { description?: string; disabled?: boolean }) => (
  <NumberInput
    label="People per answer"
    description={p.description}
    min={1}
    max={9}
    disabled={p.disabled}
    value={p.draft.reviewsPerItem}
    onChange={(v) => p.set({ reviewsPerItem: Number(v) || 1 })}
  />
);
