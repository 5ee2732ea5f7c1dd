import { SegmentedControl, Select, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import type { ReactNode, RefObject } from 'react';
import type { Label } from '@/gql/graphql';
import { int } from '@/lib/format';
import { Key } from '@/ui';
import c from './DatasetTools.module.css';
import type { useItemFilters } from './useItemFilters';

/** More splits than this do not fit beside each other. */
const MAX_SPLITS = 5;

/** Search, split and label above the grid. */
export function DatasetTools(p: {
  filters: ReturnType<typeof useItemFilters>;
  searchField: RefObject<HTMLInputElement | null>;
  /** With the count of each, which is right only when everything is loaded. */
  splits: readonly (readonly [string, number])[];
  complete: boolean;
  children?: ReactNode;
}) {
  const { filters, splits } = p;
  return (
    <div className={c.tools}>
      <TextInput
        ref={p.searchField}
        w={236}
        aria-label="Search items"
        placeholder="Search items"
        leftSection={<IconSearch size={14} stroke={1.75} />}
        rightSection={<Key>/</Key>}
        value={filters.search}
        onChange={(e) => filters.setSearch(e.currentTarget.value)}
        onKeyDown={(e) => e.key === 'Escape' && e.currentTarget.blur()}
      />
      {splits.length > 0 && splits.length <= MAX_SPLITS && (
        <SegmentedControl
          className="num"
          aria-label="Split"
          value={filters.split ?? ''}
          onChange={(v) => filters.setSplit(v || null)}
          data={[
            { value: '', label: 'All' },
            ...splits.map(([name, n]) => ({ value: name, label: p.complete ? `${name} ${int(n)}` : name })),
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
        value={filters.label}
        onChange={(v) => filters.setLabel(v as Label | null)}
      />
      {p.children}
    </div>
  );
}
