/** Every address of the application, built in one place: `<Link {...urls.trace(project, id)}>`, `navigate(urls.inbox())`. */

/** What names a project in an address. */
export interface Place {
  slug: string;
  organization: { slug: string };
}

const at = (place: Place) => ({ org: place.organization.slug, project: place.slug });

/** Parts of the settings, in the order they are listed. */
export const settingsPages = ['general', 'members', 'prices', 'keys', 'providers', 'project'] as const;
export type SettingsPage = (typeof settingsPages)[number];

export const urls = {
  home: () => ({ to: '/' }) as const,
  signIn: (next?: string) => ({ to: '/signin', search: next ? { next } : {} }) as const,
  newProject: (organization?: string) => ({ to: '/new', search: organization ? { organization } : {} }) as const,
  inbox: () => ({ to: '/reviews' }) as const,
  review: (queueId: string) => ({ to: '/reviews/$queueId', params: { queueId } }) as const,
  traces: (place: Place) => ({ to: '/p/$org/$project/traces', params: at(place) }) as const,
  firstTrace: (place: Place) => ({ to: '/p/$org/$project/welcome', params: at(place) }) as const,
  /** By the ids that SDKs print; `spanId` opens that span of the trace. */
  trace: (place: Place, traceId: string, spanId?: string) =>
    ({
      to: '/p/$org/$project/traces/$traceId',
      params: { ...at(place), traceId },
      search: spanId ? { span: spanId } : {},
    }) as const,
  prompts: (place: Place) => ({ to: '/p/$org/$project/prompts', params: at(place) }) as const,
  /** `version` opens that version of the prompt. */
  prompt: (place: Place, name: string, version?: number) =>
    ({
      to: '/p/$org/$project/prompts/$name',
      params: { ...at(place), name },
      search: version ? { version } : {},
    }) as const,
  queues: (place: Place) => ({ to: '/p/$org/$project/queues', params: at(place) }) as const,
  queue: (place: Place, queueId: string) =>
    ({ to: '/p/$org/$project/queues/$queueId', params: { ...at(place), queueId } }) as const,
  disputes: (place: Place, queueId: string) =>
    ({ to: '/p/$org/$project/queues/$queueId/disputes', params: { ...at(place), queueId } }) as const,
  datasets: (place: Place) => ({ to: '/p/$org/$project/datasets', params: at(place) }) as const,
  dataset: (place: Place, datasetId: string) =>
    ({ to: '/p/$org/$project/datasets/$datasetId', params: { ...at(place), datasetId } }) as const,
  settings: (place: Place, page: SettingsPage = 'general') =>
    ({ to: '/p/$org/$project/settings/$page', params: { ...at(place), page } }) as const,
};

/** Where a link leads: what any of `urls` returns. */
export interface Target {
  to: string;
  params?: Record<string, string>;
  search?: Record<string, unknown>;
}
