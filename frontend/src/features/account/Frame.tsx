import type { ReactNode } from 'react';
import { Notice } from '@/ui';
import c from './Frame.module.css';

/** The page before sign-in: the line is the brand's one gesture. */
export function Frame(p: { title: string; lead?: ReactNode; foot?: ReactNode; children: ReactNode }) {
  return (
    <main className={c.page}>
      <div className={c.box}>
        <span className={c.line} aria-hidden />
        <div className={c.brand}>
          <svg className={c.bob} width="30" height="48" viewBox="0 0 30 48" aria-hidden="true">
            <path d="M15 0v10" stroke="var(--pl-accent)" strokeWidth="1.5" />
            <rect x="11.5" y="8" width="7" height="5" rx="1.5" fill="var(--pl-accent)" />
            <path d="M7 14.5h16q1.5 0 1.2 1.5l-1.7 9L15 47l-7.5-22-1.7-9q-.3-1.5 1.2-1.5z" fill="var(--pl-accent)" />
            <path d="M15 14.5h8q1.5 0 1.2 1.5l-1.7 9L15 47z" fill="#000" opacity=".14" />
          </svg>
          <h1>{p.title}</h1>
          {p.lead && <p>{p.lead}</p>}
        </div>
        {p.children}
        {p.foot && <p className={c.foot}>{p.foot}</p>}
      </div>
    </main>
  );
}

/** A form in the card; what was refused stands above the button. */
export function Card(p: { onSubmit: () => void; problem?: string; children: ReactNode }) {
  return (
    <form
      className={c.card}
      onSubmit={(event) => {
        event.preventDefault();
        p.onSubmit();
      }}
    >
      {p.children}
      {p.problem && (
        <div role="alert">
          <Notice tone="fail">{p.problem}</Notice>
        </div>
      )}
    </form>
  );
}
