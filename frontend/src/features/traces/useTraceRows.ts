import { useCallback, useRef } from 'react';
import { useClient, useSubscription } from 'urql';
import { TraceArrivedDocument, type TraceFilter, TraceListDocument, type TraceRowFragment } from '@/gql/graphql';
import { arrive, release } from '@/lib/rows';
import { usePages } from '@/lib/usePages';

export type TraceRow = TraceRowFragment;
const PAGE = 100;

/**
 * The traces that match, page after page, with those that arrive meanwhile. `conditions` is the filter without its time
 * range, which the live stream has no use for; another object in `where` is another question. `hold` keeps arrivals
 * back while the person reads further down.
 */
export function useTraceRows(p: {
  projectId: string;
  where: TraceFilter;
  conditions: TraceFilter;
  live: boolean;
  hold: boolean;
}) {
  const { projectId, where } = p;
  const client = useClient();
  const ask = useCallback(
    async (after: string | null) => {
      const { data, error } = await client.query(
        TraceListDocument,
        { projectId, first: PAGE, after, where },
        { requestPolicy: 'network-only' },
      );
      const page = data?.project?.traces;
      // Rows that lack a field are still worth showing.
      return page ? { page } : { error };
    },
    [client, projectId, where],
  );
  const { change, ...pages } = usePages<TraceRow>(ask);
  const hold = useRef(p.hold);
  hold.current = p.hold;
  useSubscription(
    {
      query: TraceArrivedDocument,
      variables: { projectId, where: p.conditions },
      pause: !p.live || !pages.current,
    },
    (_: unknown, data) => {
      const row = data.traceUpdated;
      if (row) change((rows) => arrive(rows, row, hold.current));
      return data;
    },
  );
  return { ...pages, release: useCallback(() => change(release), [change]) };
}
