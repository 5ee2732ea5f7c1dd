import { describe, expect, it } from 'vitest';
import { append, arrive, noRows, type Rows, release } from './rows';

interface Line {
  id: string;
  text?: string;
}
const lines = (...ids: string[]): Line[] => ids.map((id) => ({ id }));
const page = (nodes: Line[], endCursor: string | null = null, totalCount: number | null = nodes.length) => ({
  nodes,
  totalCount,
  pageInfo: { hasNextPage: endCursor !== null, endCursor },
});
const shown = (rows: Rows<Line>) => rows.rows.map((row) => row.id).join('');

describe('pages', () => {
  it('follow each other and name where the next begins', () => {
    const one = append<Line>(noRows, page(lines('a', 'b'), 'x', 4));
    expect([shown(one), one.total, one.next]).toEqual(['ab', 4, 'x']);
    const two = append(one, page(lines('c', 'd'), null, 4));
    expect([shown(two), two.next]).toEqual(['abcd', null]);
  });
  it('never show a row twice, though it moved to the next page meanwhile', () => {
    expect(shown(append(append<Line>(noRows, page(lines('a', 'b'), 'x')), page(lines('b', 'c'))))).toBe('abc');
  });
  it('may be uncounted', () => {
    expect(append<Line>(noRows, page(lines('a'), null, null)).total).toBeNull();
  });
});

describe('rows that arrive', () => {
  const two = append<Line>(noRows, page(lines('a', 'b')));
  it('stand first and count', () => {
    const three = arrive(two, { id: 'n' }, false);
    expect([shown(three), three.total]).toEqual(['nab', 3]);
    expect(arrive({ ...two, total: null }, { id: 'n' }, false).total).toBeNull();
  });
  it('replace what is listed or held where it stands', () => {
    const grown = arrive(two, { id: 'b', text: 'more' }, true);
    expect([shown(grown), grown.rows[1]?.text, grown.total]).toEqual(['ab', 'more', 2]);
    const held = arrive(arrive(two, { id: 'n' }, true), { id: 'n', text: 'more' }, false);
    expect([shown(held), held.held]).toEqual(['ab', [{ id: 'n', text: 'more' }]]);
  });
  it('wait while the person reads, newest first, and are shown together', () => {
    const held = arrive(arrive(two, { id: 'm' }, true), { id: 'n' }, true);
    expect([shown(held), held.held.length, held.total]).toEqual(['ab', 2, 4]);
    expect(shown(release(held))).toBe('nmab');
    expect(shown(arrive(held, { id: 'o' }, false))).toBe('onmab');
  });
});
