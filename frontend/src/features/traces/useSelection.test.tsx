import { act, renderHook } from '@testing-library/react';
import { expect, it } from 'vitest';
import { useSelection } from './useSelection';

it('keeps place and choice until another question is asked', () => {
  const { result, rerender } = renderHook(({ question }) => useSelection(question), {
    initialProps: { question: { name: 'a' } },
  });
  act(() => {
    result.current.setCursor(2);
    for (const id of ['x', 'y', 'x']) result.current.toggle(id);
  });
  expect([result.current.cursor, ...result.current.selected]).toEqual([2, 'y']);
  rerender({ question: { name: 'b' } });
  expect([result.current.cursor, result.current.selected.size]).toEqual([-1, 0]);
});
