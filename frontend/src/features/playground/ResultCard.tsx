import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconArrowUpRight, IconDots, IconPlayerStopFilled } from '@tabler/icons-react';
import { useState } from 'react';
import { cost, duration, tokens } from '@/lib/format';
import { pageClock, useNow } from '@/lib/useNow';
import { Chip, Key } from '@/ui';
import shared from './changed.module.css';
import { type Column, isBusy } from './model/runs';
import { compareWords } from './model/wordDiff';
import c from './ResultCard.module.css';
import { SentDialog } from './SentDialog';

interface Title {
  number: number;
  draft: boolean;
  model: string | null;
}

const stateWords: Record<Column['status'], string> = {
  IDLE: 'not run yet',
  STARTING: 'starting',
  RUNNING: 'writing',
  SUCCEEDED: 'finished',
  FAILED: 'failed',
  CANCELLED: 'stopped',
};

/** One variant: which version, what it wrote, what that took. */
export function ResultCard(p: {
  column: Column;
  title: Title;
  labelsOf: (number: number) => readonly string[];
  versions: readonly number[];
  compared: { text: string; kind: 'new' | 'gone' } | null;
  only: boolean;
  onStop: () => void;
  onRemove: () => void;
  onShow: (number: number | null) => void;
}) {
  const { column, title } = p;
  const [sent, setSent] = useState(false);
  const busy = isBusy(column);
  const name = `Version ${title.number}${title.draft ? ', edited' : ''}`;
  return (
    <section className={c.card} data-live={busy || undefined} aria-label={`${name}, ${stateWords[column.status]}`}>
      <div className={c.cardHead}>
        <b>v{title.number}</b>
        {title.draft && <Chip tone="accent">draft</Chip>}
        {!title.draft &&
          p.labelsOf(title.number).map((label) => (
            <Chip key={label} tone={label === 'production' ? 'pass' : undefined}>
              {label}
            </Chip>
          ))}
        <span className={`${c.cardModel} truncate`}>{title.model ?? 'no model chosen'}</span>
        {busy ? (
          <Button
            size="compact-xs"
            variant="default"
            leftSection={<IconPlayerStopFilled size={11} />}
            rightSection={<Key>Esc</Key>}
            onClick={p.onStop}
          >
            Stop
          </Button>
        ) : (
          <ResultMenu {...p} name={name} />
        )}
      </div>
      <Answer {...p} name={name} busy={busy} />
      <RunFactsList column={column} />
      <div className={c.judge}>
        {column.runId && !busy ? (
          <div className={c.links}>
            <button type="button" onClick={() => setSent(true)}>
              <IconArrowUpRight size={13} aria-hidden />
              Trace and what was sent
            </button>
          </div>
        ) : (
          <span className="dim">
            {busy ? 'You can open what was sent when it has finished.' : 'Press Run to see an answer here.'}
          </span>
        )}
      </div>
      {sent && column.runId && <SentDialog runId={column.runId} onClose={() => setSent(false)} />}
    </section>
  );
}

function ResultMenu(p: {
  name: string;
  only: boolean;
  column: Column;
  versions: readonly number[];
  onRemove: () => void;
  onShow: (number: number | null) => void;
}) {
  return (
    <Menu position="bottom-end" shadow="md" width={190}>
      <Menu.Target>
        <ActionIcon size={24} variant="subtle" color="gray" aria-label={`Column menu: ${p.name}`}>
          <IconDots size={14} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown mah={320} style={{ overflow: 'auto' }}>
        {p.column.number !== null && <Menu.Item onClick={() => p.onShow(null)}>Show what I am editing</Menu.Item>}
        {p.versions
          .filter((n) => n !== p.column.number)
          .map((n) => (
            <Menu.Item key={n} onClick={() => p.onShow(n)}>
              Show v{n}
            </Menu.Item>
          ))}
        <Menu.Divider />
        <Menu.Item disabled={p.only} onClick={p.onRemove}>
          Remove this column
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function Answer(p: {
  column: Column;
  name: string;
  busy: boolean;
  compared: { text: string; kind: 'new' | 'gone' } | null;
}) {
  const { column } = p;
  return (
    <div
      className={`${c.text} ${shared.changed}`}
      tabIndex={0}
      role="region"
      aria-label={`Answer of ${p.name}`}
      aria-busy={p.busy}
    >
      {p.compared
        ? compareWords(column.text, p.compared.text).map((run, i) =>
            run.same || !run.text.trim() ? (
              <span key={i}>{run.text}</span>
            ) : (
              <mark key={i} data-kind={p.compared?.kind}>
                {run.text}
              </mark>
            ),
          )
        : column.text}
      {p.busy && <span className={c.caret} aria-hidden />}
      {column.status === 'CANCELLED' && <p className={c.stopped}>Stopped here.</p>}
      {column.error && (
        <div className={c.error} role="alert">
          <b>{column.error.message}</b>
          {column.error.retryable && <span> Running it again may help.</span>}
        </div>
      )}
    </div>
  );
}

function RunFactsList({ column }: { column: Column }) {
  const busy = isBusy(column);
  const now = useNow(pageClock, 200, busy);
  const { facts } = column;
  const none = (
    <>
      <span aria-hidden>–</span>
      <span className="vh">none recorded</span>
    </>
  );
  const first = facts?.timeToFirstTokenMs ?? column.firstWordMs;
  const rows: [string, React.ReactNode][] = [
    ['Cost', busy ? 'after the run' : facts ? cost(facts.costUsd) : none],
    ['Tokens', facts?.tokens ? tokens(facts.tokens) : none],
    [
      'Time',
      busy && column.startedAt !== undefined
        ? `${(Math.max(0, now - column.startedAt) / 1000).toFixed(1)} s…`
        : facts?.durationMs != null
          ? duration(facts.durationMs)
          : none,
    ],
    ['First word', first != null ? duration(first) : none],
  ];
  return (
    <dl className={c.facts}>
      {rows.map(([term, value]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd className="num">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
