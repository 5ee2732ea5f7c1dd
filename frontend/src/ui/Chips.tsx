import type { ReactNode } from 'react';
import c from './Chips.module.css';

/** Facts beside each other, on as many lines as they need. */
export const Chips = ({ children }: { children: ReactNode }) => <span className={c.chips}>{children}</span>;
