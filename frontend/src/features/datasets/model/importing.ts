import type { DatasetItemInput, Label } from '@/gql/graphql';
import type { Table } from './delimited';
import { inputText } from './grid';

/** What a column of the file becomes. */
export type Target =
  | { to: 'input'; name: string }
  | { to: 'expected' | 'output' | 'label' | 'reasoning' | 'split' | 'metadata' | 'skip' };
export type Mapping = Record<string, Target>;

export const targetKey = (t: Target): string => (t.to === 'input' ? `input:${t.name}` : t.to);
export const targetOf = (key: string): Target =>
  key.startsWith('input:') ? { to: 'input', name: key.slice(6) } : { to: key as Exclude<Target['to'], 'input'> };

const targetWords: Record<Exclude<Target['to'], 'input'>, string> = {
  expected: 'Expected answer',
  output: 'Answer that was given',
  label: 'Label: yes = pass, no = fail',
  reasoning: 'Reason',
  split: 'Split',
  metadata: 'Extra data',
  skip: 'Leave out',
};
export const targetText = (t: Target): string => (t.to === 'input' ? `Input: ${t.name}` : targetWords[t.to]);

export function targetsFor(column: string, inputs: readonly string[]): Target[] {
  const names = [...new Set([...inputs, column])];
  return [
    ...names.map((name) => ({ to: 'input', name }) as const),
    ...(Object.keys(targetWords) as Exclude<Target['to'], 'input'>[]).map((to) => ({ to })),
  ];
}

const guesses: [RegExp, Exclude<Target['to'], 'input'>][] = [
  [/^(expected|expected_?(output|answer)|good_?answer|reference|ideal|target|ground_?truth)$/i, 'expected'],
  [/^(output|answer|completion|response)$/i, 'output'],
  [/^(label|verdict|ok|passed?|correct)$/i, 'label'],
  [/^(reason|reasoning|why|comment)$/i, 'reasoning'],
  [/^(split|fold|set)$/i, 'split'],
  [/^(metadata|extra)$/i, 'metadata'],
];

/** A first guess by name: known inputs, then the usual words, else an input of the column's own name. */
export function guessMapping(columns: readonly string[], inputs: readonly string[]): Mapping {
  return Object.fromEntries(
    columns.map((column) => {
      if (inputs.includes(column)) return [column, { to: 'input', name: column }];
      const guess = guesses.find(([pattern]) => pattern.test(column))?.[1];
      return [column, guess ? { to: guess } : { to: 'input', name: column }];
    }),
  );
}

const yes = /^(pass|passed|yes|y|true|1|ok|good)$/i;
const no = /^(fail|failed|no|n|false|0|bad)$/i;
export function labelOf(value: unknown): Label | null | undefined {
  const text = inputText(value).trim();
  return text === '' ? null : yes.test(text) ? 'PASS' : no.test(text) ? 'FAIL' : undefined;
}

interface Preview {
  items: DatasetItemInput[];
  rows: number;
  duplicates: number;
  problems: { line: number; problem: string }[];
}

/** Same inputs and expected answer: the same item, whatever the order of its inputs. */
export const itemKey = (inputs: unknown, expected: string | null | undefined): string =>
  JSON.stringify([
    Object.entries((inputs ?? {}) as Record<string, unknown>).sort(([a], [b]) => (a < b ? -1 : 1)),
    expected ?? null,
  ]);

function itemOf(cells: Record<string, unknown>, mapping: Mapping): DatasetItemInput | string {
  const inputs: Record<string, unknown> = {};
  const metadata: Record<string, unknown> = {};
  const item: DatasetItemInput = { inputs };
  for (const [column, target] of Object.entries(mapping)) {
    const value = cells[column];
    if (value === undefined || target.to === 'skip') continue;
    if (target.to === 'input') inputs[target.name] = value;
    else if (target.to === 'metadata') metadata[column] = value;
    else if (target.to === 'label') {
      const label = labelOf(value);
      if (label === undefined) return `“${inputText(value)}” is neither pass nor fail.`;
      item.label = label;
    } else item[target.to] = inputText(value) || null;
  }
  if (Object.keys(inputs).length === 0) return 'No column is an input.';
  if (Object.keys(metadata).length) item.metadata = metadata;
  return item;
}

/** What an import would do, in numbers, before anything happens. */
export function previewImport(table: Table, mapping: Mapping, present: ReadonlySet<string>): Preview {
  const preview: Preview = { items: [], rows: table.rows.length, duplicates: 0, problems: [] };
  const seen = new Set(present);
  for (const row of table.rows) {
    const item = 'problem' in row ? row.problem : itemOf(row.cells, mapping);
    if (typeof item === 'string') preview.problems.push({ line: row.line, problem: item });
    else {
      const key = itemKey(item.inputs, item.expected);
      if (seen.has(key)) preview.duplicates++;
      else {
        seen.add(key);
        preview.items.push(item);
      }
    }
  }
  return preview;
}

export type SplitChoice = 'none' | 'train' | 'test' | 'mixed';
/** 80 % train, 20 % test, spread evenly; a split that came with the row stays. */
export const withSplits = (items: readonly DatasetItemInput[], choice: SplitChoice): DatasetItemInput[] =>
  items.map((item, i) =>
    choice === 'none' || item.split
      ? item
      : { ...item, split: choice === 'mixed' ? (i % 5 === 4 ? 'test' : 'train') : choice },
  );
