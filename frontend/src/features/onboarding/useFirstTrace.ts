import { useState } from 'react';
import { useQuery, useSubscription } from 'urql';
import { FirstTraceArrivedDocument, FirstTracesDocument } from '@/gql/graphql';

interface FirstTrace {
  traceId: string;
  name: string;
}

/** The first trace of the project: there already, or the moment it arrives. */
export function useFirstTrace(projectId: string): FirstTrace | undefined {
  const [arrived, setArrived] = useState<FirstTrace>();
  const [there] = useQuery({ query: FirstTracesDocument, variables: { projectId }, requestPolicy: 'network-only' });
  const first = there.data?.project?.traces.nodes[0] ?? arrived;
  useSubscription(
    { query: FirstTraceArrivedDocument, variables: { projectId }, pause: first !== undefined },
    (_: unknown, data) => {
      setArrived(data.traceUpdated);
      return data;
    },
  );
  return first;
}
