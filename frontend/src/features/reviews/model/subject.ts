import type { AssignmentFragment, SubjectMessageFragment } from '@/gql/graphql';

export type Subject = AssignmentFragment['subject'];
export type Shown = SubjectMessageFragment;

/** How an item is laid out: instructions and earlier turns fold away, the last request stands above the answer. */
interface Layout {
  instructions: Shown[];
  earlier: Shown[];
  ask: Shown | null;
  answer: Shown[];
}

const isInstruction = (m: Shown) => m.role === 'system' || m.role === 'developer';

export function layoutOf({ input, output, context }: Pick<Subject, 'input' | 'output' | 'context'>): Layout {
  const all = [...context, ...input];
  const turns = all.filter((m) => !isInstruction(m));
  const ask = turns.findLast((m) => m.role === 'user') ?? turns.at(-1) ?? null;
  return {
    instructions: all.filter(isInstruction),
    earlier: turns.filter((m) => m !== ask),
    ask,
    answer: output,
  };
}

const roles: Record<string, string> = {
  user: 'The person wrote',
  assistant: 'The assistant wrote',
  tool: 'A tool answered',
  system: 'Instructions',
  developer: 'Instructions',
};
export const roleText = (role: string): string => roles[role] ?? role;

export const messagesText = (messages: readonly Pick<Shown, 'text'>[]): string =>
  messages
    .map((m) => m.text)
    .filter(Boolean)
    .join('\n\n');

const named = (what: string, type: unknown) => (typeof type === 'string' ? `${what}, ${type}` : what);

/** A file that came along, in a word: its bytes tell a reader nothing. Null for parts that are none. */
export function fileOf(part: Shown['parts'][number]): string | null {
  if (part.__typename === 'ImagePart') return named('picture', part.mimeType);
  if (part.__typename !== 'OtherPart' || (part.kind !== 'uri' && part.kind !== 'blob')) return null;
  return named('file', (part.content as { mime_type?: unknown } | null)?.mime_type);
}

/** What names an item's draft on this device: the text that is judged and what it answers. */
export const subjectKey = ({ input, output }: Pick<Subject, 'input' | 'output'>): string =>
  `${messagesText(input)}\u0000${messagesText(output)}`;

export interface ShownDocument {
  title: string;
  size: string | null;
  content: string | null;
}

const title = (metadata: unknown): string | undefined => {
  if (typeof metadata !== 'object' || metadata === null) return undefined;
  const named = metadata as Record<string, unknown>;
  return [named.title, named.name, named.source, named.file].find(
    (t): t is string => typeof t === 'string' && t !== '',
  );
};

/** Documents by the best name they carry; a bare number when they have none. */
export function documentOf(document: Subject['documents'][number], index: number): ShownDocument {
  const words = document.content?.trim().split(/\s+/).filter(Boolean).length ?? 0;
  return {
    title: title(document.metadata) ?? `Document ${index + 1}`,
    size: document.content ? `${words.toLocaleString('en-GB')} ${words === 1 ? 'word' : 'words'}` : null,
    content: document.content ?? null,
  };
}
