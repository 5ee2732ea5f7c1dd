import { useQuery } from 'urql';
import { TraceCommentsDocument } from '@/gql/graphql';
import { useProject } from '@/lib/viewer';

/** An empty list has nothing in it that a new comment could outdate, so it is said what the list holds. */
export const ofComments = { additionalTypenames: ['Comment'] };

/** What people said to each other about a trace. */
export function useTraceComments(traceId: string) {
  const project = useProject();
  const [{ data, error, fetching }, again] = useQuery({
    query: TraceCommentsDocument,
    variables: { projectId: project.id, traceId },
    requestPolicy: 'cache-and-network',
    context: ofComments,
  });
  const threads = data?.project?.trace?.comments;
  const count = threads?.reduce((sum, thread) => sum + 1 + thread.replies.length, 0) ?? 0;
  return { threads, count, error, fetching, again: () => again({ requestPolicy: 'network-only' }) };
}
