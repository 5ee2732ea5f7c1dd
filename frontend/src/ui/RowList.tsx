import type { ReactNode } from 'react';
import c from './RowList.module.css';

/** A framed list, a row an entry: each says its name in bold and what it is about in small. */
export const RowList = ({ inset, children }: { inset?: boolean; children: ReactNode }) => (
  <ul className={c.list} data-inset={inset || undefined}>
    {children}
  </ul>
);
