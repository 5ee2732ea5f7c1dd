import { useCallback, useEffect, useRef, useState } from 'react';
import { useClient } from 'urql';
import { type DatasetRowFragment, RemoveDatasetItemsDocument, UpdateDatasetItemDocument } from '@/gql/graphql';
import { sentenceOf } from '@/lib/errors';
import { plural } from '@/lib/format';
import { dismiss, toast, toastError } from '@/lib/toasts';
import { type Edit, remember, reverse, type Step } from './model/grid';
import type { Items } from './useItems';

/** How long removed items can be brought back. */
const BACK_FOR = 10_000;

export type SaveState = 'idle' | 'saving' | 'saved' | 'failed';

interface Removal {
  ids: ReadonlySet<string>;
  timer: ReturnType<typeof setTimeout>;
  send: () => void;
}

/** Edits in place: shown at once, saved at once, taken back with Ctrl Z; removals wait ten seconds. */
export function useEdits(datasetId: string, items: Items, onChanged: () => void) {
  const client = useClient();
  const [undoable, setUndoable] = useState<readonly Step[]>([]);
  const [saveState, setSaveState] = useState<SaveState>('idle');
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  const latest = useRef(items);
  latest.current = items;
  const removals = useRef(new Set<Removal>());

  const put = useCallback((edits: Step) => {
    const byId = new Map(edits.map((e) => [e.id, e.change]));
    latest.current.replace(
      latest.current.rows.map((row) =>
        byId.has(row.id) ? { ...row, ...byId.get(row.id) } : row,
      ) as DatasetRowFragment[],
    );
  }, []);

  const send = useCallback(
    async (edits: Step): Promise<boolean> => {
      put(edits);
      setSaveState('saving');
      const failed: Edit[] = [];
      let sentence = '';
      for (const edit of edits) {
        const { error } = await client.mutation(UpdateDatasetItemDocument, { input: { id: edit.id, ...edit.change } });
        if (!error) continue;
        failed.push(edit);
        sentence = sentenceOf(error);
      }
      setSaveState(failed.length ? 'failed' : 'saved');
      if (failed.length === 0) return true;
      put(failed.map(reverse));
      toastError(`${plural(failed.length, 'change was', 'changes were')} not saved. ${sentence}`, {
        label: 'Try again',
        run: () => void send(failed),
      });
      return false;
    },
    [client, put],
  );

  const apply = useCallback(
    async (edits: Step) => {
      if (edits.length && (await send(edits))) setUndoable((stack) => remember(stack, edits));
    },
    [send],
  );
  const undo = useCallback(() => {
    const step = undoable.at(-1);
    if (!step) return;
    setUndoable(undoable.slice(0, -1));
    void send(step.map(reverse));
  }, [undoable, send]);

  const remove = useCallback(
    (ids: readonly string[]) => {
      const set = new Set(ids);
      setGone((now) => new Set([...now, ...ids]));
      const restore = () => setGone((now) => new Set([...now].filter((id) => !set.has(id))));
      const removal: Removal = {
        ids: set,
        timer: setTimeout(() => removal.send(), BACK_FOR),
        send: () => {
          clearTimeout(removal.timer);
          if (!removals.current.delete(removal)) return;
          dismiss(shown);
          void client
            .mutation(RemoveDatasetItemsDocument, { input: { datasetId, itemIds: [...ids] } })
            .then(({ error }) => {
              if (!error) latest.current.replace(latest.current.rows.filter((row) => !set.has(row.id)));
              restore();
              if (!error) return onChanged();
              toastError(`Nothing was removed. ${sentenceOf(error)}`);
            });
        },
      };
      removals.current.add(removal);
      const shown = toast(
        `${plural(ids.length, 'item')} removed. Snapshots keep them.`,
        {
          label: 'Bring back',
          run: () => {
            clearTimeout(removal.timer);
            removals.current.delete(removal);
            restore();
          },
        },
        BACK_FOR,
      );
    },
    [client, datasetId, onChanged],
  );

  // Leaving the page settles what still waits.
  useEffect(() => {
    const waiting = removals.current;
    return () => {
      for (const removal of [...waiting]) removal.send();
    };
  }, []);

  return { apply, undo, canUndo: undoable.length > 0, remove, gone, saveState };
}
