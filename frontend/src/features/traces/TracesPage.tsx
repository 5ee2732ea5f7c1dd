import { Drawer } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo, useRef, useState } from 'react';
import { AddToQueue } from '@/components/AddToQueue';
import { detailOf, sentenceOf } from '@/lib/errors';
import { plural } from '@/lib/format';
import { usePage } from '@/lib/page';
import { urls } from '@/lib/urls';
import { useBreakpoint } from '@/lib/useBreakpoint';
import { useProject } from '@/lib/viewer';
import { Failure, NoPermission, SelectionBar } from '@/ui';
import { ColumnMenu, useShownColumns } from './ColumnMenu';
import { columns } from './columns';
import { FilterBar } from './FilterBar';
import { useHidden } from './HiddenNotice';
import { Histogram } from './Histogram';
import { conditions, traceFilter, without } from './model/filters';
import { Nothing } from './Nothing';
import { TraceFacets } from './TraceFacets';
import { TracesHead } from './TracesHead';
import c from './TracesPage.module.css';
import { TraceTable } from './TraceTable';
import { useSelection } from './useSelection';
import { useTraceKeys } from './useTraceKeys';
import { type TraceRow, useTraceRows } from './useTraceRows';
import { useTraceSearch } from './useTraceSearch';
import { useVolume } from './useVolume';
import { ViewTabs } from './ViewTabs';

export function TracesPage() {
  const project = useProject();
  usePage({ title: 'Traces' });
  return project.permissions.has('READ_TRACES') ? <Traces key={project.id} /> : <NoPermission what="read traces" />;
}

/** Views, filters, histogram, list: each narrows down what the next one shows. */
function Traces() {
  const project = useProject();
  const navigate = useNavigate();
  const { search, filters, now, setSearch } = useTraceSearch();
  const phone = useBreakpoint('sm');
  const narrow = useBreakpoint('nav');
  const shown = useShownColumns(search, useBreakpoint('md'));
  const hidden = useHidden();
  const { histogram, everything } = useVolume(project.id, filters, now);

  const where = useMemo(() => traceFilter(filters, now), [filters, now]);
  const [away, setAway] = useState(false);
  const { cursor, setCursor, selected, toggle, clear } = useSelection(where);
  const list = useTraceRows({
    projectId: project.id,
    where,
    conditions: useMemo(() => conditions(filters), [filters]),
    live: search.live !== 'off' && search.from === undefined,
    hold: away || cursor > 0 || selected.size > 0,
  });

  const open = useCallback((row: TraceRow) => void navigate(urls.trace(project, row.traceId)), [navigate, project]);
  const [queueing, queueingIs] = useDisclosure(false);
  const [filtering, filteringIs] = useDisclosure(false);
  const here = list.rows[cursor];
  const toQueue = selected.size > 0 ? [...selected] : here ? [here.id] : [];
  const mayQueue = project.permissions.has('MANAGE_QUEUES');
  const setLive = (live: boolean) => setSearch({ ...search, live: live ? undefined : 'off' });
  const searchField = useRef<HTMLInputElement>(null);
  useTraceKeys({
    searchField,
    here,
    onMove: (step) => setCursor((at) => Math.max(0, Math.min(list.rows.length - 1, at + step))),
    onOpen: open,
    onToggle: toggle,
    onQueue: mayQueue ? () => toQueue.length > 0 && queueingIs.open() : undefined,
    onLive: () => setLive(search.live === 'off'),
  });

  const facets = <TraceFacets search={search} now={now} rows={list.rows} onChange={setSearch} />;
  return (
    <div className={c.page}>
      <TracesHead
        search={search}
        total={list.current && !list.error ? list.total : undefined}
        everything={everything}
        hidden={hidden}
        onLive={setLive}
        onFilters={narrow ? filteringIs.open : undefined}
      >
        {!phone && <ColumnMenu {...shown} />}
      </TracesHead>
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
          <FilterBar search={search} onChange={setSearch} searchRef={searchField} />
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
          ) : list.current && list.rows.length === 0 ? (
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
      <SelectionBar count={selected.size} onClear={clear}>
        {mayQueue && (
          <button type="button" onClick={queueingIs.open}>
            Add to queue
          </button>
        )}
      </SelectionBar>
      <AddToQueue opened={queueing} onClose={queueingIs.close} traceIds={toQueue} onAdded={clear} />
    </div>
  );
}
