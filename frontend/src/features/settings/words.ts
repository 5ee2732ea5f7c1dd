import type {
  ApiKeyScope,
  MembershipSource,
  ModelProviderKind,
  Permission,
  RedactionAction,
  RedactionKind,
  Role,
} from '@/gql/graphql';

/** Roles in plain words, strongest first. */
export const roles: readonly { value: Role; label: string; may: string }[] = [
  { value: 'OWNER', label: 'Owner', may: 'everything' },
  { value: 'ADMIN', label: 'Admin', may: 'everything but ownership' },
  { value: 'DEVELOPER', label: 'Developer', may: 'traces, prompts, labels, queues, datasets, keys' },
  { value: 'SME', label: 'Expert', may: 'traces, prompts, playground, reviews, datasets' },
  { value: 'REVIEWER', label: 'Reviewer', may: 'the queues they review in, nothing else' },
  { value: 'VIEWER', label: 'Viewer', may: 'read' },
];
export const roleWord = (role: Role): string => roles.find((r) => r.value === role)?.label ?? role;

export const sources: Record<MembershipSource, string> = {
  INVITATION: 'Invitation',
  SSO: 'Single sign-on',
  OWNER_SETUP: 'First owner',
};

/** What keys may do; `given` by those alone who have this permission. */
export const scopes: readonly { value: ApiKeyScope; label: string; may: string; given?: Permission }[] = [
  { value: 'INGEST', label: 'Send traces', may: 'for applications' },
  { value: 'READ', label: 'Read', may: 'traces, prompts, datasets' },
  { value: 'READ_REVIEWS', label: 'What people said', may: 'verdicts, reviews, comments', given: 'MANAGE_PROJECT' },
  { value: 'WRITE', label: 'Write', may: 'prompts, queues, datasets' },
  { value: 'PLAYGROUND', label: 'Run prompts', may: 'spends provider budget' },
  { value: 'ADMIN', label: 'Administer', may: 'keys and settings too', given: 'MANAGE_PROJECT' },
];
export const scopeWord = (scope: ApiKeyScope): string => scopes.find((s) => s.value === scope)?.label ?? scope;

export const providerKinds: readonly { value: ModelProviderKind; label: string; address?: string }[] = [
  { value: 'OPENAI', label: 'OpenAI', address: 'https://api.openai.com/v1' },
  { value: 'AZURE_OPENAI', label: 'Azure OpenAI' },
  { value: 'ANTHROPIC', label: 'Anthropic', address: 'https://api.anthropic.com/v1' },
  { value: 'GEMINI', label: 'Gemini', address: 'https://generativelanguage.googleapis.com/v1beta/openai' },
  { value: 'OPENAI_COMPATIBLE', label: 'Any OpenAI-compatible server' },
  { value: 'DEMO', label: 'Demo, not a language model' },
];
export const kindWord = (kind: ModelProviderKind): string => providerKinds.find((k) => k.value === kind)?.label ?? kind;

export const redactionKinds: readonly { value: RedactionKind; label: string }[] = [
  { value: 'EMAIL', label: 'E-mail addresses' },
  { value: 'PHONE', label: 'Phone numbers' },
  { value: 'CREDIT_CARD', label: 'Card numbers' },
  { value: 'IP_ADDRESS', label: 'IP addresses' },
  { value: 'SECRET', label: 'Keys and passwords' },
  { value: 'REGEX', label: 'Own pattern' },
];
export const redactionActions: readonly { value: RedactionAction; label: string }[] = [
  { value: 'MASK', label: 'Mask' },
  { value: 'HASH', label: 'Hash' },
  { value: 'REMOVE', label: 'Remove' },
];

/** A price as it is usually quoted: $2.50, $0.075; nothing when there is none of its own. */
export const perMillion = (usd: string | null): string | undefined => {
  if (usd === null) return undefined;
  const [whole, decimals = ''] = usd.split('.');
  return `$${whole}.${decimals.replace(/0+$/, '').padEnd(2, '0')}`;
};
