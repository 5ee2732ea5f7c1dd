import { Button } from '@mantine/core';
import type { DatasetRowFragment } from '@/gql/graphql';
import { detailOf, sentenceOf } from '@/lib/errors';
import { Empty, Failure, Waiting } from '@/ui';
import { Grid } from './Grid';
import type { GridColumn } from './model/grid';
import type { useItems } from './useItems';

/** The grid, or why there is none: loading, failed, empty, filtered away. */
export function DatasetBody(p: {
  items: ReturnType<typeof useItems>;
  rows: readonly DatasetRowFragment[];
  columns: readonly GridColumn[];
  splits: readonly string[];
  emptyDataset: boolean;
  filtered: boolean;
  readOnly: boolean;
  selected: ReadonlySet<string>;
  total: number;
  onSelect: (ids: ReadonlySet<string>) => void;
  onEdit: (row: DatasetRowFragment, column: GridColumn, text: string) => void;
  onRange: (first: number, last: number) => void;
  onImport?: () => void;
  onClearFilters: () => void;
}) {
  const { items, rows } = p;
  if (items.error && items.rows.length === 0)
    return (
      <Failure
        title="The items could not be listed"
        text={sentenceOf(items.error)}
        detail={detailOf(items.error)}
        onRetry={items.reload}
      />
    );
  if (items.loading && items.rows.length === 0) return <Waiting />;
  if (p.emptyDataset && !p.filtered)
    return (
      <Empty title="No items yet" action={p.onImport && <Button onClick={p.onImport}>Import a file</Button>}>
        Items are questions with the answer that should be given. They come from reviewed answers, from traces or from a
        file.
      </Empty>
    );
  if (rows.length === 0 && items.complete)
    return (
      <Empty
        title="Nothing matches"
        action={
          <Button variant="default" onClick={p.onClearFilters}>
            Clear the filters
          </Button>
        }
      >
        No item matches the search, label and split together.
      </Empty>
    );
  return (
    <Grid
      rows={rows}
      total={p.filtered ? rows.length : p.total}
      columns={p.columns}
      splits={p.splits}
      selected={p.selected}
      readOnly={p.readOnly}
      onSelect={p.onSelect}
      onEdit={p.onEdit}
      onEnd={items.more}
      onRange={p.onRange}
    />
  );
}
