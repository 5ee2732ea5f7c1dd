import { act, renderHook, waitFor } from '@testing-library/react';
import { CombinedError } from 'urql';
import { describe, expect, it, vi } from 'vitest';
import type { Connection } from './rows';
import { type Ask, usePages } from './usePages';

type Line = { id: string };
const page = (ids: string, endCursor: string | null = null): Connection<Line> => ({
  nodes: [...ids].map((id) => ({ id })),
  totalCount: 4,
  pageInfo: { hasNextPage: endCursor !== null, endCursor },
});
const shown = (rows: readonly Line[]) => rows.map((row) => row.id).join('');
const failed = new CombinedError({ networkError: new Error('gone') });

describe('usePages', () => {
  it('asks for the first page, then for the one after it, once each', async () => {
    const ask = vi.fn<Ask<Line>>(async (after) => ({ page: after === null ? page('ab', 'x') : page('cd') }));
    const { result } = renderHook(() => usePages(ask));
    expect(result.current).toMatchObject({ current: false, loading: true });
    await waitFor(() => expect(result.current.current).toBe(true));
    act(() => {
      result.current.more();
      result.current.more();
    });
    await waitFor(() => expect(shown(result.current.rows)).toBe('abcd'));
    act(() => result.current.more());
    expect(ask.mock.calls).toEqual([[null], ['x']]);
    expect(result.current).toMatchObject({ loading: false, next: null, total: 4 });
  });

  it('keeps the rows of the question before until the next is answered, and forgets late answers', async () => {
    let late: (answer: { page: Connection<Line> }) => void = () => {};
    const slow: Ask<Line> = () => new Promise((resolve) => (late = resolve));
    const first: Ask<Line> = async () => ({ page: page('ab') });
    const third: Ask<Line> = async () => ({ page: page('z') });
    const { result, rerender } = renderHook(({ ask }) => usePages(ask), { initialProps: { ask: first } });
    await waitFor(() => expect(shown(result.current.rows)).toBe('ab'));
    rerender({ ask: slow });
    expect([shown(result.current.rows), result.current.current]).toEqual(['ab', false]);
    rerender({ ask: third });
    await waitFor(() => expect(shown(result.current.rows)).toBe('z'));
    await act(async () => late({ page: page('late') }));
    expect(shown(result.current.rows)).toBe('z');
  });

  it('says why there is no answer, and asks again', async () => {
    let tries = 0;
    const ask: Ask<Line> = async () => (tries++ === 0 ? { error: failed } : { page: page('ab') });
    const { result } = renderHook(() => usePages(ask));
    await waitFor(() => expect(result.current.error).toBe(failed));
    expect([result.current.rows, result.current.current]).toEqual([[], false]);
    act(() => result.current.reload());
    await waitFor(() => expect(shown(result.current.rows)).toBe('ab'));
    expect(result.current.error).toBeUndefined();
  });

  it('waits until somebody wants more', async () => {
    const ask = vi.fn<Ask<Line>>(async () => ({ page: page('cd') }));
    const { result } = renderHook(() => usePages(ask, { wait: true }));
    expect(result.current.loading).toBe(false);
    expect(ask).not.toHaveBeenCalled();
    act(() => result.current.more());
    await waitFor(() => expect(shown(result.current.rows)).toBe('cd'));
  });

  it('lets rows be changed', async () => {
    const ask: Ask<Line> = async () => ({ page: page('ab') });
    const { result } = renderHook(() => usePages(ask));
    await waitFor(() => expect(result.current.current).toBe(true));
    act(() => result.current.change((known) => ({ ...known, rows: known.rows.slice(1) })));
    expect(shown(result.current.rows)).toBe('b');
  });
});
