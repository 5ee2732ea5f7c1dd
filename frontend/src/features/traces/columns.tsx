import type { ReactNode } from 'react';
import { cost, duration, exactTime, int, when } from '@/lib/format';
import { Mark, type MarkKind } from '@/ui';
import c from './columns.module.css';
import type { TraceRow } from './useTraceRows';

export interface Column {
  key: string;
  head: string;
  /** Width for the grid's template. */
  width: string;
  right?: boolean;
  /** Cannot be switched off. */
  fixed?: boolean;
  /** Off until switched on. */
  extra?: boolean;
  cell: (row: TraceRow) => ReactNode;
}

const missing = (words: string) => (
  <span className="dim">
    <span aria-hidden>–</span>
    <span className="vh">{words}</span>
  </span>
);

export const markOf = (verdict: TraceRow['verdict']): MarkKind =>
  !verdict ? 'none' : verdict.disputed ? 'disputed' : verdict.label === 'PASS' ? 'pass' : 'fail';

const slowMs = 5000;

/** Bar lengths are relative to this; longer ones are cut. */
const fullMs = 7500;

function Took({ ms }: { ms: number }) {
  return (
    <span className={c.took}>
      <i data-slow={ms > slowMs || undefined} style={{ width: Math.max(2, Math.min(1, ms / fullMs) * 48) }} />
      {duration(ms)}
    </span>
  );
}

export const columns: readonly Column[] = [
  {
    key: 'started',
    head: 'Started',
    width: '82px',
    fixed: true,
    cell: (r) => (
      <span className="dim" title={exactTime(r.startTime)}>
        {when(r.startTime)}
      </span>
    ),
  },
  { key: 'name', head: 'Name', width: 'minmax(80px, 132px)', cell: (r) => <span className={c.name}>{r.name}</span> },
  { key: 'io', head: 'Input and output', width: 'minmax(200px, 1fr)', fixed: true, cell: () => null },
  {
    key: 'verdict',
    head: 'Verdict',
    width: '94px',
    cell: (r) => <Mark kind={markOf(r.verdict)} text={r.verdict !== null} />,
  },
  {
    key: 'version',
    head: 'Version',
    width: '68px',
    cell: (r) =>
      r.promptVersions?.length ? r.promptVersions.map((v) => `v${v.number}`).join(', ') : missing('no prompt version'),
  },
  {
    key: 'model',
    head: 'Model',
    width: '126px',
    cell: (r) =>
      r.models.length ? (
        <span className="mono" title={r.models.join(', ')}>
          {r.models.join(', ')}
        </span>
      ) : (
        missing('no model')
      ),
  },
  {
    key: 'environment',
    head: 'Environment',
    width: '100px',
    extra: true,
    cell: (r) => r.environment ?? missing('none recorded'),
  },
  { key: 'user', head: 'User', width: '120px', extra: true, cell: (r) => r.userId ?? missing('none recorded') },
  { key: 'duration', head: 'Duration', width: '116px', right: true, cell: (r) => <Took ms={r.durationMs} /> },
  {
    key: 'tokens',
    head: 'Tokens',
    width: '64px',
    right: true,
    cell: (r) => (r.tokens.total ? int(r.tokens.total) : missing('no tokens recorded')),
  },
  {
    key: 'cost',
    head: 'Cost',
    width: '92px',
    right: true,
    cell: (r) =>
      r.costUsd === null && !r.tokens.total ? (
        missing('no cost')
      ) : r.costUsd === null ? (
        <span className="dim">no price</span>
      ) : (
        cost(r.costUsd)
      ),
  },
];
