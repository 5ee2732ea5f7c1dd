import type { QueueProgressFragment } from '@/gql/graphql';
import { int } from '@/lib/format';
import c from './ProgressBar.module.css';

/** The states an item can be in, each once: `reviewed` counts the resolved and the disputed together. */
export const progressStates = [
  ['resolved', 'Resolved', 'var(--pl-s2)'],
  ['disputed', 'Disputed', 'var(--pl-s3)'],
  ['stuck', 'Stuck', 'var(--pl-fail)'],
  ['shortOfReviewers', 'Short of reviewers', 'var(--pl-warn)'],
  ['inReview', 'In review', 'var(--pl-accent-line)'],
  ['waiting', 'Waiting', 'var(--pl-line-strong)'],
] as const satisfies readonly (readonly [keyof QueueProgressFragment, string, string])[];

export function ProgressBar({ progress, thin }: { progress: QueueProgressFragment; thin?: boolean }) {
  return (
    <div
      className={c.bar}
      data-thin={thin || undefined}
      role="img"
      aria-label={`${int(progress.reviewed)} of ${int(progress.total)} items have their reviews`}
    >
      {progressStates.map(([key, , colour]) =>
        progress[key] > 0 ? <i key={key} style={{ flexGrow: progress[key], background: colour }} /> : null,
      )}
      {progress.total === 0 && <i style={{ flexGrow: 1, background: 'var(--pl-line)' }} />}
    </div>
  );
}
