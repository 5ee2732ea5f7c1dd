import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef } from 'react';
import type { SpanLineFragment } from '@/gql/graphql';
import { duration } from '@/lib/format';
import { Chip } from '@/ui';
import type { SpanLine } from './model/spanTree';
import { barOf, type TimeScale, ticks } from './model/time';
import { spanKinds } from './spanKinds';
import c from './Waterfall.module.css';

const rowHeight = 32;
/** Deeper spans are not indented further: the names must stay readable. */
const deepest = 12;

/** Tree and time side by side; of thousands of spans those in view exist. */
export function Waterfall(p: {
  lines: readonly SpanLine<SpanLineFragment>[];
  scale: TimeScale;
  chosen: string;
  onChoose: (spanId: string) => void;
  onFold: (spanId: string, fold: boolean) => void;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: p.lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 10,
  });
  const at = p.lines.findIndex((line) => line.node.span.spanId === p.chosen);
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at);
  }, [virtual, at]);
  const marks = useMemo(() => ticks(p.scale), [p.scale]);
  const items = virtual.getVirtualItems();

  const onKeyDown = (event: React.KeyboardEvent) => {
    const line = p.lines[at];
    const go = (index: number) => {
      const next = p.lines[Math.max(0, Math.min(p.lines.length - 1, index))];
      if (next) p.onChoose(next.node.span.spanId);
    };
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 1);
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page }[event.key];
    if (step) go(at + step);
    else if (event.key === 'Home') go(0);
    else if (event.key === 'End') go(p.lines.length - 1);
    else if (event.key === 'ArrowLeft' && line) {
      if (line.open && line.node.children.length) p.onFold(line.node.span.spanId, true);
      else go(p.lines.findLastIndex((other, i) => i < at && other.depth < line.depth));
    } else if (event.key === 'ArrowRight' && line?.node.children.length) {
      if (line.open) go(at + 1);
      else p.onFold(line.node.span.spanId, false);
    } else return;
    event.preventDefault();
  };

  return (
    <div className={c.frame}>
      <div className={c.axis} aria-hidden>
        <span />
        <div className={`${c.ticks} num`}>
          {marks.map((mark) => (
            <span
              key={mark}
              style={{ left: `${(mark / p.scale.lengthMs) * 100}%` }}
              data-end={mark / p.scale.lengthMs > 0.94 || undefined}
            >
              {duration(mark)}
            </span>
          ))}
        </div>
      </div>
      <div
        ref={scroller}
        className={c.scroll}
        role="tree"
        aria-label="Spans"
        tabIndex={0}
        aria-activedescendant={items.some((item) => item.index === at) ? `span-${p.chosen}` : undefined}
        onKeyDown={onKeyDown}
      >
        <div role="presentation" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {items.map((item) => {
            const line = p.lines[item.index]!;
            return (
              <SpanRow
                key={line.node.span.spanId}
                line={line}
                scale={p.scale}
                marks={marks}
                chosen={item.index === at}
                top={item.start}
                onChoose={p.onChoose}
                onFold={p.onFold}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}

function SpanRow(p: {
  line: SpanLine<SpanLineFragment>;
  scale: TimeScale;
  marks: readonly number[];
  chosen: boolean;
  top: number;
  onChoose: (spanId: string) => void;
  onFold: (spanId: string, fold: boolean) => void;
}) {
  const { node, depth, open } = p.line;
  const { span } = node;
  const { icon: Icon, colour, word } = spanKinds[span.kind];
  const bar = barOf(p.scale, span);
  const end = bar.left + bar.width;
  const kids = node.children.length > 0;
  const level = Math.min(depth, deepest);
  return (
    <div
      id={`span-${span.spanId}`}
      role="treeitem"
      aria-level={depth + 1}
      aria-selected={p.chosen}
      aria-expanded={kids ? open : undefined}
      aria-label={`${span.name}, ${word}, ${duration(span.durationMs)}${span.status === 'ERROR' ? ', failed' : ''}`}
      className={c.row}
      style={{ transform: `translateY(${p.top}px)` }}
      onClick={() => p.onChoose(span.spanId)}
    >
      <span className={c.label} style={{ paddingLeft: 8 + level * 16 }}>
        {Array.from({ length: level }, (_, i) => (
          <i key={i} className={c.guide} style={{ left: 16 + i * 16 }} />
        ))}
        <button
          type="button"
          tabIndex={-1}
          aria-hidden
          className={c.fold}
          data-kids={kids || undefined}
          onClick={(event) => {
            event.stopPropagation();
            if (kids) p.onFold(span.spanId, open);
          }}
        >
          {kids && (open ? '▾' : '▸')}
        </button>
        <Icon size={15} stroke={1.75} style={{ color: colour, flex: 'none' }} aria-hidden />
        <span className="truncate">{span.name}</span>
        {span.status === 'ERROR' && <Chip tone="fail">failed</Chip>}
        {!open && <small className="dim num">+{node.below}</small>}
        <small className={`${c.phoneTime} num`}>{duration(span.durationMs)}</small>
      </span>
      <span className={c.track} aria-hidden>
        {p.marks.map((mark) => (
          <i key={mark} className={c.line} style={{ left: `${(mark / p.scale.lengthMs) * 100}%` }} />
        ))}
        <span
          className={c.bar}
          style={{
            left: `${bar.left * 100}%`,
            width: `max(3px, ${bar.width * 100}%)`,
            background: span.status === 'ERROR' ? 'var(--pl-fail-solid)' : colour,
          }}
        />
        <span
          className={`${c.time} num`}
          data-inside={(end > 0.85 && bar.left < 0.15) || undefined}
          style={
            end <= 0.85
              ? { left: `calc(max(${bar.left * 100}% + 3px, ${end * 100}%) + 6px)` }
              : bar.left >= 0.15
                ? { right: `calc(${(1 - bar.left) * 100}% + 6px)` }
                : { left: `calc(${bar.left * 100}% + 8px)` }
          }
        >
          {duration(span.durationMs)}
        </span>
      </span>
    </div>
  );
}
