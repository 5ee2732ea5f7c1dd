import { useCallback, useEffect, useReducer, useRef } from 'react';
import { type CombinedError, useClient, useSubscription } from 'urql';
import { TraceArrivedDocument, type TraceFilter, TraceListDocument, type TraceRowFragment } from '@/gql/graphql';

export type TraceRow = TraceRowFragment;
const pageSize = 100;

interface Rows {
  /** The filter these rows answer. */
  key: TraceFilter | null;
  rows: readonly TraceRow[];
  /** Arrived while the person was reading; shown when they ask. */
  held: readonly TraceRow[];
  total: number | null;
  cursor: string | null;
  more: boolean;
  error?: CombinedError;
}

type Step =
  | {
      type: 'page';
      key: TraceFilter;
      first: boolean;
      nodes: readonly TraceRow[];
      total: number | null;
      cursor: string | null;
      more: boolean;
    }
  | { type: 'failed'; key: TraceFilter; error: CombinedError }
  | { type: 'arrived'; trace: TraceRow; hold: boolean }
  | { type: 'release' };

const none: Rows = { key: null, rows: [], held: [], total: 0, cursor: null, more: false };

/** A trace that is listed already is replaced where it stands: it has grown. */
function place(rows: readonly TraceRow[], trace: TraceRow): readonly TraceRow[] | undefined {
  const at = rows.findIndex((row) => row.id === trace.id);
  return at < 0 ? undefined : rows.with(at, trace);
}

export function reduce(state: Rows, step: Step): Rows {
  switch (step.type) {
    case 'page': {
      const { nodes, key, total, cursor, more } = step;
      const kept = step.first || state.key !== key ? [] : state.rows;
      const known = new Set(kept.map((row) => row.id));
      return {
        key,
        total,
        cursor,
        more,
        held: step.first ? [] : state.held,
        rows: [...kept, ...nodes.filter((row) => !known.has(row.id))],
      };
    }
    case 'failed':
      return { ...none, key: step.key, error: step.error };
    case 'arrived': {
      const rows = place(state.rows, step.trace);
      if (rows) return { ...state, rows };
      const held = place(state.held, step.trace);
      if (held) return { ...state, held };
      const total = state.total === null ? null : state.total + 1;
      return step.hold
        ? { ...state, total, held: [step.trace, ...state.held] }
        : { ...state, total, rows: [step.trace, ...state.held, ...state.rows], held: [] };
    }
    case 'release':
      return { ...state, rows: [...state.held, ...state.rows], held: [] };
  }
}

/**
 * The traces that match, page after page, with those that arrive meanwhile. `conditions` is the filter without its time
 * range, which the live stream has no use for; another object in `where` is another question. `hold` keeps arrivals back while the person reads further down.
 */
export function useTraceRows(p: {
  projectId: string;
  where: TraceFilter;
  conditions: TraceFilter;
  live: boolean;
  hold: boolean;
}) {
  const client = useClient();
  const [state, dispatch] = useReducer(reduce, none);
  const key = p.where;
  const loading = useRef(false);
  const hold = useRef(p.hold);
  hold.current = p.hold;

  const load = useCallback(
    async (after: string | null) => {
      loading.current = true;
      const answer = await client
        .query(
          TraceListDocument,
          { projectId: p.projectId, first: pageSize, after, where: key },
          { requestPolicy: 'network-only' },
        )
        .toPromise();
      loading.current = false;
      const page = answer.data?.project?.traces;
      if (!page) return answer.error && dispatch({ type: 'failed', key, error: answer.error });
      const { hasNextPage, endCursor } = page.pageInfo;
      dispatch({
        type: 'page',
        key,
        first: after === null,
        nodes: page.nodes,
        total: page.totalCount,
        cursor: endCursor,
        more: hasNextPage,
      });
    },
    [client, key, p.projectId],
  );
  useEffect(() => void load(null), [load]);

  useSubscription(
    {
      query: TraceArrivedDocument,
      variables: { projectId: p.projectId, where: p.conditions },
      pause: !p.live || state.key !== key,
    },
    (_: unknown, data) => {
      if (data.traceUpdated) dispatch({ type: 'arrived', trace: data.traceUpdated, hold: hold.current });
      return data;
    },
  );

  return {
    ...state,
    /** False while the rows still answer the filter before. */
    current: state.key === key,
    loadMore: () => {
      if (state.key === key && state.more && !loading.current) void load(state.cursor);
    },
    release: () => dispatch({ type: 'release' }),
    reload: () => void load(null),
  };
}
