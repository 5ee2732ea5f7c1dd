import { useCallback, useEffect, useRef } from 'react';

/** Seconds the shown item has been looked at; time with the page hidden does not count. */
export function useStopwatch(item: string | undefined): () => number {
  const clock = useRef({ before: 0, since: 0 });
  useEffect(() => {
    clock.current = { before: 0, since: performance.now() };
    const onVisibility = () => {
      const { before, since } = clock.current;
      const now = performance.now();
      clock.current = document.hidden ? { before: before + (now - since), since: now } : { before, since: now };
    };
    document.addEventListener('visibilitychange', onVisibility);
    return () => document.removeEventListener('visibilitychange', onVisibility);
  }, [item]);
  return useCallback(() => {
    const { before, since } = clock.current;
    const ms = document.hidden ? before : before + performance.now() - since;
    return Math.round(ms / 100) / 10;
  }, []);
}
