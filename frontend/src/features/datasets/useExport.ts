import { useEffect } from 'react';
import type { DatasetRowFragment } from '@/gql/graphql';
import { saveJsonLines } from './saveFile';
import type { Items } from './useItems';

/** An export that was asked for waits until every item is here, then saves what the filters leave. */
export function useExport(p: {
  asked: boolean;
  onEnd: (asked: false) => void;
  items: Items;
  rows: readonly DatasetRowFragment[];
  fileName: string;
}) {
  const { asked, onEnd, rows, fileName } = p;
  const { complete, error } = p.items;
  useEffect(() => {
    if (!asked || !(complete || error)) return;
    onEnd(false);
    if (complete) saveJsonLines(fileName, rows);
  }, [asked, onEnd, complete, error, fileName, rows]);
}
