import { describe, expect, it } from 'vitest';
import { firstChoice, spanLines, spanTree } from './spanTree';

const at = (seconds: number) => new Date(Date.UTC(2026, 10, 21) + seconds * 1000).toISOString();
const span = (
  spanId: string,
  parentSpanId: string | null,
  start = 0,
  more: { kind?: string; status?: string } = {},
) => ({
  spanId,
  parentSpanId,
  startTime: at(start),
  durationMs: 100,
  kind: 'SPAN',
  status: 'OK',
  ...more,
});
const shown = (spans: ReturnType<typeof span>[], folded: string[] = []) =>
  spanLines(spanTree(spans), new Set(folded)).map((line) => `${'.'.repeat(line.depth)}${line.node.span.spanId}`);

describe('spanTree', () => {
  it('nests by parent and sorts by start, whatever the order of arrival', () => {
    expect(shown([span('c', 'b', 3), span('b', 'a', 2), span('d', 'a', 1), span('a', null)])).toEqual([
      'a',
      '.d',
      '.b',
      '..c',
    ]);
  });
  it('makes a root of a span whose parent is missing, and says so', () => {
    const roots = spanTree([span('a', null), span('x', 'gone', 1)]);
    expect(roots.map((r) => [r.span.spanId, r.orphan])).toEqual([
      ['a', false],
      ['x', true],
    ]);
  });
  it('shows every span of a circle once', () => {
    expect(
      shown([span('a', 'b', 0), span('b', 'c', 1), span('c', 'a', 2), span('r', null, 3)]).toSorted(),
    ).toHaveLength(4);
    expect(shown([span('a', 'b', 0), span('b', 'a', 1)])).toEqual(['a', '.b']);
  });
  it('shows a span that names itself as parent', () => expect(shown([span('a', 'a')])).toEqual(['a']));
  it('counts what is below', () => {
    expect(spanTree([span('a', null), span('b', 'a', 1), span('c', 'b', 2)])[0]!.below).toBe(2);
  });
  it('holds a chain of 20,000 spans without running out of stack', () => {
    const chain = Array.from({ length: 20_000 }, (_, i) => span(String(i), i ? String(i - 1) : null, i / 1000));
    expect(spanTree(chain)[0]!.below).toBe(19_999);
    expect(spanLines(spanTree(chain), new Set()).at(-1)!.depth).toBe(19_999);
  });
});

it('leaves out what is folded', () => {
  const spans = [span('a', null), span('b', 'a', 1), span('c', 'b', 2), span('d', 'a', 3)];
  expect(shown(spans, ['b'])).toEqual(['a', '.b', '.d']);
});

describe('firstChoice', () => {
  const lines = (spans: ReturnType<typeof span>[]) => spanLines(spanTree(spans), new Set());
  const call = { kind: 'GENERATION' };
  it('prefers the call that failed, then the first call, then the root', () => {
    expect(
      firstChoice(lines([span('a', null), span('b', 'a', 1, call), span('c', 'a', 2, { ...call, status: 'ERROR' })]))
        ?.spanId,
    ).toBe('c');
    expect(firstChoice(lines([span('a', null), span('b', 'a', 1, call), span('c', 'a', 2, call)]))?.spanId).toBe('b');
    expect(firstChoice(lines([span('a', null)]))?.spanId).toBe('a');
    expect(firstChoice([])).toBeUndefined();
  });
});
