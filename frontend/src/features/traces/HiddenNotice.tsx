import { Tooltip } from '@mantine/core';
import { IconEyeOff } from '@tabler/icons-react';
import { useQuery } from 'urql';
import { HiddenTracesDocument } from '@/gql/graphql';
import { int } from '@/lib/format';
import { useProject } from '@/lib/viewer';
import c from './HiddenNotice.module.css';

/** How many traces are left out of every list until the viewer has judged them; 0 when that cannot be known. */
export function useHidden(): number {
  const project = useProject();
  const [{ data }] = useQuery({
    query: HiddenTracesDocument,
    variables: { projectId: project.id },
    pause: !project.permissions.has('REVIEW'),
    requestPolicy: 'cache-and-network',
  });
  return (data?.project?.reviewQueues ?? [])
    .filter(
      ({ closedAt, blinding: b }) =>
        !closedAt && (b.hideModel || b.hidePromptVersion || b.hideMetrics || b.hideIdentity),
    )
    .reduce((sum, queue) => sum + queue.myProgress.available + queue.myProgress.skipped, 0);
}

export function HiddenNotice({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <Tooltip label="You are still to review them. They come back when you have submitted.">
      <span className={`${c.hidden} num`}>
        <IconEyeOff size={14} stroke={1.75} aria-hidden />
        {int(count)} hidden while you review {count === 1 ? 'it' : 'them'}
      </span>
    </Tooltip>
  );
}
