import { useCallback, useEffect, useRef, useState } from 'react';
import type { CombinedError } from 'urql';
import { append, type Connection, noRows, type Rows } from './rows';

/** Asks for the page after a cursor. Another function is another question: the list starts again. */
export type Ask<T> = (after: string | null) => Promise<{ page?: Connection<T> | null; error?: CombinedError }>;

interface Pages<T> extends Rows<T> {
  /** False while the rows answer the question before, or none yet. */
  current: boolean;
  loading: boolean;
  /** Why the newest question has no answer. */
  error: CombinedError | undefined;
  more: () => void;
  reload: () => void;
  change: (step: (rows: Rows<T>) => Rows<T>) => void;
}

interface Answered<T> extends Rows<T> {
  question: Ask<T> | null;
  error: CombinedError | undefined;
}

/** A list page after page; with `wait` nothing is asked before somebody wants more. */
export function usePages<T extends { id: string }>(ask: Ask<T>, { wait = false } = {}): Pages<T> {
  const [{ question, error, ...rows }, setAnswered] = useState<Answered<T>>({
    ...noRows,
    question: null,
    error: undefined,
  });
  const [loading, setLoading] = useState(!wait);
  const busy = useRef(false);
  const newest = useRef(0);

  const load = useCallback(
    async (after: string | null) => {
      const turn = ++newest.current;
      busy.current = true;
      setLoading(true);
      const answer = await ask(after);
      // Somebody asked for something else meanwhile.
      if (turn !== newest.current) return;
      busy.current = false;
      setLoading(false);
      setAnswered((before) => {
        const { page } = answer;
        const known = before.question === ask ? before : { ...noRows, question: null };
        if (!page) return { ...known, error: answer.error };
        return { ...append(after === null ? noRows : known, page), question: ask, error: answer.error };
      });
    },
    [ask],
  );
  useEffect(() => {
    if (!wait) void load(null);
    return () => {
      newest.current++;
      busy.current = false;
    };
  }, [load, wait]);

  const current = question === ask;
  const { next } = rows;
  const more = useCallback(() => {
    if (busy.current) return;
    if (current && next !== null) void load(next);
    else if (!current && wait) void load(null);
  }, [current, next, wait, load]);
  const reload = useCallback(() => void load(null), [load]);
  const change = useCallback(
    (step: (rows: Rows<T>) => Rows<T>) => setAnswered((before) => ({ ...before, ...step(before) })),
    [],
  );
  return { ...rows, current, loading, error, more, reload, change };
}
