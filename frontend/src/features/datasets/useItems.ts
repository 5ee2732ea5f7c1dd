import { useCallback, useEffect, useRef, useState } from 'react';
import { type CombinedError, useClient } from 'urql';
import { DatasetItemsDocument, type DatasetRowFragment } from '@/gql/graphql';

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

interface Loaded {
  key: string;
  rows: readonly DatasetRowFragment[];
  total: number;
  cursor: string | null;
  complete: boolean;
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
  const key = JSON.stringify([projectId, id, version, split]);
  const [state, setState] = useState<Loaded>({ key: '', rows: [], total: 0, cursor: null, complete: false });
  const [error, setError] = useState<CombinedError>();
  const [loading, setLoading] = useState(true);
  const asked = useRef('');

  const load = useCallback(
    async (after: string | null, known: readonly DatasetRowFragment[]) => {
      const question = `${key} ${after ?? ''} ${known.length}`;
      if (asked.current === question) return;
      asked.current = question;
      setLoading(true);
      const answer = await client.query(
        DatasetItemsDocument,
        { projectId, id, first: PAGE, after, version, split },
        { requestPolicy: 'network-only' },
      );
      if (asked.current !== question) return;
      asked.current = '';
      setLoading(false);
      setError(answer.error);
      const page = answer.data?.project?.dataset?.items;
      if (!page) return;
      setState({
        key,
        rows: after ? [...known, ...page.nodes] : page.nodes,
        total: page.totalCount,
        cursor: page.pageInfo.endCursor ?? null,
        complete: !page.pageInfo.hasNextPage,
      });
    },
    [client, key, projectId, id, version, split],
  );
  const reload = useCallback(() => {
    asked.current = '';
    void load(null, []);
  }, [load]);
  useEffect(reload, [reload]);

  const fresh = state.key === key;
  const more = useCallback(() => {
    if (fresh && !state.complete && !loading && !error) void load(state.cursor, state.rows);
  }, [fresh, state, loading, error, load]);
  useEffect(() => {
    if (all) more();
  }, [all, more]);

  const replace = useCallback(
    (rows: readonly DatasetRowFragment[]) =>
      setState((s) => ({ ...s, rows, total: s.total - (s.rows.length - rows.length) })),
    [],
  );
  return {
    rows: fresh ? state.rows : [],
    total: fresh ? state.total : 0,
    complete: fresh && state.complete,
    loading: loading || !fresh,
    error,
    more,
    reload,
    replace,
  };
}
