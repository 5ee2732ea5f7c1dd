import { act, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { useNow } from './useNow';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it('tells the time of its clock again and again, while it is asked to', () => {
  let time = 5;
  const clock = () => time;
  const { result, rerender } = renderHook(({ on }) => useNow(clock, 1000, on), { initialProps: { on: true } });
  expect(result.current).toBe(5);
  time = 7;
  act(() => vi.advanceTimersByTime(1000));
  expect(result.current).toBe(7);
  rerender({ on: false });
  time = 9;
  act(() => vi.advanceTimersByTime(5000));
  expect(result.current).toBe(7);
  rerender({ on: true });
  expect(result.current).toBe(9);
});
