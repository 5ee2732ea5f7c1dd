import { useMemo } from 'react';
import { useQuery } from 'urql';
import { TraceVolumeDocument } from '@/gql/graphql';
import { type TraceSearch, volumeFilter, wholeRange } from './model/filters';
import { bars, bucketFor } from './model/histogram';

/** How many traces there were when, as far as the filters hold for all their spans, and how many in all. */
export function useVolume(projectId: string, filters: TraceSearch, now: number) {
  const range = wholeRange(filters, now);
  const from = Date.parse(range.from);
  const bucket = bucketFor(now - from);
  const [{ data }] = useQuery({
    query: TraceVolumeDocument,
    variables: { projectId, range, bucket, where: volumeFilter(filters), everything: { range } },
  });
  const histogram = useMemo(() => bars(data?.project?.stats ?? [], bucket, from, now), [data, bucket, from, now]);
  // A trace that runs on into the next bar counts in both: the sum of the bars is no count of traces.
  return { histogram, everything: data?.project?.everything?.totalCount ?? null };
}
