import { useParams } from '@tanstack/react-router';
import { useCallback, useMemo, useRef, useState } from 'react';
import { useQuery } from 'urql';
import { DatasetPageDocument, type DatasetPageQuery, type DatasetRowFragment } from '@/gql/graphql';
import { detailOf, sentenceOf } from '@/lib/errors';
import { plural } from '@/lib/format';
import { useKeys } from '@/lib/keys';
import { usePage } from '@/lib/page';
import { urls } from '@/lib/urls';
import { useCan, useProject } from '@/lib/viewer';
import { Failure, LinkButton, Notice, PageHead, Waiting } from '@/ui';
import { itemOf } from './Cell';
import { DatasetActions } from './DatasetActions';
import { DatasetBody } from './DatasetBody';
import { DatasetFoot } from './DatasetFoot';
import c from './DatasetPage.module.css';
import { DatasetSnapshots } from './DatasetSnapshots';
import { DatasetTools } from './DatasetTools';
import { FromQueueDialog } from './FromQueueDialog';
import { ImportDialog } from './ImportDialog';
import { ItemActions } from './ItemActions';
import { type Change, columnsFor, editCell, editOf, type GridColumn, splitCounts } from './model/grid';
import { itemKey } from './model/importing';
import { useEdits } from './useEdits';
import { useExport } from './useExport';
import { useItemFilters } from './useItemFilters';
import { useItems } from './useItems';

type Dataset = NonNullable<NonNullable<DatasetPageQuery['project']>['dataset']>;

/** One dataset: a grid edited in place, where each item came from, and the snapshots. */
export function DatasetPage() {
  const project = useProject();
  const { datasetId: id } = useParams({ from: '/signed-in/p/$org/$project/datasets/$datasetId' });
  const [{ data, error, fetching }, again] = useQuery({
    query: DatasetPageDocument,
    variables: { projectId: project.id, id },
    requestPolicy: 'cache-and-network',
  });
  const dataset = data?.project?.dataset;
  usePage({ title: dataset?.name ?? 'Dataset', parents: [{ label: 'Datasets', link: urls.datasets(project) }] });
  const refresh = useCallback(() => again({ requestPolicy: 'network-only' }), [again]);
  if (dataset) return <Bench key={dataset.id} dataset={dataset} refresh={refresh} />;
  if (fetching) return <Waiting />;
  return (
    <Failure
      title="This dataset could not be opened"
      text={error ? sentenceOf(error) : 'It does not exist, or you have no access to it.'}
      detail={error && detailOf(error)}
      onRetry={refresh}
    />
  );
}

