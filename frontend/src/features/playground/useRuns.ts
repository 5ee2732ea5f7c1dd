import { useCallback, useEffect, useReducer, useRef } from 'react';
import { type CombinedError, useClient } from 'urql';
import {
  PlaygroundCancelDocument,
  type PlaygroundRunFactsFragment,
  PlaygroundRunStateDocument,
  PlaygroundStartDocument,
  PlaygroundStreamDocument,
} from '@/gql/graphql';
import { codeOf, sentenceOf } from '@/lib/errors';
import { type Column, isBusy, type RunEvent, runs } from './model/runs';

interface RunRequest {
  key: string;
  projectId: string;
  promptName: string;
  number: number;
  inputs: Record<string, unknown>;
  providerId: string;
  model: string;
}

const finished = (run: PlaygroundRunFactsFragment): RunEvent => ({
  type: 'finished',
  runId: run.id,
  status: run.status,
  output: run.output,
  facts: run,
  error: run.error,
});

/** Columns of results: starts runs, follows their streams, stops them. */
export function useRuns(initial: readonly Column[]) {
  const client = useClient();
  const [columns, dispatch] = useReducer(runs, initial);
  const current = useRef(columns);
  current.current = columns;
  const streams = useRef(new Map<string, () => void>());
  useEffect(() => {
    const open = streams.current;
    return () => {
      for (const close of open.values()) close();
      open.clear();
    };
  }, []);

  const fail = useCallback((key: string, error: CombinedError) => {
    const said = error.graphQLErrors[0]?.message;
    dispatch({
      type: 'failed',
      key,
      error: { message: codeOf(error) === 'PROVIDER_ERROR' && said ? said : sentenceOf(error), code: codeOf(error) },
    });
  }, []);

  const follow = useCallback(
    (key: string, runId: string) => {
      let ended = false;
      const close = () => {
        streams.current.get(runId)?.();
        streams.current.delete(runId);
      };
      // A stream that breaks off before the end is not the run's end: the run itself says how it stands.
      const settle = async () => {
        if (ended) return;
        ended = true;
        close();
        const { data, error } = await client.query(
          PlaygroundRunStateDocument,
          { id: runId },
          { requestPolicy: 'network-only' },
        );
        const run = data?.node && 'status' in data.node ? data.node : undefined;
        if (run && run.status !== 'RUNNING') dispatch(finished(run));
        else if (error) fail(key, error);
        else
          dispatch({
            type: 'failed',
            key,
            error: { message: 'The connection broke off while the answer was written. Run it again.' },
          });
      };
      const { unsubscribe } = client
        .subscription(PlaygroundStreamDocument, { id: runId })
        .subscribe(({ data, error }) => {
          const event = data?.playgroundRun;
          if (event?.__typename === 'PlaygroundDelta')
            dispatch({ type: 'delta', runId, text: event.text, now: performance.now() });
          else if (event?.__typename === 'PlaygroundFinished') {
            ended = true;
            dispatch(finished(event.run));
            close();
          } else if (error) void settle();
        });
      streams.current.set(runId, unsubscribe);
    },
    [client, fail],
  );

  const start = useCallback(
    async ({ key, ...input }: RunRequest) => {
      dispatch({ type: 'starting', key, now: performance.now() });
      const { data, error } = await client.mutation(PlaygroundStartDocument, { input });
      if (error || !data) {
        if (error) fail(key, error);
        return;
      }
      const { run } = data.startPlaygroundRun;
      dispatch({ type: 'started', key, runId: run.id, number: run.promptVersion.number });
      follow(key, run.id);
    },
    [client, fail, follow],
  );

  const stop = useCallback(
    async (key?: string) => {
      const busy = current.current.filter((c) => isBusy(c) && c.runId && (!key || c.key === key));
      await Promise.all(
        busy.map(async (c) => {
          const { data, error } = await client.mutation(PlaygroundCancelDocument, { input: { id: c.runId! } });
          if (data) dispatch(finished(data.cancelPlaygroundRun.run));
          else if (error) fail(c.key, error);
        }),
      );
    },
    [client, fail],
  );

  return { columns, dispatch, start, stop };
}
