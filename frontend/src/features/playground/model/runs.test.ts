import { expect, test } from 'vitest';
import { type Column, column, MAX_COLUMNS, type RunEvent, runs } from './runs';

const play = (events: RunEvent[], from: readonly Column[] = [column('a', 6), column('b', null)]) =>
  events.reduce(runs, from);
const running: RunEvent[] = [
  { type: 'starting', key: 'b', now: 1000 },
  { type: 'started', key: 'b', runId: 'r1', number: 7 },
];

test('text streams into the column of its run only, and the first word is timed', () => {
  const [a, b] = play([
    ...running,
    { type: 'delta', runId: 'r1', text: 'Dear ', now: 1338 },
    { type: 'delta', runId: 'r1', text: 'Ms', now: 1500 },
  ]);
  expect(a!.text).toBe('');
  expect(b).toMatchObject({ text: 'Dear Ms', firstWordMs: 338, ranNumber: 7, status: 'RUNNING' });
});

test('the finished run is the truth, also when deltas were lost; later deltas are dropped', () => {
  const [, b] = play([
    ...running,
    { type: 'delta', runId: 'r1', text: 'De', now: 1100 },
    { type: 'finished', runId: 'r1', status: 'SUCCEEDED', output: 'Dear Ms', facts: { costUsd: '0.01' } },
    { type: 'delta', runId: 'r1', text: 'ar', now: 1200 },
  ]);
  expect(b).toMatchObject({ text: 'Dear Ms', status: 'SUCCEEDED', facts: { costUsd: '0.01' } });
});

test('a stopped run keeps what it wrote', () => {
  const [, b] = play([
    ...running,
    { type: 'delta', runId: 'r1', text: 'Half', now: 1100 },
    { type: 'finished', runId: 'r1', status: 'CANCELLED', output: null, facts: {} },
  ]);
  expect(b).toMatchObject({ text: 'Half', status: 'CANCELLED' });
});

test('a second run forgets the first, whose late events go nowhere', () => {
  const [, b] = play([
    ...running,
    { type: 'starting', key: 'b', now: 2000 },
    { type: 'started', key: 'b', runId: 'r2', number: 8 },
    { type: 'delta', runId: 'r1', text: 'old', now: 2100 },
  ]);
  expect(b).toMatchObject({ text: '', runId: 'r2', ranNumber: 8 });
});

test('columns are bounded above and never empty', () => {
  const many = play(Array.from({ length: 9 }, (_, i) => ({ type: 'add', key: `k${i}`, number: i }) as const));
  expect(many).toHaveLength(MAX_COLUMNS);
  const one = play([
    { type: 'remove', key: 'a' },
    { type: 'remove', key: 'b' },
  ]);
  expect(one.map((c) => c.key)).toEqual(['b']);
});

test('a saved version is put left of the edit', () => {
  expect(play([{ type: 'add', key: 'c', number: 5 }]).map((c) => c.number)).toEqual([6, 5, null]);
});
