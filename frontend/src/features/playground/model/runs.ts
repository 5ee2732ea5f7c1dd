import type { RunStatus } from '@/gql/graphql';

interface RunFacts {
  durationMs?: number | null;
  timeToFirstTokenMs?: number | null;
  costUsd?: string | null;
  tokens?: { input: number; output: number } | null;
}

interface RunError {
  message: string;
  code?: string | null;
  retryable?: boolean;
}

/** One column: a version, and the last run of it on the present inputs. */
export interface Column {
  key: string;
  /** A saved version, or nothing for what is being edited. */
  number: number | null;
  status: 'IDLE' | 'STARTING' | RunStatus;
  runId?: string;
  /** The version the run belongs to: the server says it when an edit was saved first. */
  ranNumber?: number;
  text: string;
  startedAt?: number;
  firstWordMs?: number;
  facts?: RunFacts;
  error?: RunError;
  traceId?: string | null;
}

export type RunEvent =
  | { type: 'add'; key: string; number: number | null }
  | { type: 'remove'; key: string }
  | { type: 'show'; key: string; number: number | null }
  | { type: 'starting'; key: string; now: number }
  | { type: 'started'; key: string; runId: string; number: number }
  | { type: 'delta'; runId: string; text: string; now: number }
  | {
      type: 'finished';
      runId: string;
      status: RunStatus;
      output?: string | null;
      facts: RunFacts;
      error?: RunError | null;
      traceId?: string | null;
    }
  | { type: 'failed'; key: string; error: RunError };

export const MAX_COLUMNS = 4;
export const column = (key: string, number: number | null): Column => ({ key, number, status: 'IDLE', text: '' });
export const isBusy = (c: Column): boolean => c.status === 'STARTING' || c.status === 'RUNNING';

export function runs(columns: readonly Column[], event: RunEvent): readonly Column[] {
  switch (event.type) {
    case 'add':
      return columns.length >= MAX_COLUMNS ? columns : insert(columns, column(event.key, event.number));
    case 'remove':
      return columns.length === 1 ? columns : columns.filter((c) => c.key !== event.key);
    default:
      return columns.map((c) => next(c, event));
  }
}

/** Saved versions stand left of what is being edited: what is new reads from left to right. */
function insert(columns: readonly Column[], added: Column): readonly Column[] {
  const edit = columns.findIndex((c) => c.number === null);
  return added.number === null || edit < 0 ? [...columns, added] : columns.toSpliced(edit, 0, added);
}

function next(c: Column, event: RunEvent): Column {
  if ('key' in event ? event.key !== c.key : event.runId !== c.runId) return c;
  switch (event.type) {
    case 'show':
      return column(c.key, event.number);
    case 'starting':
      return { ...column(c.key, c.number), status: 'STARTING', startedAt: event.now };
    case 'started':
      return { ...c, status: 'RUNNING', runId: event.runId, ranNumber: event.number };
    case 'delta':
      // A delta after the end would repeat text that the finished run already holds.
      return c.status === 'RUNNING'
        ? { ...c, text: c.text + event.text, firstWordMs: c.firstWordMs ?? event.now - (c.startedAt ?? event.now) }
        : c;
    case 'finished':
      return {
        ...c,
        status: event.status,
        text: event.output ?? c.text,
        facts: event.facts,
        error: event.error ?? undefined,
        traceId: event.traceId,
      };
    case 'failed':
      return { ...c, status: 'FAILED', error: event.error };
    default:
      return c;
  }
}
