import { IconEyeOff } from '@tabler/icons-react';
import { useNavigate, useRouter } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { QueuePageQuery } from '@/gql/graphql';
import { int } from '@/lib/format';
import { urls } from '@/lib/urls';
import { useProject } from '@/lib/viewer';
import { Chip, PageHead, type PageTab, PageTabs } from '@/ui';

export type QueueData = NonNullable<NonNullable<QueuePageQuery['project']>['reviewQueue']>;
type QueueTab = 'overview' | 'items' | 'disputes';

/** Head and tabs that all pages of one queue share. */
export function QueueFrame(p: { queue: QueueData; tab: QueueTab; actions?: ReactNode }) {
  const { queue } = p;
  const project = useProject();
  const router = useRouter();
  const navigate = useNavigate();
  const tab = (name: QueueTab, label: string, extra: Partial<PageTab> = {}): PageTab => {
    const link =
      name === 'disputes'
        ? urls.disputes(project, queue.id)
        : { ...urls.queue(project, queue.id), hash: name === 'items' ? 'items' : undefined };
    return {
      href: router.buildLocation(link as never).href,
      label,
      current: p.tab === name,
      onClick: (event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        void navigate(link as never);
      },
      ...extra,
    };
  };
  const hides = [
    queue.blinding.hideModel,
    queue.blinding.hidePromptVersion,
    queue.blinding.hideMetrics,
    queue.blinding.hideIdentity,
  ];
  return (
    <>
      <PageHead title={queue.name} actions={p.actions}>
        <Chip tone={queue.closedAt ? undefined : 'pass'}>{queue.closedAt ? 'closed' : 'open'}</Chip>
        <Chip>
          <IconEyeOff size={12} aria-hidden />
          {hides.every(Boolean) ? 'blinded' : hides.some(Boolean) ? 'partly blinded' : 'others’ opinions hidden'}
        </Chip>
      </PageHead>
      <PageTabs
        label="Queue"
        items={[
          tab('overview', 'Overview'),
          tab('items', 'Items', { count: int(queue.progress.total) }),
          tab('disputes', 'Disputes', {
            count: int(queue.progress.disputed),
            tone: queue.progress.disputed ? 'warn' : undefined,
          }),
        ]}
      />
    </>
  );
}
