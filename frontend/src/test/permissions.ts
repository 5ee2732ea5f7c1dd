import type { Permission } from '@/gql/graphql';

/** What an owner may do. */
export const permissions: Permission[] = [
  'MANAGE_ORGANIZATION',
  'MANAGE_MEMBERS',
  'MANAGE_PROJECT',
  'MANAGE_KEYS',
  'INGEST',
  'READ_TRACES',
  'READ_RAW_CONTENT',
  'EDIT_PROMPTS',
  'DEPLOY_PROMPTS',
  'RUN_PLAYGROUND',
  'MANAGE_QUEUES',
  'REVIEW',
  'ADJUDICATE',
  'REVEAL',
  'CURATE_DATASETS',
  'RUN_EXPERIMENTS',
  'EXPORT',
  'READ_AUDIT',
  'READ_REVIEWS',
];
