import { describe, expect, it } from 'vitest';
import {
  conditions,
  listedRange,
  readSearch,
  sentences,
  traceFilter,
  volumeFilter,
  wholeRange,
  without,
} from './filters';

const now = Date.parse('2026-11-21T20:00:00Z');

describe('readSearch', () => {
  it('takes every trace that has not failed for succeeded, as most senders set no status', () => {
    expect(conditions({ status: 'OK' })).toEqual({ not: { status: 'ERROR' } });
    expect(conditions({ status: 'ERROR' })).toEqual({ status: 'ERROR' });
  });

  it('keeps what is meant and drops the rest', () => {
    const raw: Record<string, unknown> = {
      span: '7d',
      status: 'ERROR',
      name: 'a',
      model: ['x', 'x', 7],
      slow: '5000',
      verdict: 'PASS',
      hack: 1,
      q: '  ',
    };
    expect(readSearch(raw)).toEqual({
      span: '7d',
      status: 'ERROR',
      name: ['a'],
      model: ['x', '7'],
      slow: 5000,
      verdict: 'PASS',
    });
  });
  it('takes a stretch only when both ends make one', () => {
    expect(readSearch({ from: 5, to: 9 })).toEqual({ from: 5, to: 9 });
    expect(readSearch({ from: 9, to: 5 })).toEqual({});
    expect(readSearch({ from: 9 })).toEqual({});
  });
  it.each([
    [{ span: '24h' }],
    [{ span: 'toString' }],
    [{ verdict: 'MAYBE' }],
    [{ slow: -1 }],
    [{ status: 'ok' }],
    [{ slow: Number.NaN }],
  ])('ignores %j', (raw) => expect(readSearch(raw)).toEqual({}));
});

describe('what the server is asked', () => {
  it('lists the chosen stretch while the histogram keeps the whole one', () => {
    const search = { from: now - 3_600_000, to: now };
    expect(listedRange(search, now)).toEqual({ from: '2026-11-21T19:00:00.000Z', to: '2026-11-21T20:00:00.000Z' });
    expect(wholeRange(search, now)).toEqual({ from: '2026-11-20T20:00:00.000Z', to: '2026-11-21T20:05:00.000Z' });
  });
  it('asks for one value with eq, for several with in', () => {
    expect(conditions({ name: ['a'], model: ['x', 'y'] })).toEqual({ name: { eq: 'a' }, model: { in: ['x', 'y'] } });
  });
  it('sends thresholds, text and time', () => {
    expect(traceFilter({ slow: 5000, dear: 0.1, long: 2000, q: 'pipe', user: 'u', span: '1h' }, now)).toEqual({
      durationMs: { gte: 5000 },
      costUsd: { gte: 0.1 },
      totalTokens: { gte: 2000 },
      search: 'pipe',
      userId: { eq: 'u' },
      range: { from: '2026-11-21T19:00:00.000Z', to: '2026-11-21T20:05:00.000Z' },
    });
  });
  it('counts by conditions that hold for every span only', () => {
    expect(volumeFilter({ name: ['a'], model: ['x'], environment: ['prod'] })).toEqual({ environment: { eq: 'prod' } });
    expect(volumeFilter({ name: ['a'] })).toBeUndefined();
  });
});

describe('sentences', () => {
  it('reads as sentences', () => {
    expect(sentences({ name: ['a', 'b'], status: 'ERROR', slow: 5000 }).map((s) => `${s.lead} ${s.value}`)).toEqual([
      'has failed',
      'name is a or b',
      'took at least 5.00 s',
    ]);
  });
  it('drops a stretch as one', () => expect(without({ from: 1, to: 2, q: 'x' }, 'from')).toEqual({ q: 'x' }));
});
