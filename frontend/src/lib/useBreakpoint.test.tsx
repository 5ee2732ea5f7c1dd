import { renderHook } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { useBreakpoint } from './useBreakpoint';

afterEach(() => vi.restoreAllMocks());

it('asks for the width that stylesheets have under the same name', () => {
  const media = window.matchMedia('');
  vi.spyOn(window, 'matchMedia').mockImplementation((query) => ({ ...media, matches: query === '(max-width: 48em)' }));
  expect(renderHook(() => useBreakpoint('sm')).result.current).toBe(true);
  expect(renderHook(() => useBreakpoint('md')).result.current).toBe(false);
});
