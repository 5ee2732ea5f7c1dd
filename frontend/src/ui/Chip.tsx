import type { ReactNode } from 'react';
import c from './Chip.module.css';

export type Tone = 'accent' | 'pass' | 'fail' | 'warn';

/** A fact: a label, a version, an environment. */
export const Chip = ({ tone, children, title }: { tone?: Tone; children: ReactNode; title?: string }) => (
  <span className={`${c.chip} ${c.tone}`} data-tone={tone} title={title}>
    {children}
  </span>
);

/** A number on a tab or a link. */
export const Count = ({ tone, children }: { tone?: Tone; children: ReactNode }) => (
  <span className={`${c.count} num`} data-tone={tone}>
    {children}
  </span>
);

/** One key of the keyboard; shown only where the key works. `solid` is for keys that sit on a filled button. */
export const Key = ({ children, solid }: { children: ReactNode; solid?: boolean }) => (
  <kbd className={c.key} data-on={solid ? 'solid' : undefined}>
    {children}
  </kbd>
);

/** One sentence plus what to do, inside the card it concerns. */
export const Notice = ({ tone, icon, children }: { tone?: Tone; icon?: ReactNode; children: ReactNode }) => (
  <div className={`${c.notice} ${c.tone}`} data-tone={tone} role="note">
    {icon}
    <div>{children}</div>
  </div>
);
