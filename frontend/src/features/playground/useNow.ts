import { useEffect, useState } from 'react';

/** The page's clock in milliseconds, told anew every `every` milliseconds while `on` holds. */
export function useNow(every: number, on: boolean): number {
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    if (!on) return;
    setNow(performance.now());
    const timer = setInterval(() => setNow(performance.now()), every);
    return () => clearInterval(timer);
  }, [every, on]);
  return now;
}
