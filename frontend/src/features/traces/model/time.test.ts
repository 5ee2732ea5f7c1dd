import { describe, expect, it } from 'vitest';
import { barOf, epoch, scaleOf, ticks } from './time';

const span = (startTime: string, durationMs: number) => ({ startTime, durationMs });

describe('epoch', () => {
  it('keeps what is finer than a millisecond', () => {
    expect(epoch('2026-11-21T20:00:00.123456789Z') - epoch('2026-11-21T20:00:00.123Z')).toBeCloseTo(0.456789, 3);
  });
  it('reads whole seconds', () => expect(epoch('2026-11-21T20:00:00Z')).toBe(Date.parse('2026-11-21T20:00:00Z')));
});

describe('the scale', () => {
  it('spans from the first start to the last end', () => {
    const scale = scaleOf([
      span('2026-11-21T20:00:01Z', 500),
      span('2026-11-21T20:00:00.500Z', 100),
      span('2026-11-21T20:00:01.200Z', 900),
    ]);
    expect(scale.lengthMs).toBe(1600);
    expect(barOf(scale, span('2026-11-21T20:00:01.300Z', 400))).toEqual({ left: 0.5, width: 0.25 });
  });
  it('is never empty', () => {
    expect(scaleOf([]).lengthMs).toBeGreaterThan(0);
    expect(barOf(scaleOf([span('2026-11-21T20:00:00Z', 0)]), span('2026-11-21T20:00:00Z', 0))).toEqual({
      left: 0,
      width: 0,
    });
  });
});

it.each([
  [910, [0, 200, 400, 600, 800]],
  [1000, [0, 200, 400, 600, 800, 1000]],
  [61_000, [0, 20_000, 40_000, 60_000]],
  [0.9, [0]],
])('a trace of %s ms is marked at %j', (lengthMs, expected) => {
  const found = ticks({ start: 0 as never, lengthMs });
  expect(found.map((t) => Math.round(t * 1000) / 1000)).toEqual(expected);
});
