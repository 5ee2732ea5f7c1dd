import type { InboxQueueFragment } from '@/gql/graphql';
import { usualSeconds } from './pace';

const WEEK = 7 * 86_400_000;
type Listed = Pick<InboxQueueFragment, 'myReviews' | 'myProgress'>;

interface WeekFigures {
  reviewed: number;
  usual: number | null;
  /** In words, only as a figure over all queues and never right after a review. */
  accuracy: string | null;
}

export function weekFigures(queues: readonly Listed[], now: number): WeekFigures {
  const reviews = queues.flatMap((q) => q.myReviews.nodes).filter((r) => now - Date.parse(r.submittedAt) < WEEK);
  const rated = queues.flatMap((q) => (q.myProgress.accuracy == null ? [] : [q.myProgress]));
  const weight = rated.reduce((sum, p) => sum + p.done, 0);
  const share = rated.reduce((sum, p) => sum + p.accuracy! * p.done, 0) / weight;
  return {
    reviewed: reviews.length,
    usual: usualSeconds(reviews.map((r) => r.secondsSpent)),
    accuracy: weight > 0 ? `${Math.round(share * 100)} %` : null,
  };
}

/** The newest of one's own reviews over all queues. */
export const lastReviews = (queues: readonly Listed[], count: number): InboxQueueFragment['myReviews']['nodes'] =>
  queues
    .flatMap((q) => q.myReviews.nodes)
    .sort((a, b) => Date.parse(b.submittedAt) - Date.parse(a.submittedAt))
    .slice(0, count);
