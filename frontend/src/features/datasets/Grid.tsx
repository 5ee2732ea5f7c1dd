import { Checkbox } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { DatasetRowFragment } from '@/gql/graphql';
import { Cell, itemOf } from './Cell';
import { CellEditor } from './CellEditor';
import c from './Grid.module.css';
import { type Cursor, cellText, type GridColumn, isEditable, moveCursor, moveOf, wideInputs } from './model/grid';

const ROW = 48;
/** Items looked at to see which inputs are sentences. */
const SAMPLE = 40;
const width: Record<Exclude<GridColumn['kind'], 'input'>, string> = {
  expected: 'minmax(180px, 1.8fr)',
  label: '88px',
  split: '100px',
  from: '150px',
};
const columnTitle = (column: GridColumn): string =>
  ({
    input: column.kind === 'input' ? column.name : '',
    expected: 'Expected answer',
    label: 'Label',
    split: 'Split',
    from: 'From',
  })[column.kind];

/** A virtual grid: arrows move, ↵ edits, Space selects; only what is in view is in the page. */
export function Grid(p: {
  rows: readonly DatasetRowFragment[];
  total: number;
  columns: readonly GridColumn[];
  splits: readonly string[];
  selected: ReadonlySet<string>;
  readOnly: boolean;
  onSelect: (ids: ReadonlySet<string>) => void;
  onEdit: (row: DatasetRowFragment, column: GridColumn, text: string) => void;
  onEnd: () => void;
  onRange: (first: number, last: number) => void;
}) {
  const { rows, columns, selected } = p;
  const scroll = useRef<HTMLDivElement>(null);
  const [cursor, setCursor] = useState<Cursor>({ row: 0, column: 0 });
  const [editing, setEditing] = useState(false);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW,
    overscan: 8,
    getItemKey: (i) => rows[i]?.id ?? i,
  });
  const shown = virtual.getVirtualItems();
  const first = shown[0]?.index ?? 0;
  const last = shown.at(-1)?.index ?? 0;
  const { onEnd, onRange } = p;
  useEffect(() => {
    if (last >= rows.length - 40) onEnd();
  }, [last, rows.length, onEnd]);
  useEffect(() => {
    const from = Math.floor((scroll.current?.scrollTop ?? 0) / ROW);
    const seen = Math.ceil((scroll.current?.clientHeight ?? 0) / ROW) || last - first + 1;
    onRange(rows.length ? from + 1 : 0, Math.min(rows.length, from + seen));
  }, [first, last, rows.length, onRange]);

  const go = (to: Cursor) => {
    setCursor(to);
    virtual.scrollToIndex(to.row);
  };
  const toggle = (id: string) => {
    const next = new Set(selected);
    if (!next.delete(id)) next.add(id);
    p.onSelect(next);
  };
  const leave = () => {
    setEditing(false);
    scroll.current?.focus({ preventScroll: true });
  };
  const edit = (at: Cursor) => {
    if (p.readOnly || !isEditable(columns[at.column])) return;
    setCursor(at);
    setEditing(true);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || editing) return;
    if (event.target !== scroll.current) return;
    const move = moveOf(event.key);
    if (move) {
      event.preventDefault();
      go(moveCursor(cursor, move, rows.length, columns.length));
    } else if (event.key === 'Enter' || event.key === 'F2') {
      event.preventDefault();
      edit(cursor);
    } else if (event.key === ' ') {
      event.preventDefault();
      const row = rows[cursor.row];
      if (row) toggle(row.id);
    }
  };
  const allChosen = rows.length > 0 && rows.every((r) => selected.has(r.id));
  const wide = wideInputs(rows.slice(0, SAMPLE).map(itemOf));
  const widthOf = (column: GridColumn) =>
    column.kind !== 'input' ? width[column.kind] : wide.has(column.name) ? 'minmax(160px, 1.3fr)' : '124px';
  const template = `48px ${columns.map(widthOf).join(' ')}`;
  const cellId = (row: number, column: number) => `cell-${rows[row]?.id}-${column}`;
  const cursorShown = shown.some((item) => item.index === cursor.row);
  return (
    <div
      ref={scroll}
      className={c.scroll}
      role="grid"
      aria-label="Items"
      aria-rowcount={p.total + 1}
      aria-colcount={columns.length + 1}
      aria-multiselectable="true"
      aria-readonly={p.readOnly || undefined}
      aria-activedescendant={cursorShown && !editing ? cellId(cursor.row, cursor.column) : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <div role="rowgroup" className={c.gridHead}>
        <div role="row" aria-rowindex={1} className={c.gridRow} style={{ gridTemplateColumns: template }}>
          <div role="columnheader">
            <Checkbox
              aria-label="Select all loaded items"
              checked={allChosen}
              indeterminate={!allChosen && selected.size > 0}
              onChange={() => p.onSelect(allChosen ? new Set() : new Set(rows.map((r) => r.id)))}
            />
          </div>
          {columns.map((column) => (
            <div role="columnheader" key={columnTitle(column)} className="truncate">
              {columnTitle(column)} {column.kind === 'input' && <small>input</small>}
            </div>
          ))}
        </div>
      </div>
      <div role="rowgroup" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {shown.map((item) => {
          const row = rows[item.index];
          if (!row) return null;
          return (
            <div
              role="row"
              key={item.key}
              aria-rowindex={item.index + 2}
              aria-selected={selected.has(row.id)}
              className={c.gridRow}
              data-item
              style={{ gridTemplateColumns: template, transform: `translateY(${item.start}px)` }}
            >
              <div role="gridcell">
                <Checkbox
                  tabIndex={-1}
                  aria-label={`Select item ${item.index + 1}`}
                  checked={selected.has(row.id)}
                  onChange={() => toggle(row.id)}
                />
              </div>
              {columns.map((column, i) => {
                const here = item.index === cursor.row && i === cursor.column;
                return (
                  <div
                    role="gridcell"
                    key={columnTitle(column)}
                    id={cellId(item.index, i)}
                    data-here={here || undefined}
                    onClick={() => setCursor({ row: item.index, column: i })}
                    onDoubleClick={() => edit({ row: item.index, column: i })}
                  >
                    {here && editing ? (
                      <CellEditor
                        column={column}
                        text={cellText(itemOf(row), column)}
                        label={columnTitle(column)}
                        splits={p.splits}
                        onLeave={leave}
                        onSave={(text, then) => {
                          leave();
                          p.onEdit(row, column, text);
                          if (then !== 'stay') go(moveCursor(cursor, then, rows.length, columns.length));
                        }}
                      />
                    ) : (
                      <Cell row={row} column={column} />
                    )}
                  </div>
                );
              })}
            </div>
          );
        })}
      </div>
    </div>
  );
}
