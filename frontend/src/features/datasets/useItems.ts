import { useCallback, useEffect } from 'react';
import { type CombinedError, useClient } from 'urql';
import { DatasetItemsDocument, type DatasetRowFragment } from '@/gql/graphql';
import { usePages } from '@/lib/usePages';

const PAGE = 200;

export interface Items {
  rows: readonly DatasetRowFragment[];
  /** On the server; more than `rows` while not everything is loaded. */
  total: number;
  loading: boolean;
  complete: boolean;
  error: CombinedError | undefined;
  more: () => void;
  reload: () => void;
  /** Shows changed rows; rows that are left out count as removed. */
  replace: (rows: readonly DatasetRowFragment[]) => void;
}

/** The items of a dataset or of one of its snapshots, a page at a time; everything when `all` is asked for. */
export function useItems(p: {
  projectId: string;
  id: string;
  version: number | null;
  split: string | null;
  all: boolean;
}): Items {
  const { projectId, id, version, split, all } = p;
  const client = useClient();
  const ask = useCallback(
    async (after: string | null) => {
      const { data, error } = await client.query(
        DatasetItemsDocument,
        { projectId, id, first: PAGE, after, version, split },
        { requestPolicy: 'network-only' },
      );
      return { page: data?.project?.dataset?.items, error };
    },
    [client, projectId, id, version, split],
  );
  const { rows, total, next, current, loading, error, more: askMore, reload, change } = usePages(ask);
  const more = useCallback(() => {
    // The end of the grid and an export ask by themselves: what failed waits for a person.
    if (!error) askMore();
  }, [error, askMore]);
  useEffect(() => {
    if (all) more();
  }, [all, more]);

  const replace = useCallback(
    (rows: readonly DatasetRowFragment[]) =>
      change((s) => ({ ...s, rows, total: (s.total ?? 0) - (s.rows.length - rows.length) })),
    [change],
  );
  return {
    rows: current ? rows : [],
    total: (current && total) || 0,
    complete: current && next === null,
    loading: loading || !current,
    error,
    more,
    reload,
    replace,
  };
}
