import { useCallback, useState } from 'react';
import type { DatasetRowFragment, Label } from '@/gql/graphql';
import { itemOf } from './Cell';
import { matches } from './model/grid';

/** Search, label and split: which of the items are shown. */
export function useItemFilters() {
  const [split, setSplit] = useState<string | null>(null);
  const [label, setLabel] = useState<Label | null>(null);
  const [search, setSearch] = useState('');
  const leave = useCallback(
    (rows: readonly DatasetRowFragment[]) =>
      rows.filter(
        (row) =>
          (split === null || row.split === split) &&
          (label === null || row.label === label) &&
          (!search.trim() || matches(itemOf(row), search)),
      ),
    [split, label, search],
  );
  const clear = () => {
    setSearch('');
    setLabel(null);
    setSplit(null);
  };
  const on = split !== null || label !== null || search.trim() !== '';
  return { split, setSplit, label, setLabel, search, setSearch, on, leave, clear };
}
