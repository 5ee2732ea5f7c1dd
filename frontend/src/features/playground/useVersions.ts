import { useCallback, useRef } from 'react';
import { useClient, useQuery } from 'urql';
import { type PlaygroundVersionLineFragment, PlaygroundVersionsDocument } from '@/gql/graphql';
import { distinct } from '@/lib/rows';
import { usePages } from '@/lib/usePages';

const PAGE = 30;

/** The history of a prompt, newest first: a first page that follows every change, older ones when somebody asks. */
export function useVersions(projectId: string, name: string) {
  const client = useClient();
  const [{ data }, again] = useQuery({
    query: PlaygroundVersionsDocument,
    variables: { projectId, name, first: PAGE, after: null },
  });
  const first = data?.project?.prompt?.versions;
  const end = useRef<string | null>(null);
  end.current = first?.pageInfo.hasNextPage ? (first.pageInfo.endCursor ?? null) : null;

  const ask = useCallback(
    async (after: string | null) => {
      const { data, error } = await client.query(PlaygroundVersionsDocument, {
        projectId,
        name,
        first: PAGE,
        after: after ?? end.current,
      });
      return { page: data?.project?.prompt?.versions, error };
    },
    [client, projectId, name],
  );
  const older = usePages<PlaygroundVersionLineFragment>(ask, { wait: true });
  const reload = useCallback(() => again({ requestPolicy: 'network-only' }), [again]);
  const lines = distinct([...(first?.nodes ?? []), ...older.rows]);
  const hasMore = (older.current ? older.next : end.current) !== null;
  return { lines, total: first?.totalCount ?? lines.length, reload, more: hasMore ? older.more : undefined };
}
