import { epoch } from './time';

/** What the tree needs of a span. */
interface TreeSpan {
  spanId: string;
  parentSpanId: string | null;
  startTime: string;
  durationMs: number;
}

interface SpanNode<S extends TreeSpan> {
  span: S;
  children: SpanNode<S>[];
  /** Spans below it, itself left out. */
  below: number;
  /** Its parent is not in the trace: it has not arrived or was never sent. */
  orphan: boolean;
}

export interface SpanLine<S extends TreeSpan> {
  node: SpanNode<S>;
  depth: number;
  open: boolean;
}

/**
 * Roots first, children by start time. A span whose parent is missing becomes a root of its own; spans that name each
 * other as parents in a circle are cut open at the earliest of them. Works without recursion: traces can be deep.
 */
export function spanTree<S extends TreeSpan>(spans: readonly S[]): SpanNode<S>[] {
  const nodes = new Map<string, SpanNode<S>>();
  for (const span of spans) nodes.set(span.spanId, { span, children: [], below: 0, orphan: false });
  const sorted = [...nodes.values()].toSorted(
    (a, b) => epoch(a.span.startTime) - epoch(b.span.startTime) || b.span.durationMs - a.span.durationMs,
  );
  const roots: SpanNode<S>[] = [];
  for (const node of sorted) {
    const parent = node.span.parentSpanId ? nodes.get(node.span.parentSpanId) : undefined;
    if (parent && parent !== node) parent.children.push(node);
    else {
      node.orphan = node.span.parentSpanId !== null;
      roots.push(node);
    }
  }
  const reached = new Set<SpanNode<S>>();
  const order = walk(roots, reached);
  for (const node of sorted) {
    if (reached.has(node)) continue;
    // A circle: cut the edge that leads back to this span.
    const parent = nodes.get(node.span.parentSpanId!)!;
    parent.children.splice(parent.children.indexOf(node), 1);
    node.orphan = true;
    roots.push(node);
    order.push(...walk([node], reached));
  }
  for (const node of order.toReversed()) node.below = node.children.reduce((sum, child) => sum + child.below + 1, 0);
  return roots;
}

function walk<S extends TreeSpan>(roots: readonly SpanNode<S>[], reached: Set<SpanNode<S>>): SpanNode<S>[] {
  const order: SpanNode<S>[] = [];
  const stack = roots.toReversed();
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (reached.has(node)) continue;
    reached.add(node);
    order.push(node);
    for (let i = node.children.length - 1; i >= 0; i--) stack.push(node.children[i]!);
  }
  return order;
}

/** The lines to show, top to bottom; children of a folded span are left out. */
export function spanLines<S extends TreeSpan>(
  roots: readonly SpanNode<S>[],
  folded: ReadonlySet<string>,
): SpanLine<S>[] {
  const lines: SpanLine<S>[] = [];
  const stack = roots.toReversed().map((node) => ({ node, depth: 0 }));
  for (let top = stack.pop(); top; top = stack.pop()) {
    const open = !folded.has(top.node.span.spanId);
    lines.push({ ...top, open });
    if (open)
      for (let i = top.node.children.length - 1; i >= 0; i--)
        stack.push({ node: top.node.children[i]!, depth: top.depth + 1 });
  }
  return lines;
}

/** The line to show at first: the last model call that failed, else the first model call, else the first line. */
export function firstChoice<S extends TreeSpan & { kind: string; status: string }>(
  lines: readonly SpanLine<S>[],
): S | undefined {
  const calls = lines.map((line) => line.node.span).filter((span) => span.kind === 'GENERATION');
  return calls.findLast((span) => span.status === 'ERROR') ?? calls[0] ?? lines[0]?.node.span;
}
