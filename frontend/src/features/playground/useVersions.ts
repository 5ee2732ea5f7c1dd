import { useCallback, useState } from 'react';
import { useClient, useQuery } from 'urql';
import { type PlaygroundVersionLineFragment, PlaygroundVersionsDocument } from '@/gql/graphql';

const PAGE = 30;

/** The history of a prompt, newest first, a page at a time. */
export function useVersions(projectId: string, name: string) {
  const client = useClient();
  const [{ data }, again] = useQuery({
    query: PlaygroundVersionsDocument,
    variables: { projectId, name, first: PAGE, after: null },
  });
  const first = data?.project?.prompt?.versions;
  const [older, setOlder] = useState<{ lines: PlaygroundVersionLineFragment[]; cursor: string | null } | null>(null);
  const cursor = older ? older.cursor : first?.pageInfo.hasNextPage ? (first.pageInfo.endCursor ?? null) : null;

  const reload = useCallback(() => again({ requestPolicy: 'network-only' }), [again]);
  const more = async () => {
    const answer = await client.query(PlaygroundVersionsDocument, { projectId, name, first: PAGE, after: cursor });
    const page = answer.data?.project?.prompt?.versions;
    if (page)
      setOlder({
        lines: [...(older?.lines ?? []), ...page.nodes],
        cursor: page.pageInfo.hasNextPage ? (page.pageInfo.endCursor ?? null) : null,
      });
  };
  const seen = new Set<number>();
  const lines = [...(first?.nodes ?? []), ...(older?.lines ?? [])].filter(
    (line) => !seen.has(line.number) && seen.add(line.number),
  );
  return { lines, total: first?.totalCount ?? lines.length, reload, more: cursor ? () => void more() : undefined };
}
