import { replaceEqualDeep } from '@tanstack/react-router';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import type { Target } from './urls';

interface Crumb {
  label: string;
  /** Props for the router's Link, from urls.ts. */
  link: Target;
}

interface Page {
  title: string;
  parents?: readonly Crumb[];
  /** Workbenches fold the navigation to a rail: they need the width. */
  rail?: boolean;
}

const watchers = new Set<() => void>();
let current: Page = { title: '' };

/** Names the page in the header, in the window's title, and says whether it is a workbench. */
export function usePage(page: Page): void {
  // Callers build it anew each time; it counts as another page only when it says something else.
  const kept = useRef(page);
  const named = replaceEqualDeep(kept.current, page);
  kept.current = named;
  useEffect(() => {
    current = named;
    document.title = current.title ? `${current.title} · Plumbline` : 'Plumbline';
    for (const watcher of watchers) watcher();
  }, [named]);
}

const subscribe = (watcher: () => void) => {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
};
export const useCurrentPage = (): Page => useSyncExternalStore(subscribe, () => current);
