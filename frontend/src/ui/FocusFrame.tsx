import type { ReactNode } from 'react';
import c from './FocusFrame.module.css';
import shared from './frame.module.css';

/** One bar, no navigation, no project names: for people who only review, and for everybody while they review. */
export function FocusFrame({ bar, children }: { bar: ReactNode; children: ReactNode }) {
  return (
    <div className={c.focus}>
      <a href="#main" className={shared.skip}>
        Skip to content
      </a>
      <header className={c.focusTop}>{bar}</header>
      <main id="main" tabIndex={-1} className={shared.main}>
        {children}
      </main>
    </div>
  );
}
