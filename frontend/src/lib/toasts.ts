import { useSyncExternalStore } from 'react';

interface Toast {
  id: number;
  tone: 'info' | 'error';
  text: string;
  action?: { label: string; run: () => void };
}

const lifeMs = 4000;
const most = 2;
const watchers = new Set<() => void>();
let toasts: readonly Toast[] = [];
let next = 1;

function set(list: readonly Toast[]): void {
  toasts = list;
  for (const watcher of watchers) watcher();
}

export const dismiss = (id: number): void => set(toasts.filter((t) => t.id !== id));

function push(toast: Omit<Toast, 'id'>, lives: number | undefined): number {
  const id = next++;
  set([...toasts, { id, ...toast }].slice(-most));
  if (lives) setTimeout(() => dismiss(id), lives);
  return id;
}

/** One line, gone after four seconds (longer with an undo). Where there is a place on the page, say it there instead. */
export const toast = (text: string, action?: Toast['action'], lives = action ? 10_000 : lifeMs): number =>
  push({ tone: 'info', text, action }, lives);

/** Stays until closed and names the next step. */
export const toastError = (text: string, action?: Toast['action']): number =>
  push({ tone: 'error', text, action }, undefined);

const subscribe = (watcher: () => void) => {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
};
export const useToasts = (): readonly Toast[] => useSyncExternalStore(subscribe, () => toasts);
