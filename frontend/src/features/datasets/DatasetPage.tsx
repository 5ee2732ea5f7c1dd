import { Button, SegmentedControl, Select, TextInput } from '@mantine/core';
import { IconChecklist, IconDownload, IconSearch, IconUpload } from '@tabler/icons-react';
import { useParams } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useMutation, useQuery } from 'urql';
import {
  DatasetPageDocument,
  type DatasetPageQuery,
  type DatasetRowFragment,
  type Label,
  SnapshotDatasetDocument,
} from '@/gql/graphql';
import { detailOf, sentenceOf } from '@/lib/errors';
import { int, plural } from '@/lib/format';
import { useKeys } from '@/lib/keys';
import { usePage } from '@/lib/page';
import { toast, toastError } from '@/lib/toasts';
import { urls } from '@/lib/urls';
import { useCan, useProject } from '@/lib/viewer';
import { Failure, Key, Notice, PageHead, Waiting } from '@/ui';
import { itemOf } from './Cell';
import c from './Dataset.module.css';
import { DatasetBody } from './DatasetBody';
import { FromQueueDialog } from './FromQueueDialog';
import { ImportDialog } from './ImportDialog';
import { ItemActions } from './ItemActions';
import { type Change, columnsFor, editCell, editOf, type GridColumn, matches, splitCounts } from './model/grid';
import { itemKey } from './model/importing';
import { Snapshots } from './Snapshots';
import { saveJsonLines } from './saveFile';
import { useEdits } from './useEdits';
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
  const [split, setSplit] = useState<string | null>(null);
  const [label, setLabel] = useState<Label | null>(null);
  const [search, setSearch] = useState('');
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [dialog, setDialog] = useState<'import' | 'queue' | null>(null);
  const [range, setRange] = useState<[number, number]>([0, 0]);
  const [exporting, setExporting] = useState(false);
  const searchField = useRef<HTMLInputElement>(null);
  const filtering = label !== null || search.trim() !== '';
  const items = useItems({
    projectId: project.id,
    id: dataset.id,
    version,
    split: null,
    all: filtering || split !== null || dialog === 'import' || exporting,
  });
  const reload = useCallback(() => {
    refresh();
    items.reload();
  }, [refresh, items.reload]);
  const edits = useEdits(dataset.id, items, refresh);
  const [taking, take] = useMutation(SnapshotDatasetDocument);
  const readOnly = !mayEdit || version !== null;

  // A snapshot keeps what is being removed.
  const present = useMemo(
    () => (version === null ? items.rows.filter((r) => !edits.gone.has(r.id)) : items.rows),
    [items.rows, edits.gone, version],
  );
  const rows = useMemo(
    () =>
      present.filter(
        (row) =>
          (split === null || row.split === split) &&
          (label === null || row.label === label) &&
          (!search.trim() || matches(itemOf(row), search)),
      ),
    [present, split, label, search],
  );
  const columns = useMemo(() => columnsFor(present.map(itemOf)), [present]);
  const splits = useMemo(() => splitCounts(present.map(itemOf)), [present]);
  const inputNames = columns.flatMap((column) => (column.kind === 'input' ? [column.name] : []));
  const onRange = useCallback(
    (first: number, last: number) => setRange((r) => (r[0] === first && r[1] === last ? r : [first, last])),
    [],
  );

  // An export waits until every item is here, then saves what the filters leave.
  useEffect(() => {
    if (!exporting || !(items.complete || items.error)) return;
    setExporting(false);
    if (items.complete) saveJsonLines(`${dataset.name}${version ? `-${version}` : ''}.jsonl`, rows);
  }, [exporting, items.complete, items.error, dataset.name, version, rows]);

  const edit = (row: DatasetRowFragment, column: GridColumn, text: string) => {
    const change = editCell(itemOf(row), column, text);
    if (change) void edits.apply([editOf(itemOf(row), change)]);
  };
  const changeSelected = (change: Change) => {
    void edits.apply(present.filter((r) => selected.has(r.id)).map((r) => editOf(itemOf(r), change)));
    setSelected(new Set());
  };
  const snapshot = async (note: string) => {
    const { data, error } = await take({ input: { datasetId: dataset.id, note: note.trim() || null } });
    if (error) toastError(sentenceOf(error));
    else if (data) {
      toast(`Snapshot ${data.snapshotDataset.version.number} taken.`);
      refresh();
    }
    return !error;
  };
  useKeys([
    { keys: '/', label: 'Search items', run: () => searchField.current?.focus() },
    { keys: 'mod+z', label: 'Undo the last edit', run: edits.undo },
  ]);

  const total = items.complete ? present.length : Math.max(items.total - edits.gone.size, present.length);
  const emptyDataset = items.complete && present.length === 0;
  return (
    <div className={c.page}>
      <PageHead
        title={dataset.name}
        actions={
          mayEdit && (
            <>
              <Button
                variant="default"
                leftSection={<IconUpload size={14} stroke={1.75} />}
                onClick={() => setDialog('import')}
              >
                Import
              </Button>
              {mayExport && (
                <Button
                  variant="default"
                  leftSection={<IconDownload size={14} stroke={1.75} />}
                  disabled={emptyDataset}
                  loading={exporting}
                  onClick={() => setExporting(true)}
                >
                  Export
                </Button>
              )}
              <Button
                variant="default"
                leftSection={<IconChecklist size={14} stroke={1.75} />}
                onClick={() => setDialog('queue')}
              >
                Add from a queue
              </Button>
            </>
          )
        }
      >
        <span className="dim num">
          {plural(version === null ? dataset.itemCount - edits.gone.size : items.total, 'item')}
        </span>
      </PageHead>
      <div className={c.split}>
        <div className={c.left}>
          <div className={c.tools}>
            <TextInput
              ref={searchField}
              w={236}
              aria-label="Search items"
              placeholder="Search items"
              leftSection={<IconSearch size={14} stroke={1.75} />}
              rightSection={<Key>/</Key>}
              value={search}
              onChange={(e) => setSearch(e.currentTarget.value)}
              onKeyDown={(e) => e.key === 'Escape' && e.currentTarget.blur()}
            />
            {splits.length > 0 && splits.length <= 5 && (
              <SegmentedControl
                className="num"
                aria-label="Split"
                value={split ?? ''}
                onChange={(v) => setSplit(v || null)}
                data={[
                  { value: '', label: 'All' },
                  ...splits.map(([name, n]) => ({ value: name, label: items.complete ? `${name} ${int(n)}` : name })),
                ]}
              />
            )}
            <Select
              aria-label="Label"
              w={112}
              clearable
              placeholder="Any label"
              data={[
                { value: 'PASS', label: 'Pass' },
                { value: 'FAIL', label: 'Fail' },
              ]}
              value={label}
              onChange={(v) => setLabel(v as Label | null)}
            />
            {version !== null && (
              <Notice>
                Snapshot {version}, as it was.{' '}
                <button type="button" className={c.linkButton} onClick={() => setVersion(null)}>
                  Back to now
                </button>
              </Notice>
            )}
          </div>
          <div className={c.body}>
            <DatasetBody
              {...{ items, rows, columns, emptyDataset, readOnly, selected, total }}
              filtered={filtering || split !== null}
              splits={splits.map(([name]) => name)}
              onSelect={setSelected}
              onEdit={edit}
              onRange={onRange}
              onImport={mayEdit ? () => setDialog('import') : undefined}
              onClearFilters={() => {
                setSearch('');
                setLabel(null);
                setSplit(null);
              }}
            />
          </div>
          {!readOnly && (
            <ItemActions
              count={selected.size}
              splits={splits.map(([name]) => name)}
              onClear={() => setSelected(new Set())}
              onChange={changeSelected}
              onRemove={() => {
                edits.remove([...selected]);
                setSelected(new Set());
              }}
            />
          )}
          <div className={`${c.foot} num`}>
            <span>
              {rows.length === 0
                ? 'No items'
                : `${int(range[0])} to ${int(range[1])} of ${int(filtering || split !== null ? rows.length : total)}`}
            </span>
            {items.loading && present.length > 0 && (
              <span role="status">
                {int(present.length)} of {int(items.total)} loaded
              </span>
            )}
            <span className={c.savedState} role="status">
              {edits.saveState === 'saving' && 'Saving…'}
              {edits.saveState === 'saved' && 'Saved just now.'}
              {edits.saveState === 'failed' && 'Not saved.'}{' '}
              {edits.canUndo && (
                <>
                  <Key>Ctrl Z</Key> undo
                </>
              )}
            </span>
          </div>
        </div>
        <Snapshots
          snapshots={dataset.versions}
          itemCount={dataset.itemCount - edits.gone.size}
          shown={version}
          mayTake={mayEdit}
          busy={taking.fetching}
          onTake={snapshot}
          onShow={(n) => {
            setVersion(n);
            setSelected(new Set());
          }}
        />
      </div>
      {dialog === 'import' && (
        <ImportDialog
          datasetId={dataset.id}
          inputs={inputNames}
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
