import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconCircleCheck, IconDots } from '@tabler/icons-react';
import type { PlaygroundVersionLineFragment } from '@/gql/graphql';
import { ago, exactTime, percent, plural } from '@/lib/format';
import { Chip, Person } from '@/ui';
import shared from './column.module.css';
import c from './VersionsRail.module.css';

type Line = PlaygroundVersionLineFragment;
const sources: Record<Line['source'], string> = {
  PLAYGROUND: 'Edited in the playground',
  SDK: 'Registered by an SDK',
  API: 'Saved by the API',
};

function PassShare({ line }: { line: Line }) {
  const rate = line.passRate;
  if (!rate || rate.passed + rate.failed === 0) return null;
  const range = `${Math.round(rate.low * 100)} to ${Math.round(rate.high * 100)}`;
  return (
    <span
      className={`${c.rate} num`}
      title={`95 % interval ${range}, ${plural(rate.passed + rate.failed, 'judged answer')}`}
    >
      <IconCircleCheck size={12} aria-hidden />
      <span className="vh">pass rate</span> {percent(rate.rate)}
      <span className="vh">, {range}</span>
    </span>
  );
}

/** What it was: versions hang on a line; note first, then who and when, pass rate last. */
export function VersionsRail(p: {
  lines: readonly Line[];
  total: number;
  openNumber: number;
  dirty: boolean;
  onOpen: (number: number) => void;
  onCompare: (number: number) => void;
  onColumn: (number: number) => void;
  onMore?: () => void;
}) {
  return (
    <aside className={`${shared.col} ${c.right}`} aria-label="Version history">
      <div className={c.railHead}>
        <h2 className={shared.h}>Versions</h2>
        <span className="dim num">{p.total}</span>
      </div>
      <ol className={c.versions}>
        {p.dirty && (
          <li>
            <div className={c.ver} aria-current="true">
              <span className={c.rope} data-first />
              <span className={c.node} data-on />
              <span className={c.verTop}>
                <b>Your edit</b>
                <Chip tone="accent">draft</Chip>
              </span>
              <p>Becomes a version with the next run.</p>
            </div>
          </li>
        )}
        {p.lines.map((line, i) => {
          const open = line.number === p.openNumber && !p.dirty;
          return (
            <li key={line.id}>
              <button
                type="button"
                className={c.ver}
                aria-current={open ? 'true' : undefined}
                onClick={() => p.onOpen(line.number)}
              >
                <span
                  className={c.rope}
                  data-first={(i === 0 && !p.dirty) || undefined}
                  data-last={(i === p.lines.length - 1 && !p.onMore) || undefined}
                />
                <span className={c.node} data-on={open || undefined} />
                <span className={c.verTop}>
                  <b>v{line.number}</b>
                  {line.labels.map((label) => (
                    <Chip key={label} tone={label === 'production' ? 'pass' : undefined}>
                      {label}
                    </Chip>
                  ))}
                </span>
                <p>{line.note ?? sources[line.source]}</p>
                <small>
                  {line.author && <Person name={line.author.name} size={16} />}
                  <span title={exactTime(line.createdAt)} className="truncate">
                    {line.author ? `${line.author.name.split(' ')[0]}, ` : ''}
                    {ago(line.createdAt)}
                  </span>
                  <PassShare line={line} />
                </small>
              </button>
              <Menu position="bottom-end" shadow="md" width={210}>
                <Menu.Target>
                  <ActionIcon
                    className={c.verMenu}
                    size={24}
                    variant="subtle"
                    color="gray"
                    aria-label={`Version ${line.number}: menu`}
                  >
                    <IconDots size={14} />
                  </ActionIcon>
                </Menu.Target>
                <Menu.Dropdown>
                  <Menu.Item onClick={() => p.onOpen(line.number)}>Open and edit from here</Menu.Item>
                  <Menu.Item disabled={open} onClick={() => p.onCompare(line.number)}>
                    Compare with v{p.openNumber}
                  </Menu.Item>
                  <Menu.Item onClick={() => p.onColumn(line.number)}>Run it beside</Menu.Item>
                </Menu.Dropdown>
              </Menu>
            </li>
          );
        })}
      </ol>
      {p.onMore && (
        <Button variant="subtle" size="compact-xs" c="var(--pl-accent-text)" onClick={p.onMore}>
          Earlier versions
        </Button>
      )}
    </aside>
  );
}
