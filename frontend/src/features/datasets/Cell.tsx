import { IconChecklist, IconRoute, IconTerminal2 } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { DatasetRowFragment } from '@/gql/graphql';
import { date, plural } from '@/lib/format';
import { urls } from '@/lib/urls';
import { useProject } from '@/lib/viewer';
import { Chip, Mark } from '@/ui';
import c from './Cell.module.css';
import { type GridColumn, type Item, shownText } from './model/grid';

const fixedColours: Record<string, string> = { train: 'var(--pl-s1)', test: 'var(--pl-s3)', holdout: 'var(--pl-s4)' };
/** Splits are squares: verdict shapes are taken. */
const splitColour = (split: string): string => fixedColours[split] ?? 'var(--pl-s5)';

export const itemOf = (row: DatasetRowFragment): Item => ({
  ...row,
  inputs: (row.inputs ?? {}) as Record<string, unknown>,
  output: row.output ?? null,
  expected: row.expected ?? null,
  label: row.label ?? null,
  reasoning: row.reasoning ?? null,
  split: row.split ?? null,
});

const None = () => <span className="dim">–</span>;

function From({ row }: { row: DatasetRowFragment }) {
  const project = useProject();
  const { lineage } = row;
  if (!lineage) return <span className={`${c.import} dim`}>import, {date(row.createdAt)}</span>;
  return (
    <span className={c.from}>
      <Link {...urls.trace(project, lineage.traceId, lineage.spanId)} tabIndex={-1} title="Open the trace">
        <Chip>
          <IconRoute size={12} role="img" aria-label="trace" />
        </Chip>
      </Link>
      {lineage.promptName && (
        <Link
          {...urls.prompt(project, lineage.promptName, lineage.promptVersion ?? undefined)}
          tabIndex={-1}
          title={`Open ${lineage.promptName}`}
        >
          <Chip>
            <IconTerminal2 size={12} aria-hidden />
            {lineage.promptVersion ? `v${lineage.promptVersion}` : lineage.promptName}
          </Chip>
        </Link>
      )}
      {lineage.reviewIds.length > 0 && (
        <Chip title={plural(lineage.reviewIds.length, 'review')}>
          <IconChecklist size={12} aria-hidden />
          {lineage.reviewIds.length}
          <span className="vh"> reviews</span>
        </Chip>
      )}
    </span>
  );
}

export function Cell({ row, column }: { row: DatasetRowFragment; column: GridColumn }) {
  switch (column.kind) {
    case 'label':
      return row.label ? <Mark kind={row.label === 'PASS' ? 'pass' : 'fail'} text /> : <None />;
    case 'split':
      return row.split ? (
        <span className={c.splitName}>
          <i style={{ background: splitColour(row.split) }} />
          {row.split}
        </span>
      ) : (
        <None />
      );
    case 'from':
      return <From row={row} />;
    default: {
      const text = shownText(itemOf(row), column);
      return text ? <span className={c.cell}>{text}</span> : <None />;
    }
  }
}
