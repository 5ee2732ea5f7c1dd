import { useEffect, useState } from 'react';

type Clock = () => number;

/** Compares with times that the server or another page wrote. */
export const wallClock: Clock = () => Date.now();
/** Measures what happens on this page; nobody can set it back. */
export const pageClock: Clock = () => performance.now();

/** What the clock says in milliseconds, read anew every `every` milliseconds while `on` holds. */
export function useNow(clock: Clock, every: number, on = true): number {
  const [now, setNow] = useState(clock);
  useEffect(() => {
    if (!on) return;
    setNow(clock());
    const timer = setInterval(() => setNow(clock()), every);
    return () => clearInterval(timer);
  }, [clock, every, on]);
  return now;
}
