import type { ReactNode } from 'react';
import c from './DialogActions.module.css';

/** The buttons at the end of a dialog, the filled one last. */
export const DialogActions = ({ children }: { children: ReactNode }) => <div className={c.actions}>{children}</div>;
