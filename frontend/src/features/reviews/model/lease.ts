/** A lease is renewed at half its length, and only while the reviewer is there. All times in milliseconds. */
interface Lease {
  takenAt: number;
  expiresAt: number;
}

/** Without a key, pointer or scroll for this long the reviewer counts as away. */
export const AWAY_AFTER = 5 * 60_000;
/** Never ask more often than this, whatever the lease says. */
export const SHORTEST_WAIT = 15_000;

type LeaseStep = { do: 'wait'; for: number } | { do: 'renew' } | { do: 'expired' };

export function leaseStep(lease: Lease, lastActivity: number, now: number): LeaseStep {
  if (now >= lease.expiresAt) return { do: 'expired' };
  const half = lease.takenAt + (lease.expiresAt - lease.takenAt) / 2;
  if (now < half) return { do: 'wait', for: Math.max(SHORTEST_WAIT, half - now) };
  if (now - lastActivity < AWAY_AFTER) return { do: 'renew' };
  return { do: 'wait', for: Math.min(SHORTEST_WAIT, lease.expiresAt - now) };
}
