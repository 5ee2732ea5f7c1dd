import type { Label } from '@/gql/graphql';

export interface Item {
  id: string;
  inputs: Readonly<Record<string, unknown>>;
  output: string | null;
  expected: string | null;
  label: Label | null;
  reasoning: string | null;
  split: string | null;
}

/** One column: an input by name, or a field of the item. `from` (lineage) is read only. */
export type GridColumn =
  | { kind: 'input'; name: string }
  | { kind: 'expected' }
  | { kind: 'label' }
  | { kind: 'split' }
  | { kind: 'from' };

export const MAX_INPUT_COLUMNS = 4;

/** Inputs in order of first use (the most used first when there are too many), then the fixed columns. */
export function columnsFor(items: readonly Pick<Item, 'inputs'>[]): GridColumn[] {
  const uses = new Map<string, number>();
  for (const item of items) for (const name of Object.keys(item.inputs)) uses.set(name, (uses.get(name) ?? 0) + 1);
  const kept = new Set(
    [...uses]
      .sort((a, b) => b[1] - a[1])
      .slice(0, MAX_INPUT_COLUMNS)
      .map(([name]) => name),
  );
  const inputs = [...uses.keys()].filter((name) => kept.has(name));
  return [
    ...inputs.map((name) => ({ kind: 'input', name }) as const),
    { kind: 'expected' },
    { kind: 'label' },
    { kind: 'split' },
    { kind: 'from' },
  ];
}

/** Inputs that read as sentences rather than words, and so get room. */
export function wideInputs(items: readonly Pick<Item, 'inputs'>[]): Set<string> {
  const lengths = new Map<string, number[]>();
  for (const { inputs } of items)
    for (const [name, value] of Object.entries(inputs)) {
      const list = lengths.get(name) ?? [];
      list.push(inputText(value).length);
      lengths.set(name, list);
    }
  const middle = (list: number[]) => list.sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
  return new Set([...lengths].flatMap(([name, list]) => (middle(list) > 16 ? [name] : [])));
}

export const isEditable = (column: GridColumn | undefined): boolean => column !== undefined && column.kind !== 'from';

/** A value as text: strings as they are, anything else as JSON; absent is empty. */
export const inputText = (value: unknown): string =>
  value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value);

/** A conversation as the reader needs it: what the person said last. Undefined for anything else. */
function conversationText(value: unknown): string | undefined {
  if (!Array.isArray(value) || !value.every((m) => typeof m === 'object' && m !== null && 'role' in m))
    return undefined;
  const messages = value as { role: unknown; content?: unknown; parts?: unknown }[];
  const message = messages.findLast((m) => m.role === 'user') ?? messages.at(-1);
  if (!message) return undefined;
  if (typeof message.content === 'string') return message.content;
  const parts = Array.isArray(message.parts) ? (message.parts as { content?: unknown }[]) : [];
  const text = parts.flatMap((part) => (typeof part.content === 'string' ? [part.content] : [])).join('\n');
  return text || undefined;
}

/** What a cell shows: its text, but of a conversation only what the person said last. */
export const shownText = (item: Item, column: GridColumn): string =>
  (column.kind === 'input' && conversationText(item.inputs[column.name])) || cellText(item, column);

export function cellText(item: Item, column: GridColumn): string {
  switch (column.kind) {
    case 'input':
      return inputText(item.inputs[column.name]);
    case 'expected':
      return item.expected ?? '';
    case 'label':
      return item.label ?? '';
    case 'split':
      return item.split ?? '';
    case 'from':
      return '';
  }
}

/** The fields an edit changes, as the API takes them. */
export type Change = Partial<Pick<Item, 'inputs' | 'expected' | 'label' | 'split'>>;

/** Text typed over a value keeps the value's type where it still fits: "3" over 2 stays a number. */
export function retype(text: string, old: unknown): unknown {
  if (typeof old === 'string' || old === undefined || old === null) return text;
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === typeof old && Array.isArray(parsed) === Array.isArray(old) ? parsed : text;
  } catch {
    return text;
  }
}

/** What typing `text` into a cell changes; nothing when it is the same. */
export function editCell(item: Item, column: GridColumn, text: string): Change | null {
  if (cellText(item, column) === text) return null;
  switch (column.kind) {
    case 'input':
      return { inputs: { ...item.inputs, [column.name]: retype(text, item.inputs[column.name]) } };
    case 'expected':
      return { expected: text === '' ? null : text };
    case 'label':
      return { label: text === '' ? null : (text as Label) };
    case 'split':
      return { split: text === '' ? null : text };
    case 'from':
      return null;
  }
}

export interface Edit {
  id: string;
  change: Change;
  before: Change;
}

/** An edit and the way back: the former values of the same fields. */
export function editOf(item: Item, change: Change): Edit {
  const before = Object.fromEntries(Object.keys(change).map((k) => [k, item[k as keyof Change]])) as Change;
  return { id: item.id, change, before };
}

/** The way back of an edit is an edit. */
export const reverse = ({ id, change, before }: Edit): Edit => ({ id, change: before, before: change });

export const MAX_UNDO = 100;
/** One step of undo: all edits that were made at once. */
export type Step = readonly Edit[];
export const remember = (stack: readonly Step[], step: Step): readonly Step[] =>
  step.length === 0 ? stack : [...stack, step].slice(-MAX_UNDO);

export interface Cursor {
  row: number;
  column: number;
}
type Move = 'up' | 'down' | 'left' | 'right' | 'next' | 'previous' | 'home' | 'end' | 'pageUp' | 'pageDown';
const PAGE = 10;

/** Moves within the grid; `next` and `previous` go on in the neighbouring row and stop at the ends. */
export function moveCursor({ row, column }: Cursor, move: Move, rows: number, columns: number): Cursor {
  const within = (n: number, count: number) => Math.max(0, Math.min(count - 1, n));
  const flat = within(row * columns + column + (move === 'next' ? 1 : -1), rows * columns);
  switch (move) {
    case 'up':
    case 'down':
    case 'pageUp':
    case 'pageDown': {
      const by = (move === 'pageUp' || move === 'pageDown' ? PAGE : 1) * (move === 'up' || move === 'pageUp' ? -1 : 1);
      return { row: within(row + by, rows), column };
    }
    case 'left':
      return { row, column: within(column - 1, columns) };
    case 'right':
      return { row, column: within(column + 1, columns) };
    case 'home':
      return { row, column: 0 };
    case 'end':
      return { row, column: within(columns - 1, columns) };
    default:
      return { row: Math.floor(flat / columns), column: flat % columns };
  }
}

const moves: Record<string, Move> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
  Home: 'home',
  End: 'end',
  PageUp: 'pageUp',
  PageDown: 'pageDown',
};
export const moveOf = (key: string): Move | undefined => moves[key];

/** Splits with their counts, most frequent first, unassigned left out. */
export function splitCounts(items: readonly Pick<Item, 'split'>[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const { split } of items) if (split) counts.set(split, (counts.get(split) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}

/** Every word of the search stands somewhere in the item. */
export function matches(item: Item, search: string): boolean {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const text = [...Object.values(item.inputs).map(inputText), item.expected, item.output, item.reasoning, item.split]
    .join('\n')
    .toLowerCase();
  return words.every((word) => text.includes(word));
}
