import { Link } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { duration, plural, when } from '@/lib/format';
import { urls } from '@/lib/urls';
import { useProject } from '@/lib/viewer';
import { Bone, useLate } from '@/ui';
import type { Column } from './columns';
import c from './TraceTable.module.css';
import type { TraceRow } from './useTraceRows';

interface Table {
  rows: readonly TraceRow[];
  columns: readonly Column[];
  phone: boolean;
  total: number | null;
  waiting: boolean;
  cursor: number;
  selected: ReadonlySet<string>;
  onCursor: (index: number) => void;
  onToggle: (id: string) => void;
  onOpen: (row: TraceRow) => void;
  onNearEnd: () => void;
  onScrolled: (away: boolean) => void;
  /** Another object when the filter changes: the list starts at its top again. */
  resetKey: object;
}

const rowHeight = { phone: 60, desk: 37 };

/** Tens of thousands of rows, of which those in view exist; one stop for the Tab key. */
export function TraceTable(p: Table) {
  const scroller = useRef<HTMLDivElement>(null);
  const height = p.phone ? rowHeight.phone : rowHeight.desk;
  const virtual = useVirtualizer({
    count: p.rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 12,
  });
  useEffect(() => virtual.measure(), [virtual, height]);
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? -1;
  const { onNearEnd } = p;
  useEffect(() => {
    if (last >= p.rows.length - 30 && p.rows.length > 0) onNearEnd();
  }, [last, p.rows.length, onNearEnd]);
  // The key is what asks for the reset.
  useEffect(() => {
    if (scroller.current) scroller.current.scrollTop = 0;
  }, [p.resetKey]);
  useEffect(() => {
    if (p.cursor >= 0) virtual.scrollToIndex(p.cursor);
  }, [virtual, p.cursor]);

  const onKeyDown = (event: React.KeyboardEvent) => {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / height) - 2);
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page }[event.key];
    if (step) p.onCursor(Math.max(0, Math.min(p.rows.length - 1, p.cursor + step)));
    else if (event.key === 'Home') p.onCursor(0);
    else if (event.key === 'End') p.onCursor(p.rows.length - 1);
    else if (event.key === ' ' && p.rows[p.cursor]) p.onToggle(p.rows[p.cursor]!.id);
    else return;
    event.preventDefault();
  };
  const late = useLate(p.waiting);
  const template = { gridTemplateColumns: `34px ${p.columns.map((column) => column.width).join(' ')}` };
  const mounted = items.some((item) => item.index === p.cursor);
  return (
    <div
      ref={scroller}
      className={c.scroll}
      data-phone={p.phone || undefined}
      tabIndex={0}
      role="grid"
      aria-label="Traces"
      aria-rowcount={p.total === null ? -1 : p.total + 1}
      aria-colcount={p.columns.length + 1}
      aria-multiselectable
      aria-busy={p.waiting}
      aria-activedescendant={mounted ? `trace-${p.rows[p.cursor]!.id}` : undefined}
      onKeyDown={onKeyDown}
      onScroll={(event) => p.onScrolled(event.currentTarget.scrollTop > 4)}
    >
      <div role="rowgroup" className={c.head}>
        <div role="row" aria-rowindex={1} className={c.row} style={template}>
          <div role="columnheader" className={c.cell}>
            <span className="vh">Status</span>
          </div>
          {p.columns.map((column) => (
            <div key={column.key} role="columnheader" className={c.cell} data-right={column.right || undefined}>
              {column.head}
            </div>
          ))}
        </div>
      </div>
      <div role="rowgroup" className={`${c.body} num`} style={{ height: virtual.getTotalSize() }}>
        {p.waiting && p.rows.length === 0 && late && (
          <div role="presentation" className={c.bones}>
            {Array.from({ length: 14 }, (_, i) => (
              <Bone key={i} h={15} w={`${96 - ((i * 13) % 22)}%`} />
            ))}
          </div>
        )}
        {items.map((item) => {
          const row = p.rows[item.index]!;
          return (
            <div
              key={row.id}
              id={`trace-${row.id}`}
              role="row"
              aria-rowindex={item.index + 2}
              aria-selected={p.selected.has(row.id)}
              data-cursor={item.index === p.cursor || undefined}
              className={c.row}
              style={{ ...template, height, transform: `translateY(${item.start}px)` }}
              onClick={(event) => {
                if (event.ctrlKey || event.metaKey) p.onToggle(row.id);
                else p.onOpen(row);
              }}
            >
              <Status row={row} selected={p.selected.has(row.id)} onToggle={p.onToggle} />
              {p.columns.map((column) => (
                <div key={column.key} role="gridcell" className={c.cell} data-right={column.right || undefined}>
                  {column.key === 'io' ? <TracePreview row={row} phone={p.phone} /> : column.cell(row)}
                </div>
              ))}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function Status({ row, selected, onToggle }: { row: TraceRow; selected: boolean; onToggle: (id: string) => void }) {
  const failed = row.status === 'ERROR';
  return (
    <div role="gridcell" className={c.status} data-selected={selected || undefined}>
      <span className={c.dot} data-bad={failed || undefined} role="img" aria-label={failed ? 'Failed' : 'Succeeded'} />
      <input
        type="checkbox"
        tabIndex={-1}
        aria-label={`Select ${row.name}`}
        checked={selected}
        onChange={() => onToggle(row.id)}
        onClick={(event) => event.stopPropagation()}
      />
    </div>
  );
}

/** Input beside output; on phones one above the other with the facts. */
function TracePreview({ row, phone }: { row: TraceRow; phone: boolean }) {
  const project = useProject();
  const input = row.inputPreview || row.name;
  return (
    <span className={c.talk}>
      <Link
        {...urls.trace(project, row.traceId)}
        tabIndex={-1}
        className="truncate"
        onClick={(event) => event.stopPropagation()}
      >
        {input}
      </Link>
      {phone ? (
        <small className="truncate">
          {when(row.startTime)} · {duration(row.durationMs)} · {row.models[0] ?? row.name}
        </small>
      ) : (
        <Output row={row} />
      )}
    </span>
  );
}

function Output({ row }: { row: TraceRow }) {
  if (row.outputPreview) return <span className="truncate">{row.outputPreview}</span>;
  if (row.errorCount > 0)
    return <span className={`truncate ${c.failed}`}>{plural(row.errorCount, 'span')} failed, no output</span>;
  return <span className="dim">none recorded</span>;
}
