import { IconActivityHeartbeat, IconChecklist, IconDatabase, IconTerminal2, IconUsersGroup } from '@tabler/icons-react';
import type { Permission } from '@/gql/graphql';
import { type Place, type Target, urls } from '@/lib/urls';

interface Destination {
  label: string;
  icon: typeof IconDatabase;
  link: (place: Place) => Target;
  /** The last key of the sequence that leads here: G, then this. */
  key: string;
  /** Without it the page has nothing to show, so it is not offered. */
  needs: Permission;
  count?: 'reviews' | 'disputes';
}

/** Grouped by the job. */
const groups: readonly { name: string; links: readonly Destination[] }[] = [
  {
    name: 'Watch',
    links: [{ label: 'Traces', icon: IconActivityHeartbeat, link: urls.traces, key: 't', needs: 'READ_TRACES' }],
  },
  {
    name: 'Judge',
    links: [
      { label: 'My reviews', icon: IconChecklist, link: urls.inbox, key: 'r', needs: 'REVIEW', count: 'reviews' },
      { label: 'Queues', icon: IconUsersGroup, link: urls.queues, key: 'q', needs: 'READ_TRACES', count: 'disputes' },
    ],
  },
  {
    name: 'Improve',
    links: [
      { label: 'Prompts', icon: IconTerminal2, link: urls.prompts, key: 'p', needs: 'READ_TRACES' },
      { label: 'Datasets', icon: IconDatabase, link: urls.datasets, key: 'd', needs: 'READ_TRACES' },
    ],
  },
];

/** The destinations that a person with these permissions can use. */
export const groupsFor = (permissions: ReadonlySet<Permission>) =>
  groups
    .map((group) => ({ ...group, links: group.links.filter((link) => permissions.has(link.needs)) }))
    .filter((group) => group.links.length > 0);
