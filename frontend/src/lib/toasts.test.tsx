import { act, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { dismiss, toast, toastError, useToasts } from './toasts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it('goes after four seconds; an error stays until closed', () => {
  const { result } = renderHook(useToasts);
  let error = 0;
  act(() => {
    toast('Saved');
    error = toastError('Not saved');
  });
  expect(result.current.map((t) => t.text)).toEqual(['Saved', 'Not saved']);
  act(() => void vi.advanceTimersByTime(4000));
  expect(result.current.map((t) => t.text)).toEqual(['Not saved']);
  act(() => dismiss(error));
  expect(result.current).toEqual([]);
});

it('shows at most two', () => {
  const { result } = renderHook(useToasts);
  act(() => {
    for (const text of ['a', 'b', 'c']) toast(text);
  });
  expect(result.current.map((t) => t.text)).toEqual(['b', 'c']);
  act(() => void vi.advanceTimersByTime(10_000));
});
