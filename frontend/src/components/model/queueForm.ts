import type {
  CreateReviewQueueInput,
  QueueSetupFragment,
  ReasoningRequired,
  UpdateReviewQueueInput,
} from '@/gql/graphql';

export interface QueueDraft {
  name: string;
  instructions: string;
  failureModes: readonly { key: string | null; label: string }[];
  reasoningRequired: ReasoningRequired;
  reviewerIds: readonly string[];
  reviewsPerItem: number;
  leaseMinutes: number;
  hideModel: boolean;
  hidePromptVersion: boolean;
  hideMetrics: boolean;
  hideIdentity: boolean;
  shuffle: boolean;
}

export const newQueue: QueueDraft = {
  name: '',
  instructions: '',
  failureModes: [],
  reasoningRequired: 'ON_FAIL',
  reviewerIds: [],
  reviewsPerItem: 2,
  leaseMinutes: 20,
  hideModel: true,
  hidePromptVersion: true,
  hideMetrics: true,
  hideIdentity: true,
  shuffle: true,
};

export const draftOf = (queue: QueueSetupFragment): QueueDraft => ({
  name: queue.name,
  instructions: queue.rubric.instructions,
  failureModes: queue.rubric.failureModes.map(({ key, label }) => ({ key, label })),
  reasoningRequired: queue.rubric.reasoningRequired,
  reviewerIds: queue.reviewers.map((r) => r.id),
  reviewsPerItem: queue.reviewsPerItem,
  leaseMinutes: queue.leaseMinutes,
  hideModel: queue.blinding.hideModel,
  hidePromptVersion: queue.blinding.hidePromptVersion,
  hideMetrics: queue.blinding.hideMetrics,
  hideIdentity: queue.blinding.hideIdentity,
  shuffle: queue.blinding.shuffle,
});

const slug = (label: string): string =>
  label
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '') || 'mode';

/** Keys are made once and stay, so that a renamed failure mode keeps its history; two labels never share one. */
export function keyed(modes: QueueDraft['failureModes']): { key: string; label: string }[] {
  const taken = new Set(modes.flatMap((m) => (m.key ? [m.key] : [])));
  return modes
    .filter((m) => m.label.trim())
    .map(({ key, label }) => {
      let made = key ?? slug(label);
      for (let n = 2; key === null && taken.has(made); n++) made = `${slug(label)}_${n}`;
      taken.add(made);
      return { key: made, label: label.trim() };
    });
}

export type QueueProblem = { field: 'name' | 'instructions' | 'reviewers' | 'modes'; message: string };

export function queueProblems(draft: QueueDraft): QueueProblem[] {
  const problems: QueueProblem[] = [];
  if (!draft.name.trim()) problems.push({ field: 'name', message: 'Give the queue a name reviewers will see.' });
  if (!draft.instructions.trim())
    problems.push({ field: 'instructions', message: 'Say what makes an answer pass; one line a point.' });
  const labels = draft.failureModes.map((m) => m.label.trim().toLowerCase()).filter(Boolean);
  if (new Set(labels).size < labels.length)
    problems.push({ field: 'modes', message: 'Two failure modes have the same name.' });
  if (draft.reviewerIds.length > 0 && draft.reviewerIds.length < draft.reviewsPerItem)
    problems.push({
      field: 'reviewers',
      message: `Each item needs ${draft.reviewsPerItem} different people; add ${draft.reviewsPerItem - draft.reviewerIds.length} more.`,
    });
  return problems;
}

export function toCreate(draft: QueueDraft, projectId: string): CreateReviewQueueInput {
  const { hideModel, hidePromptVersion, hideMetrics, hideIdentity, shuffle } = draft;
  return {
    projectId,
    name: draft.name.trim(),
    instructions: draft.instructions.trim(),
    failureModes: keyed(draft.failureModes),
    reasoningRequired: draft.reasoningRequired,
    blinding: { hideModel, hidePromptVersion, hideMetrics, hideIdentity, shuffle },
    reviewsPerItem: draft.reviewsPerItem,
    leaseMinutes: draft.leaseMinutes,
    reviewerIds: [...draft.reviewerIds],
  };
}

/** Blinding, reviews an item and lease are set for the life of a queue: what was promised stays. */
export const toUpdate = (draft: QueueDraft, id: string): UpdateReviewQueueInput => ({
  id,
  name: draft.name.trim(),
  instructions: draft.instructions.trim(),
  failureModes: keyed(draft.failureModes),
  reasoningRequired: draft.reasoningRequired,
  reviewerIds: [...draft.reviewerIds],
});
