import type { ReactNode } from 'react';
import c from './Panel.module.css';

/** A card with a title, a dim note and actions at the right. */
export function Panel(p: {
  title?: string;
  note?: ReactNode;
  actions?: ReactNode;
  /** Draws a line under the head: for lists that start at the edge. */
  line?: boolean;
  className?: string;
  /** Accessible name where no title is shown. */
  label?: string;
  children: ReactNode;
}) {
  return (
    <section className={`${c.panel} ${p.className ?? ''}`} aria-label={p.title ?? p.label}>
      {p.title && (
        <div className={c.panelHead} data-line={p.line || undefined}>
          <h2 className={c.panelTitle}>{p.title}</h2>
          {p.note && <span className={`${c.panelNote} num truncate`}>{p.note}</span>}
          {p.actions && <div className={c.panelActions}>{p.actions}</div>}
        </div>
      )}
      {p.children}
    </section>
  );
}

export function PageHead({ title, children, actions }: { title: string; children?: ReactNode; actions?: ReactNode }) {
  return (
    <div className={c.pageHead}>
      <h1 className={c.title}>{title}</h1>
      {children}
      {actions && <div className={c.panelActions}>{actions}</div>}
    </div>
  );
}
