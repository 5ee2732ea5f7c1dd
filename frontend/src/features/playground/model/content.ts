import type { MessageRole, PromptContentInput, ToolDefinitionInput } from '@/gql/graphql';
import { parseTemplate, usedVariables } from '@/lib/template';
import type { Variable } from './inputs';

/** What a person edits: the content of the next version. */
export interface Content {
  messages: readonly { role: MessageRole; template: string }[];
  variables: readonly Variable[];
  model: string | null;
  provider: string | null;
  parameters: Readonly<Record<string, unknown>>;
  tools: readonly ToolDefinitionInput[];
  responseSchema: unknown;
}

export const roleWords: Record<MessageRole, string> = {
  SYSTEM: 'Instructions',
  USER: 'Request',
  ASSISTANT: 'Example answer',
};

export const emptyContent: Content = {
  messages: [
    { role: 'SYSTEM', template: '' },
    { role: 'USER', template: '' },
  ],
  variables: [],
  model: null,
  provider: null,
  parameters: {},
  tools: [],
  responseSchema: null,
};

/** Removes what the server adds (type names) and what an input does not carry. */
export function contentOf(version: {
  messages: readonly { role: MessageRole; template: string }[];
  variables: readonly Variable[];
  model?: string | null;
  provider?: string | null;
  parameters?: unknown;
  tools?: readonly ToolDefinitionInput[] | null;
  responseSchema?: unknown;
}): Content {
  return {
    messages: version.messages.map(({ role, template }) => ({ role, template })),
    variables: version.variables.map((v) => ({
      name: v.name,
      type: v.type,
      required: v.required,
      description: v.description ?? null,
      default: v.default ?? null,
      enumValues: v.enumValues?.length ? v.enumValues : null,
    })),
    model: version.model ?? null,
    provider: version.provider ?? null,
    parameters: (version.parameters ?? {}) as Record<string, unknown>,
    tools: (version.tools ?? []).map(({ name, description, parameters }) => ({ name, description, parameters })),
    responseSchema: version.responseSchema ?? null,
  };
}

export const toInput = (content: Content): PromptContentInput => ({
  ...content,
  messages: [...content.messages],
  variables: content.variables.map((v) => ({ ...v, enumValues: v.enumValues ? [...v.enumValues] : null })),
  tools: [...content.tools],
});

function canonical(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(/\r\n?/g, '\n');
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, v]) => v !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([k, v]) => [k, canonical(v)]),
  );
}

/** Equal exactly when two contents would be one version. */
const contentKey = (content: Content): string => JSON.stringify(canonical(content));

export const sameContent = (a: Content, b: Content): boolean => contentKey(a) === contentKey(b);

/** Names used in a message and not declared as inputs yet. */
export function undeclared(content: Content): string[] {
  const known = new Set(content.variables.map((v) => v.name));
  const names = content.messages.flatMap((m) => usedVariables(parseTemplate(m.template).nodes));
  return [...new Set(names)].filter((name) => !known.has(name));
}

/** Moves one message up (-1) or down (1); the same content when it is already at the edge. */
export function moveMessage(content: Content, index: number, by: -1 | 1): Content {
  const to = index + by;
  const messages = [...content.messages];
  const moved = messages[index];
  if (!moved || to < 0 || to >= messages.length) return content;
  messages.splice(index, 1);
  messages.splice(to, 0, moved);
  return { ...content, messages };
}

export const setMessage = (content: Content, index: number, change: Partial<Content['messages'][number]>): Content => ({
  ...content,
  messages: content.messages.map((m, i) => (i === index ? { ...m, ...change } : m)),
});

export const removeMessage = (content: Content, index: number): Content => ({
  ...content,
  messages: content.messages.filter((_, i) => i !== index),
});

export function addMessage(content: Content): Content {
  const role: MessageRole = content.messages.at(-1)?.role === 'USER' ? 'ASSISTANT' : 'USER';
  return { ...content, messages: [...content.messages, { role, template: '' }] };
}

export const addVariable = (content: Content, name: string): Content =>
  content.variables.some((v) => v.name === name)
    ? content
    : {
        ...content,
        variables: [
          ...content.variables,
          { name, type: 'STRING', required: true, description: null, default: null, enumValues: null },
        ],
      };

export const setVariable = (content: Content, name: string, change: Partial<Variable>): Content => ({
  ...content,
  variables: content.variables.map((v) => (v.name === name ? { ...v, ...change } : v)),
});

export const removeVariable = (content: Content, name: string): Content => ({
  ...content,
  variables: content.variables.filter((v) => v.name !== name),
});
