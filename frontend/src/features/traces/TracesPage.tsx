import { Button, Drawer, Switch } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconAdjustments } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useQuery } from 'urql';
import { AddToQueue } from '@/components/AddToQueue';
import { TraceVolumeDocument } from '@/gql/graphql';
import { detailOf, sentenceOf } from '@/lib/errors';
import { int, plural } from '@/lib/format';
import { useKeys } from '@/lib/keys';
import { usePage } from '@/lib/page';
import { urls } from '@/lib/urls';
import { useBreakpoint } from '@/lib/useBreakpoint';
import { useProject } from '@/lib/viewer';
import { Failure, NoPermission, PageHead, SelectionBar } from '@/ui';
import { ColumnMenu, useShownColumns } from './ColumnMenu';
import { columns } from './columns';
import { FilterBar } from './FilterBar';
import { HiddenNotice, useHidden } from './HiddenNotice';
import { Histogram } from './Histogram';
import {
  conditions,
  sentences,
  spanWords,
  type TraceSearch,
  traceFilter,
  volumeFilter,
  wholeRange,
  without,
} from './model/filters';
import { bars, bucketFor } from './model/histogram';
import { Nothing } from './Nothing';
import { TraceFacets } from './TraceFacets';
import c from './TracesPage.module.css';
import { TraceTable } from './TraceTable';
import { type TraceRow, useTraceRows } from './useTraceRows';
import { useTraceSearch } from './useTraceSearch';
import { ViewTabs } from './ViewTabs';

export function TracesPage() {
  const project = useProject();
  usePage({ title: 'Traces' });
  return project.permissions.has('READ_TRACES') ? <Traces key={project.id} /> : <NoPermission what="read traces" />;
}

