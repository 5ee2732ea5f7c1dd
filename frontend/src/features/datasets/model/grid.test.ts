import { expect, test } from 'vitest';
import {
  columnsFor,
  editCell,
  editOf,
  type Item,
  MAX_INPUT_COLUMNS,
  MAX_UNDO,
  matches,
  moveCursor,
  remember,
  retype,
  reverse,
  type Step,
  shownText,
  splitCounts,
  wideInputs,
} from './grid';

const item = (over: Partial<Item> = {}): Item => ({
  id: 'i1',
  inputs: { message: 'Hello', amount: 2 },
  output: null,
  expected: 'Good day',
  label: 'PASS',
  reasoning: null,
  split: 'train',
  ...over,
});

test('a conversation shows what the person said last, in either form', () => {
  const column = { kind: 'input', name: 'messages' } as const;
  const shown = (messages: unknown) => shownText(item({ inputs: { messages } }), column);
  const parts = (content: string) => [{ type: 'text', content }];
  expect(
    shown([
      { role: 'system', parts: parts('Be kind.') },
      { role: 'user', parts: parts('Where is it?') },
    ]),
  ).toBe('Where is it?');
  expect(
    shown([
      { role: 'user', content: 'First' },
      { role: 'assistant', content: 'Yes' },
    ]),
  ).toBe('First');
  expect(shown(['a', 'b'])).toBe('["a","b"]');
  expect(shown([])).toBe('[]');
});

test('columns are the inputs in order of first use, then the fields', () => {
  const columns = columnsFor([item(), item({ inputs: { policy: 'Home', message: 'x' } })]);
  expect(columns.map((c) => (c.kind === 'input' ? c.name : c.kind))).toEqual([
    'message',
    'amount',
    'policy',
    'expected',
    'label',
    'split',
    'from',
  ]);
});

test('with many inputs the most used ones get a column', () => {
  const rare = Object.fromEntries(Array.from({ length: 6 }, (_, i) => [`rare${i}`, 1]));
  const columns = columnsFor([item({ inputs: rare }), item({ inputs: { often: 1 } }), item({ inputs: { often: 1 } })]);
  const inputs = columns.flatMap((c) => (c.kind === 'input' ? [c.name] : []));
  expect(inputs).toHaveLength(MAX_INPUT_COLUMNS);
  expect(inputs).toContain('often');
});

test('an edit keeps the type of the value it replaces where it can', () => {
  expect([retype('3', 2), retype('three', 2), retype('3', 'x'), retype('[1]', [0]), retype('{}', [0])]).toEqual([
    3,
    'three',
    '3',
    [1],
    '{}',
  ]);
  expect(editCell(item(), { kind: 'input', name: 'amount' }, '0')).toEqual({ inputs: { message: 'Hello', amount: 0 } });
});

test('the same text is no edit, an emptied field is none recorded', () => {
  expect(editCell(item(), { kind: 'expected' }, 'Good day')).toBeNull();
  expect(editCell(item(), { kind: 'expected' }, '')).toEqual({ expected: null });
  expect(editCell(item(), { kind: 'from' }, 'x')).toBeNull();
});

test('an edit carries its way back, and the stack is bounded', () => {
  const edit = editOf(item(), { split: 'test', label: null });
  expect(edit.before).toEqual({ split: 'train', label: 'PASS' });
  expect(reverse(reverse(edit))).toEqual(edit);
  const stack = Array.from({ length: MAX_UNDO + 5 }).reduce<readonly Step[]>((s) => remember(s, [edit]), []);
  expect(stack).toHaveLength(MAX_UNDO);
  expect(remember(stack, [])).toBe(stack);
});

test('the cursor stays in the grid, and Tab goes on in the next row', () => {
  expect(moveCursor({ row: 0, column: 0 }, 'up', 3, 4)).toEqual({ row: 0, column: 0 });
  expect(moveCursor({ row: 2, column: 3 }, 'down', 3, 4)).toEqual({ row: 2, column: 3 });
  expect(moveCursor({ row: 0, column: 3 }, 'next', 3, 4)).toEqual({ row: 1, column: 0 });
  expect(moveCursor({ row: 1, column: 0 }, 'previous', 3, 4)).toEqual({ row: 0, column: 3 });
  expect(moveCursor({ row: 2, column: 3 }, 'next', 3, 4)).toEqual({ row: 2, column: 3 });
  expect(moveCursor({ row: 1, column: 2 }, 'pageDown', 99, 4)).toEqual({ row: 11, column: 2 });
});

test('search looks into inputs and answers, all words needed', () => {
  expect(matches(item(), 'hello DAY')).toBe(true);
  expect(matches(item(), 'hello night')).toBe(false);
  expect(matches(item(), ' ')).toBe(true);
});

test('splits are counted, unassigned items are not one', () => {
  expect(splitCounts([item(), item({ split: 'test' }), item(), item({ split: null })])).toEqual([
    ['train', 2],
    ['test', 1],
  ]);
});

test('inputs that are sentences get room, words do not', () => {
  const long = { message: 'My bike was stolen at the station', policy: 'Home' };
  expect([
    ...wideInputs([
      item({ inputs: long }),
      item({ inputs: { ...long, policy: 'x'.repeat(99) } }),
      item({ inputs: long }),
    ]),
  ]).toEqual(['message']);
});
