import { expect, test } from 'vitest';
import { AWAY_AFTER, leaseStep, SHORTEST_WAIT } from './lease';
import { UNDO_FOR, undoSecondsLeft } from './undo';

const minutes = (n: number) => n * 60_000;
const lease = { takenAt: 0, expiresAt: minutes(20) };

test('nothing is asked before half the lease is over', () => {
  expect(leaseStep(lease, 0, minutes(4))).toEqual({ do: 'wait', for: minutes(6) });
});

test('an active reviewer renews, one who is away does not', () => {
  expect(leaseStep(lease, minutes(9), minutes(10))).toEqual({ do: 'renew' });
  expect(leaseStep(lease, minutes(4), minutes(10))).toEqual({ do: 'wait', for: SHORTEST_WAIT });
  expect(leaseStep(lease, minutes(12) - AWAY_AFTER, minutes(12))).toMatchObject({ do: 'wait' });
});

test('a lease that ran out says so, however active the reviewer is', () => {
  expect(leaseStep(lease, minutes(20), minutes(20))).toEqual({ do: 'expired' });
});

test('a very short lease does not flood the server', () => {
  expect(leaseStep({ takenAt: 0, expiresAt: 4000 }, 0, 0)).toEqual({ do: 'wait', for: SHORTEST_WAIT });
});

test('undo counts down to nothing', () => {
  expect([-900, 0, 17_000, 59_001, UNDO_FOR, UNDO_FOR + 5].map((t) => undoSecondsLeft(0, t))).toEqual([
    60, 60, 43, 1, 0, 0,
  ]);
});
