import { expect, test } from 'vitest';
import { lastReviews, weekFigures } from './inbox';

const now = Date.parse('2026-01-10T12:00:00Z');
const review = (id: string, submittedAt: string, secondsSpent = 40) => ({
  id,
  label: 'PASS' as const,
  reasoning: null,
  submittedAt,
  secondsSpent,
});
const queue = (accuracy: number | null, done: number, nodes: ReturnType<typeof review>[]) => ({
  myProgress: { done, available: 0, skipped: 0, accuracy },
  myReviews: { nodes },
});

test('the week counts its own days only', () => {
  const queues = [queue(null, 2, [review('a', '2026-01-09T12:00:00Z'), review('b', '2026-01-01T12:00:00Z')])];
  expect(weekFigures(queues, now)).toEqual({ reviewed: 1, usual: null, accuracy: null });
});

test('known answers are one figure over all queues, weighted by work; unknown is left out', () => {
  expect(weekFigures([queue(1, 10, []), queue(0.5, 30, []), queue(null, 99, [])], now).accuracy).toBe('63 %');
});

test('the last reviews come newest first across queues', () => {
  const queues = [
    queue(null, 1, [review('old', '2026-01-01T00:00:00Z'), review('new', '2026-01-09T00:00:00Z')]),
    queue(null, 1, [review('middle', '2026-01-05T00:00:00Z')]),
  ];
  expect(lastReviews(queues, 2).map((r) => r.id)).toEqual(['new', 'middle']);
});