function Traces() {
  const project = useProject();
  const navigate = useNavigate();
  const { search, filters, now, setSearch } = useTraceSearch();
  const live = search.live !== 'off';
  const phone = useBreakpoint('sm');
  const narrow = useBreakpoint('nav');

  const [away, setAway] = useState(false);
  const [cursor, setCursor] = useState(-1);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const where = useMemo(() => traceFilter(filters, now), [filters, now]);
  const list = useTraceRows({
    projectId: project.id,
    where,
    conditions: useMemo(() => conditions(filters), [filters]),
    live: live && search.from === undefined,
    hold: away || cursor > 0 || selected.size > 0,
  });
  useEffect(() => {
    if (where) {
      setCursor(-1);
      setSelected(new Set());
    }
  }, [where]);

  const range = wholeRange(search, now);
  const from = Date.parse(range.from);
  const bucket = bucketFor(now - from);
  const [volume] = useQuery({
    query: TraceVolumeDocument,
    variables: { projectId: project.id, range, bucket, where: volumeFilter(search), everything: { range } },
  });
  const histogram = useMemo(
    () => bars(volume.data?.project?.stats ?? [], bucket, from, now),
    [volume.data, bucket, from, now],
  );
  // A trace that runs on into the next bar counts in both: the sum of the bars is no count of traces.
  const everything = volume.data?.project?.everything?.totalCount ?? null;
  const hidden = useHidden();

  const open = useCallback((row: TraceRow) => void navigate(urls.trace(project, row.id)), [navigate, project]);
  const toggle = useCallback(
    (id: string) =>
      setSelected((before) => {
        const after = new Set(before);
        if (!after.delete(id)) after.add(id);
        return after;
      }),
    [],
  );
  const [queueing, queueingIs] = useDisclosure(false);
  const [filtering, filteringIs] = useDisclosure(false);
  const searchRef = useRef<HTMLInputElement>(null);
  const move = (step: number) => setCursor((at) => Math.max(0, Math.min(list.rows.length - 1, at + step)));
  const here = list.rows[cursor];
  const toQueue = selected.size > 0 ? [...selected] : here ? [here.id] : [];
  const mayQueue = project.permissions.has('MANAGE_QUEUES');
  useKeys([
    { keys: '/', label: 'Search', run: () => searchRef.current?.focus() },
    { keys: 'j', label: 'Next trace', run: () => move(1) },
    { keys: 'k', label: 'Trace before', run: () => move(-1) },
    { keys: 'enter', label: 'Open', run: () => here && open(here) },
    { keys: 'x', label: 'Select', run: () => here && toggle(here.id) },
    ...(mayQueue ? [{ keys: 'q', label: 'Add to a queue', run: () => toQueue.length > 0 && queueingIs.open() }] : []),
    { keys: 'l', label: 'Live on or off', run: () => setSearch({ ...search, live: live ? 'off' : undefined }) },
  ]);

  const chips = sentences(search);
  const nothing = list.current && !list.error && list.rows.length === 0;
  const tight = useBreakpoint('md');
  const shown = useShownColumns(search, tight);
  const facets = <TraceFacets search={search} now={now} rows={list.rows} onChange={setSearch} />;
  return (
    <div className={c.page}>
      <PageHead
        title="Traces"
        actions={
          <>
            <Switch
              label="Live"
              checked={live}
              onChange={(event) => setSearch({ ...search, live: event.currentTarget.checked ? undefined : 'off' })}
            />
            {narrow && (
              <Button
                variant="default"
                leftSection={<IconAdjustments size={14} stroke={1.75} />}
                onClick={filteringIs.open}
              >
                Filters{chips.length ? ` (${chips.length})` : ''}
              </Button>
            )}
            {!phone && <ColumnMenu {...shown} />}
          </>
        }
      >
        <span className="dim num" aria-live="polite">
          {list.current && !list.error && countText(list.total, chips.length ? everything : null, search)}
        </span>
        <HiddenNotice count={hidden} />
      </PageHead>
      <ViewTabs projectId={project.id} search={search} onChange={setSearch} />
      <div className={c.split}>
        {narrow ? (
          <Drawer opened={filtering} onClose={filteringIs.close} title="Filter by" position="right" size={300}>
            {facets}
          </Drawer>
        ) : (
          <form className={c.facets} aria-label="Filter by">
            {facets}
          </form>
        )}
        <div className={c.main}>
          <FilterBar search={search} onChange={setSearch} searchRef={searchRef} />
          <Histogram
            bars={histogram}
            chosen={
              search.from !== undefined && search.to !== undefined ? { from: search.from, to: search.to } : undefined
            }
            onChoose={(stretch) => setSearch(stretch ? { ...search, ...stretch } : without(search, 'from'))}
          />
          {list.held.length > 0 && (
            <button type="button" className={`${c.fresh} num`} onClick={list.release}>
              {plural(list.held.length, 'new trace')}
            </button>
          )}
          {list.error ? (
            <Failure
              title="The traces could not be read"
              text={sentenceOf(list.error)}
              detail={detailOf(list.error)}
              onRetry={list.reload}
            />
          ) : nothing ? (
            <Nothing search={search} onChange={setSearch} hidden={hidden} />
          ) : (
            <TraceTable
              rows={list.rows}
              columns={phone ? columns.filter((column) => column.key === 'io') : shown.visible}
              phone={phone}
              total={list.total}
              waiting={!list.current}
              cursor={cursor}
              selected={selected}
              onCursor={setCursor}
              onToggle={toggle}
              onOpen={open}
              onNearEnd={list.more}
              onScrolled={setAway}
              resetKey={where}
            />
          )}
        </div>
      </div>
      <SelectionBar count={selected.size} onClear={() => setSelected(new Set())}>
        {mayQueue && (
          <button type="button" onClick={queueingIs.open}>
            Add to queue
          </button>
        )}
      </SelectionBar>
      <AddToQueue
        opened={queueing}
        onClose={queueingIs.close}
        traceIds={toQueue}
        onAdded={() => setSelected(new Set())}
      />
    </div>
  );
}

function countText(total: number | null, everything: number | null, search: TraceSearch): string {
  const count = total === null ? 'More than 10,000' : int(total);
  const of = everything !== null && everything >= (total ?? 0) ? ` of ${int(everything)}` : '';
  return `${count}${of} in ${spanWords[search.span ?? '24h']}`;
}