function Bench({ dataset, refresh }: { dataset: Dataset; refresh: () => void }) {
  const project = useProject();
  const mayEdit = useCan('CURATE_DATASETS');
  const mayExport = useCan('EXPORT');
  const [version, setVersion] = useState<number | null>(null);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [dialog, setDialog] = useState<'import' | 'queue' | null>(null);
  const [range, setRange] = useState<[number, number]>([0, 0]);
  const [exporting, setExporting] = useState(false);
  const searchField = useRef<HTMLInputElement>(null);
  const filters = useItemFilters();
  const items = useItems({
    projectId: project.id,
    id: dataset.id,
    version,
    split: null,
    all: filters.on || dialog === 'import' || exporting,
  });
  const reload = useCallback(() => {
    refresh();
    items.reload();
  }, [refresh, items.reload]);
  const edits = useEdits(dataset.id, items, refresh);
  const readOnly = !mayEdit || version !== null;
  const unselect = () => setSelected(new Set());

  // A snapshot keeps what is being removed.
  const present = useMemo(
    () => (version === null ? items.rows.filter((r) => !edits.gone.has(r.id)) : items.rows),
    [items.rows, edits.gone, version],
  );
  const rows = useMemo(() => filters.leave(present), [filters.leave, present]);
  const columns = useMemo(() => columnsFor(present.map(itemOf)), [present]);
  const splits = useMemo(() => splitCounts(present.map(itemOf)), [present]);
  const splitNames = splits.map(([name]) => name);
  const onRange = useCallback(
    (first: number, last: number) => setRange((r) => (r[0] === first && r[1] === last ? r : [first, last])),
    [],
  );
  const fileName = `${dataset.name}${version ? `-${version}` : ''}.jsonl`;
  useExport({ asked: exporting, onEnd: setExporting, items, rows, fileName });

  const edit = (row: DatasetRowFragment, column: GridColumn, text: string) => {
    const change = editCell(itemOf(row), column, text);
    if (change) void edits.apply([editOf(itemOf(row), change)]);
  };
  const changeSelected = (change: Change) => {
    void edits.apply(present.filter((r) => selected.has(r.id)).map((r) => editOf(itemOf(r), change)));
    unselect();
  };
  useKeys([
    { keys: '/', label: 'Search items', run: () => searchField.current?.focus() },
    { keys: 'mod+z', label: 'Undo the last edit', run: edits.undo },
  ]);

  const itemCount = dataset.itemCount - edits.gone.size;
  const total = items.complete ? present.length : Math.max(items.total - edits.gone.size, present.length);
  const emptyDataset = items.complete && present.length === 0;
  return (
    <div className={c.page}>
      <PageHead
        title={dataset.name}
        actions={
          mayEdit && (
            <DatasetActions
              empty={emptyDataset}
              exporting={exporting}
              onImport={() => setDialog('import')}
              onExport={mayExport ? () => setExporting(true) : undefined}
              onQueue={() => setDialog('queue')}
            />
          )
        }
      >
        <span className="dim num">{plural(version === null ? itemCount : items.total, 'item')}</span>
      </PageHead>
      <div className={c.split}>
        <div className={c.left}>
          <DatasetTools {...{ filters, searchField, splits }} complete={items.complete}>
            {version !== null && (
              <Notice>
                Snapshot {version}, as it was. <LinkButton onClick={() => setVersion(null)}>Back to now</LinkButton>
              </Notice>
            )}
          </DatasetTools>
          <div className={c.body}>
            <DatasetBody
              {...{ items, rows, columns, emptyDataset, readOnly, selected, total }}
              filtered={filters.on}
              splits={splitNames}
              onSelect={setSelected}
              onEdit={edit}
              onRange={onRange}
              onImport={mayEdit ? () => setDialog('import') : undefined}
              onClearFilters={filters.clear}
            />
          </div>
          {!readOnly && (
            <ItemActions
              count={selected.size}
              splits={splitNames}
              onClear={unselect}
              onChange={changeSelected}
              onRemove={() => {
                edits.remove([...selected]);
                unselect();
              }}
            />
          )}
          <DatasetFoot
            range={rows.length === 0 ? null : range}
            total={filters.on ? rows.length : total}
            loaded={items.loading && present.length > 0 ? { count: present.length, of: items.total } : undefined}
            saveState={edits.saveState}
            canUndo={edits.canUndo}
          />
        </div>
        <DatasetSnapshots
          datasetId={dataset.id}
          snapshots={dataset.versions}
          itemCount={itemCount}
          shown={version}
          mayTake={mayEdit}
          onTaken={refresh}
          onShow={(n) => {
            setVersion(n);
            unselect();
          }}
        />
      </div>
      {dialog === 'import' && (
        <ImportDialog
          datasetId={dataset.id}
          inputs={columns.flatMap((column) => (column.kind === 'input' ? [column.name] : []))}
          present={new Set(present.map((r) => itemKey(r.inputs, r.expected)))}
          onDone={reload}
          onClose={() => setDialog(null)}
        />
      )}
      {dialog === 'queue' && (
        <FromQueueDialog
          projectId={project.id}
          datasetId={dataset.id}
          onDone={reload}
          onClose={() => setDialog(null)}
        />
      )}
    </div>
  );
}
