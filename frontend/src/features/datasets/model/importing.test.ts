import { expect, test } from 'vitest';
import { parseCsv, parseJsonLines, readTable, separatorOf } from './delimited';
import { guessMapping, itemKey, labelOf, previewImport, targetKey, targetOf, withSplits } from './importing';

test('quoted fields keep separators, quotes and line ends', () => {
  const { columns, rows } = parseCsv('\uFEFFa,b\r\n"x, ""y""","line 1\r\nline 2"\r\n1,2\r\n');
  expect(columns).toEqual(['a', 'b']);
  expect(rows).toEqual([
    { line: 2, cells: { a: 'x, "y"', b: 'line 1\r\nline 2' } },
    { line: 4, cells: { a: '1', b: '2' } },
  ]);
});

test('the separator is found from the first line', () => {
  expect([separatorOf('a;b;c\n1,2'), separatorOf('a\tb'), separatorOf('"a;b",c'), separatorOf('one')]).toEqual([
    ';',
    '\t',
    ',',
    ',',
  ]);
});

test('rows that cannot be read say why and where', () => {
  const { rows } = parseCsv('a,b\n1\n1,2\n"open,3');
  expect(rows).toEqual([
    { line: 2, problem: 'It has 1 cells; the first line has 2.' },
    { line: 3, cells: { a: '1', b: '2' } },
    { line: 4, problem: 'A quote is opened and never closed.' },
  ]);
  expect(parseJsonLines('{"a":1}\n\n[1]\n{').rows).toMatchObject([
    { line: 1, cells: { a: 1 } },
    { line: 3, problem: expect.stringContaining('object') },
    { line: 4, problem: expect.stringContaining('JSON') },
  ]);
});

test('the file name decides how it is read', () => {
  expect(readTable('x.jsonl', '{"a":0}').rows).toEqual([{ line: 1, cells: { a: 0 } }]);
  expect(readTable('x.csv', 'a\n0').rows).toEqual([{ line: 2, cells: { a: '0' } }]);
  expect(readTable('empty.csv', '')).toEqual({ columns: [], rows: [] });
});

test('columns are guessed by name, unknown ones become inputs', () => {
  const mapping = guessMapping(['policy', 'good_answer', 'ok', 'mail_text'], ['policy']);
  expect(Object.values(mapping).map(targetKey)).toEqual(['input:policy', 'expected', 'label', 'input:mail_text']);
  for (const target of Object.values(mapping)) expect(targetOf(targetKey(target))).toEqual(target);
});

test('labels are read from everyday words', () => {
  expect([labelOf('Yes'), labelOf(false), labelOf(''), labelOf('maybe')]).toEqual(['PASS', 'FAIL', null, undefined]);
});

test('the preview counts new, known, repeated and unreadable rows', () => {
  const table = parseCsv('q,good_answer,ok\nold,A,yes\nnew,B,no\nnew,B,no\nodd,C,maybe\nbroken');
  const mapping = guessMapping(table.columns, []);
  const preview = previewImport(table, mapping, new Set([itemKey({ q: 'old' }, 'A')]));
  expect(preview).toMatchObject({ rows: 5, duplicates: 2 });
  expect(preview.items).toEqual([{ inputs: { q: 'new' }, expected: 'B', label: 'FAIL' }]);
  expect(preview.problems.map((p) => p.line)).toEqual([5, 6]);
});

test('a row without any input is not an item', () => {
  const table = parseCsv('expected\nA');
  expect(previewImport(table, guessMapping(table.columns, []), new Set()).problems).toHaveLength(1);
});

test('extra data and left out columns go where they are sent', () => {
  const table = parseCsv('q,agent,source\nx,K,web');
  const preview = previewImport(
    table,
    { q: { to: 'input', name: 'message' }, agent: { to: 'skip' }, source: { to: 'metadata' } },
    new Set(),
  );
  expect(preview.items).toEqual([{ inputs: { message: 'x' }, metadata: { source: 'web' } }]);
});

test('splits are spread evenly and never overwrite one from the file', () => {
  const items = Array.from({ length: 10 }, (_, i) => ({ inputs: { i }, ...(i === 0 && { split: 'holdout' }) }));
  const splits = withSplits(items, 'mixed').map((i) => i.split);
  expect(splits.filter((s) => s === 'test')).toHaveLength(2);
  expect(splits[0]).toBe('holdout');
  expect(withSplits(items, 'none')).toEqual(items);
});
