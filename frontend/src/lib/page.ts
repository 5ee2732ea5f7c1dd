import { useEffect, useSyncExternalStore } from 'react';
import type { Target } from './urls';

export interface Crumb {
  label: string;
  /** Props for the router's Link, from urls.ts. */
  link: Target;
}

export interface Page {
  title: string;
  parents?: readonly Crumb[];
  /** Workbenches fold the navigation to a rail: they need the width. */
  rail?: boolean;
}

const watchers = new Set<() => void>();
let current: Page = { title: '' };

/** Names the page in the header, in the window's title, and says whether it is a workbench. */
export function usePage(page: Page): void {
  const key = JSON.stringify(page);
  useEffect(() => {
    current = JSON.parse(key) as Page;
    document.title = current.title ? `${current.title} · Plumbline` : 'Plumbline';
    for (const watcher of watchers) watcher();
  }, [key]);
}

const subscribe = (watcher: () => void) => {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
};
export const useCurrentPage = (): Page => useSyncExternalStore(subscribe, () => current);
