import { describe, expect, it } from 'vitest';
import { bars, bucketFor, place, stretch } from './histogram';

const hour = 3_600_000;
const start = Date.parse('2026-11-21T00:00:00Z');
const row = (hours: number, traces: number, errors = 0) => ({
  bucketStart: new Date(start + hours * hour).toISOString(),
  traces,
  errors,
});

it.each([
  [hour, 'MINUTE'],
  [24 * hour, 'FIVE_MINUTES'],
  [7 * 24 * hour, 'HOUR'],
  [365 * 24 * hour, 'WEEK'],
])('a range of %i ms is asked for by %s', (ms, bucket) =>
  expect(bucketFor(ms)).toBe(bucket === 'WEEK' ? 'WEEK' : bucket),
);

describe('bars', () => {
  it('fills the gaps', () => {
    const list = bars([row(1, 5, 2), row(3, 7)], 'HOUR', start, start + 4 * hour);
    expect(list.map((b) => [b.traces, b.errors])).toEqual([
      [0, 0],
      [5, 2],
      [0, 0],
      [7, 0],
    ]);
  });
  it('joins buckets and loses none', () => {
    const list = bars(
      Array.from({ length: 168 }, (_, i) => row(i, 1)),
      'HOUR',
      start,
      start + 168 * hour,
    );
    expect(list.length).toBeLessThanOrEqual(72);
    expect(list.reduce((sum, b) => sum + b.traces, 0)).toBe(168);
  });
  it('never shows more failures than traces', () =>
    expect(bars([row(0, 2, 9)], 'HOUR', start, start + hour)[0]!.errors).toBe(2));
  it('leaves out what lies outside', () =>
    expect(bars([row(-3, 9), row(90, 9)], 'HOUR', start, start + 4 * hour).every((b) => b.traces === 0)).toBe(true));
});

describe('the brush', () => {
  const list = bars([], 'HOUR', start, start + 4 * hour);
  it('takes whole bars, whichever way it is drawn', () => {
    const both = { from: start + hour, to: start + 3 * hour };
    expect(stretch(list, 0.3, 0.6)).toEqual(both);
    expect(stretch(list, 0.6, 0.3)).toEqual(both);
  });
  it('stays inside', () => expect(stretch(list, -1, 2)).toEqual({ from: start, to: start + 4 * hour }));
  it('lies where its times are', () =>
    expect(place(list, start + hour, start + 3 * hour)).toEqual({ left: 0.25, width: 0.5 }));
});
