import type { MouseEvent, ReactNode } from 'react';
import { Count, type Tone } from './Chip';
import c from './PageTabs.module.css';

export interface PageTab {
  href: string;
  label: ReactNode;
  count?: ReactNode;
  tone?: Tone;
  current?: boolean;
  onClick?: (event: MouseEvent) => void;
}

/** Parts of one page, each with an address of its own. Plain anchors: several may share a path. */
export const PageTabs = ({ label, items }: { label: string; items: PageTab[] }) => (
  <nav className={c.tabs} aria-label={label}>
    {items.map((tab) => (
      <a key={tab.href} href={tab.href} aria-current={tab.current ? 'page' : undefined} onClick={tab.onClick}>
        {tab.label}
        {tab.count != null && <Count tone={tab.tone}>{tab.count}</Count>}
      </a>
    ))}
  </nav>
);
