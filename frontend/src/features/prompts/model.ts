import type { SavePromptVersionInput } from '@/gql/graphql';

/** Names stand in addresses and in code: letters, digits, dot, dash and underscore. */
export function nameProblem(name: string): string | undefined {
  if (name === '') return 'Give it a name, like claim-reply.';
  if (name.length > 100) return 'At most 100 characters.';
  return /^[A-Za-z0-9][\w.-]*$/.test(name)
    ? undefined
    : 'Letters, digits, - _ and . only, beginning with a letter or digit.';
}

/** A prompt is born with a version; this is one that can be run and rewritten. */
export const firstVersion = (projectId: string, promptName: string): SavePromptVersionInput => ({
  projectId,
  promptName,
  note: 'First version',
  content: {
    messages: [
      { role: 'SYSTEM', template: 'Answer the question shortly and exactly. Say so when you do not know.' },
      { role: 'USER', template: '{{question}}' },
    ],
    variables: [{ name: 'question', type: 'STRING', required: true }],
    parameters: { temperature: 0.3 },
  },
});
