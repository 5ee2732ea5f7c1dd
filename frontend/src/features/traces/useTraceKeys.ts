import type { RefObject } from 'react';
import { useKeys } from '@/lib/keys';
import type { TraceRow } from './useTraceRows';

/** The keys of the list; `here` is the trace they are about. */
export function useTraceKeys(p: {
  searchField: RefObject<HTMLInputElement | null>;
  here: TraceRow | undefined;
  onMove: (step: number) => void;
  onOpen: (row: TraceRow) => void;
  onToggle: (id: string) => void;
  /** Only for those who may. */
  onQueue?: () => void;
  onLive: () => void;
}) {
  const { here, onQueue } = p;
  useKeys([
    { keys: '/', label: 'Search', run: () => p.searchField.current?.focus() },
    { keys: 'j', label: 'Next trace', run: () => p.onMove(1) },
    { keys: 'k', label: 'Trace before', run: () => p.onMove(-1) },
    { keys: 'enter', label: 'Open', run: () => here && p.onOpen(here) },
    { keys: 'x', label: 'Select', run: () => here && p.onToggle(here.id) },
    ...(onQueue ? [{ keys: 'q', label: 'Add to a queue', run: onQueue }] : []),
    { keys: 'l', label: 'Live on or off', run: p.onLive },
  ]);
}
