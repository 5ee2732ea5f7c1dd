import {
  IconArrowsSplit2,
  IconBox,
  IconCircleDashed,
  IconDatabaseSearch,
  IconGavel,
  IconMessageChatbot,
  IconRobot,
  IconShieldCheck,
  IconSortDescending,
  IconTool,
} from '@tabler/icons-react';
import type { SpanKind } from '@/gql/graphql';

/** Icon, colour token and plain word of every kind of span. */
export const spanKinds: Record<SpanKind, { icon: typeof IconBox; colour: string; word: string }> = {
  AGENT: { icon: IconRobot, colour: 'var(--pl-k-agent)', word: 'agent' },
  GENERATION: { icon: IconMessageChatbot, colour: 'var(--pl-k-generation)', word: 'model call' },
  EMBEDDING: { icon: IconBox, colour: 'var(--pl-k-embedding)', word: 'embedding' },
  TOOL: { icon: IconTool, colour: 'var(--pl-k-tool)', word: 'tool' },
  RETRIEVER: { icon: IconDatabaseSearch, colour: 'var(--pl-k-retriever)', word: 'retriever' },
  RERANKER: { icon: IconSortDescending, colour: 'var(--pl-k-retriever)', word: 'reranker' },
  GUARDRAIL: { icon: IconShieldCheck, colour: 'var(--pl-k-guardrail)', word: 'guardrail' },
  EVALUATOR: { icon: IconGavel, colour: 'var(--pl-k-guardrail)', word: 'evaluator' },
  CHAIN: { icon: IconArrowsSplit2, colour: 'var(--pl-k-other)', word: 'step' },
  SPAN: { icon: IconCircleDashed, colour: 'var(--pl-k-other)', word: 'span' },
};
