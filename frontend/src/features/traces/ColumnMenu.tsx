import { Button, Checkbox, Popover, Stack } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { IconColumns3 } from '@tabler/icons-react';
import { columns } from './columns';
import type { TraceSearch } from './model/filters';

/** The columns to show: chosen on this device, fewer where there is no room. */
export function useShownColumns(search: TraceSearch, tight: boolean) {
  const [choice, setChoice] = useLocalStorage<Record<string, boolean>>({
    key: 'plumbline.trace-columns',
    defaultValue: {},
    getInitialValueInEffect: false,
  });
  const on = (key: string, extra?: boolean) => choice[key] ?? !extra;
  const crowded = new Set(tight ? ['version', 'tokens', 'cost', 'environment', 'user'] : []);
  // With one name chosen the column would say the same on every row.
  const told = (key: string) => key === 'name' && search.name?.length === 1;
  return {
    visible: columns.filter(
      (column) => column.fixed || (on(column.key, column.extra) && !told(column.key) && !crowded.has(column.key)),
    ),
    isOn: on,
    set: (key: string, shown: boolean) => setChoice((before) => ({ ...before, [key]: shown })),
  };
}

export function ColumnMenu({ isOn, set }: Pick<ReturnType<typeof useShownColumns>, 'isOn' | 'set'>) {
  return (
    <Popover position="bottom-end" trapFocus>
      <Popover.Target>
        <Button variant="default" leftSection={<IconColumns3 size={14} stroke={1.75} />}>
          Columns
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Columns">
        <Stack gap={8}>
          {columns
            .filter((column) => !column.fixed)
            .map((column) => (
              <Checkbox
                key={column.key}
                label={column.head}
                checked={isOn(column.key, column.extra)}
                onChange={(event) => set(column.key, event.currentTarget.checked)}
              />
            ))}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
