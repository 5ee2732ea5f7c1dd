import { type ReactNode, useState } from 'react';
import c from './JsonView.module.css';

/** Children of a node shown at first; the rest behind a button, so that a long array costs nothing. */
const shown = 100;

function Branch({ name, value, depth, last }: { name?: string; value: object; depth: number; last: boolean }) {
  const [open, setOpen] = useState(depth < 3);
  const [limit, setLimit] = useState(shown);
  const list = Array.isArray(value);
  const entries = Object.entries(value);
  const [before, after] = list ? '[]' : '{}';
  return (
    <div>
      <button
        type="button"
        className={c.toggle}
        aria-expanded={open}
        aria-label={`${open ? 'Collapse' : 'Expand'} ${name ?? 'value'}`}
        onClick={() => setOpen(!open)}
      >
        {open ? '▾' : '▸'}
      </button>
      <Name name={name} />
      <span className={c.mark}>
        {before}
        {!open && ` ${entries.length} ${list ? 'items' : 'keys'} ${after}${last ? '' : ','}`}
      </span>
      {open && (
        <>
          <div className={c.children}>
            {entries.slice(0, limit).map(([key, child], i) => (
              <Value
                key={key}
                name={list ? undefined : key}
                value={child}
                depth={depth + 1}
                last={i === entries.length - 1}
              />
            ))}
            {entries.length > limit && (
              <button type="button" className={c.more} onClick={() => setLimit(limit + 10 * shown)}>
                {entries.length - limit} more
              </button>
            )}
          </div>
          <span className={c.mark}>
            {after}
            {!last && ','}
          </span>
        </>
      )}
    </div>
  );
}

const Name = ({ name }: { name?: string }): ReactNode =>
  name === undefined ? null : (
    <>
      <span className={c.name}>{name}</span>
      <span className={c.mark}>: </span>
    </>
  );

function Value(p: { name?: string; value: unknown; depth: number; last: boolean }) {
  if (p.value !== null && typeof p.value === 'object') return <Branch {...p} value={p.value} />;
  const text = typeof p.value === 'string';
  return (
    <div className={c.leaf}>
      <Name name={p.name} />
      <span className={text ? c.text : c.plain}>{text ? JSON.stringify(p.value) : String(p.value)}</span>
      {!p.last && <span className={c.mark}>,</span>}
    </div>
  );
}

/** A JSON value as a tree that opens and closes. */
export const JsonView = ({ value, label = 'JSON value' }: { value: unknown; label?: string }) => (
  <div className={c.root} role="group" aria-label={label}>
    <Value value={value} depth={0} last />
  </div>
);
