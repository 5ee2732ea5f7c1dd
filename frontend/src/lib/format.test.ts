import { describe, expect, it } from 'vitest';
import { ago, cost, date, duration, int, percent, plural, short, tokens, when } from './format';

describe('money', () => {
  it.each([
    [null, 'no price'],
    [undefined, 'no price'],
    ['0', '$0.0000'],
    ['0.000012', '<$0.0001'],
    ['0.000125', '$0.0001'],
    ['0.00372', '$0.0037'],
    ['1', '$1.00'],
    ['994.729', '$994.73'],
    ['12345.6', '$12,345.60'],
  ])('cost(%s) is %s', (value, text) => expect(cost(value)).toBe(text));
});

describe('duration', () => {
  it.each([
    [0, '0 ms'],
    [0.4, '<1 ms'],
    [410.4, '410 ms'],
    [999.6, '1.00 s'],
    [2310, '2.31 s'],
    [59_994, '59.99 s'],
    [59_996, '1 min'],
    [72_000, '1 min 12 s'],
    [3_900_000, '1 h 5 min'],
    [7_200_000, '2 h'],
  ])('duration(%s) is %s', (ms, text) => expect(duration(ms)).toBe(text));
});

describe('counts and shares', () => {
  it('groups thousands', () => expect(int(1284)).toBe('1,284'));
  it('sets a thin space before the per cent sign', () => expect(percent(0.714)).toBe('71\u2009%'));
  it('writes tokens in and out', () => expect(tokens({ input: 1702, output: 43 })).toBe('1,702 → 43'));
  it('shortens for axes', () =>
    expect([950, 1200, 18000, 3_400_000].map(short)).toEqual(['950', '1.2k', '18k', '3.4M']));
  it('counts things', () =>
    expect([plural(1, 'trace'), plural(0, 'trace'), plural(2, 'query', 'queries')]).toEqual([
      '1 trace',
      '0 traces',
      '2 queries',
    ]));
});

describe('times', () => {
  const now = new Date(2026, 10, 21, 20, 0, 0).getTime();
  it('is relative only under an hour', () => {
    expect(ago(now - 5_000, now)).toBe('just now');
    expect(ago(now - 130_000, now)).toBe('2 min ago');
    expect(ago(now - 3_600_000, now)).toBe('19:00:00');
  });
  it('names the date when older than a day', () => {
    expect(when(now - 86_399_000, now)).toBe('20:00:01');
    expect(when(now - 86_400_000, now)).toBe('20 Nov, 20:00');
    expect(date(new Date(2025, 9, 14), now)).toBe('14 Oct 2025');
  });
});
