import { ActionIcon } from '@mantine/core';
import { IconArrowLeft, IconHelp } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReviewQueueFactsFragment } from '@/gql/graphql';
import { urls } from '@/lib/urls';
import { BlindedBadge } from './BlindedBadge';
import c from './ReviewBar.module.css';
import shared from './widths.module.css';

/** Back, the queue's name, the reviewer's own progress and pace, what is hidden. Nothing about the item. */
export function ReviewBar(p: {
  name: string;
  queue: ReviewQueueFactsFragment | null;
  pace: string | null;
  onReveal?: () => Promise<boolean>;
  onHelp: () => void;
}) {
  const done = p.queue?.myProgress.done ?? 0;
  const total = done + (p.queue?.myProgress.available ?? 0);
  return (
    <div className={c.bar}>
      <ActionIcon
        renderRoot={(props) => <Link {...urls.inbox()} activeOptions={{ exact: true }} {...props} />}
        variant="subtle"
        color="gray"
        aria-label="Back to my reviews"
      >
        <IconArrowLeft size={18} stroke={1.75} />
      </ActionIcon>
      <span className={`${c.queue} truncate`}>{p.name}</span>
      {total > 0 && (
        <>
          <div className={`${c.prog} ${shared.wide} num`}>
            <span
              className={c.track}
              role="progressbar"
              aria-label="Your progress"
              aria-valuenow={done}
              aria-valuemin={0}
              aria-valuemax={total}
            >
              <i style={{ width: `${(done / total) * 100}%` }} />
            </span>
            <span>
              <b>{done}</b> of {total}
            </span>
            {p.pace && (
              <>
                <span aria-hidden>·</span>
                <span>{p.pace}</span>
              </>
            )}
          </div>
          <span className={`${shared.phone} ${c.count} num dim`}>
            {done} of {total}
          </span>
        </>
      )}
      {p.queue && (
        <>
          <span className={shared.wide}>
            <BlindedBadge blinding={p.queue.blinding} onReveal={p.onReveal} />
          </span>
          <span className={shared.phone}>
            <BlindedBadge short blinding={p.queue.blinding} onReveal={p.onReveal} />
          </span>
        </>
      )}
      <ActionIcon
        className={shared.wide}
        variant="subtle"
        color="gray"
        aria-label="Keys and help"
        aria-keyshortcuts="?"
        onClick={p.onHelp}
      >
        <IconHelp size={18} stroke={1.75} />
      </ActionIcon>
    </div>
  );
}
