import { type Dispatch, useEffect, useRef } from 'react';
import { useClient } from 'urql';
import { type AssignmentFragment, RenewLeaseDocument } from '@/gql/graphql';
import { leaseStep } from './model/lease';
import type { SessionAction } from './model/session';

const signs = ['keydown', 'pointerdown', 'pointermove', 'scroll', 'touchstart'] as const;

/** Renews the lease of the shown item while the reviewer is active. */
export function useLease(
  assignment: AssignmentFragment | null,
  queueId: string,
  dispatch: Dispatch<SessionAction>,
): void {
  const client = useClient();
  const lastActivity = useRef(Date.now());
  useEffect(() => {
    const active = () => {
      lastActivity.current = Date.now();
    };
    for (const sign of signs) window.addEventListener(sign, active, { passive: true, capture: true });
    return () => {
      for (const sign of signs) window.removeEventListener(sign, active, { capture: true });
    };
  }, []);

  const id = assignment?.id;
  const leaseExpiresAt = assignment?.leaseExpiresAt;
  useEffect(() => {
    if (!id || !leaseExpiresAt) return;
    const lease = { takenAt: Date.now(), expiresAt: Date.parse(leaseExpiresAt) };
    let timer: ReturnType<typeof setTimeout>;
    let over = false;
    const step = async () => {
      const next = leaseStep(lease, lastActivity.current, Date.now());
      if (next.do === 'wait') timer = setTimeout(step, next.for);
      else if (next.do === 'expired') dispatch({ type: 'expired' });
      else {
        const { data } = await client.mutation(RenewLeaseDocument, { input: { queueId } });
        const held = data?.claimNextReview.assignment;
        if (over) return;
        if (held?.id === id && held.leaseExpiresAt !== leaseExpiresAt)
          dispatch({ type: 'renewed', id, leaseExpiresAt: held.leaseExpiresAt });
        else timer = setTimeout(step, 15_000);
      }
    };
    void step();
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [client, id, leaseExpiresAt, queueId, dispatch]);
}
