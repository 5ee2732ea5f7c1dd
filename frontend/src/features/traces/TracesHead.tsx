import { Button, Switch } from '@mantine/core';
import { IconAdjustments } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { int } from '@/lib/format';
import { PageHead } from '@/ui';
import { HiddenNotice } from './HiddenNotice';
import { sentences, spanWords, type TraceSearch } from './model/filters';

function countText(total: number | null, everything: number | null, search: TraceSearch): string {
  const count = total === null ? 'More than 10,000' : int(total);
  const of = everything !== null && everything >= (total ?? 0) ? ` of ${int(everything)}` : '';
  return `${count}${of} in ${spanWords[search.span ?? '24h']}`;
}

/** How many match, whether new ones come by themselves, and where there is no room for the filters the way to them. */
export function TracesHead(p: {
  search: TraceSearch;
  /** Nothing while the count is not known; null where there are more than are counted. */
  total: number | null | undefined;
  everything: number | null;
  hidden: number;
  onLive: (live: boolean) => void;
  onFilters?: () => void;
  children?: ReactNode;
}) {
  const { search, total } = p;
  const chosen = sentences(search).length;
  return (
    <PageHead
      title="Traces"
      actions={
        <>
          <Switch
            label="Live"
            checked={search.live !== 'off'}
            onChange={(event) => p.onLive(event.currentTarget.checked)}
          />
          {p.onFilters && (
            <Button variant="default" leftSection={<IconAdjustments size={14} stroke={1.75} />} onClick={p.onFilters}>
              Filters{chosen ? ` (${chosen})` : ''}
            </Button>
          )}
          {p.children}
        </>
      }
    >
      <span className="dim num" aria-live="polite">
        {total !== undefined && countText(total, chosen ? p.everything : null, search)}
      </span>
      <HiddenNotice count={p.hidden} />
    </PageHead>
  );
}
