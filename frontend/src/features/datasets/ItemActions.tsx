import { Menu } from '@mantine/core';
import { IconTag, IconTrash } from '@tabler/icons-react';
import { SelectionBar } from '@/ui';
import type { Change } from './model/grid';

const usualSplits = ['train', 'test', 'holdout'];

/** What can be done with the chosen items. */
export function ItemActions(p: {
  count: number;
  splits: readonly string[];
  onClear: () => void;
  onChange: (change: Change) => void;
  onRemove: () => void;
}) {
  return (
    <SelectionBar count={p.count} onClear={p.onClear}>
      <Menu position="top" shadow="md">
        <Menu.Target>
          <button type="button">Move to split</button>
        </Menu.Target>
        <Menu.Dropdown>
          {[...new Set([...p.splits, ...usualSplits])].map((name) => (
            <Menu.Item key={name} onClick={() => p.onChange({ split: name })}>
              {name}
            </Menu.Item>
          ))}
          <Menu.Item onClick={() => p.onChange({ split: null })}>No split</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Menu position="top" shadow="md">
        <Menu.Target>
          <button type="button">
            <IconTag size={15} stroke={1.75} aria-hidden /> Set label
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => p.onChange({ label: 'FAIL' })}>Fail</Menu.Item>
          <Menu.Item onClick={() => p.onChange({ label: 'PASS' })}>Pass</Menu.Item>
          <Menu.Item onClick={() => p.onChange({ label: null })}>No label</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <button type="button" onClick={p.onRemove}>
        <IconTrash size={15} stroke={1.75} aria-hidden /> Remove
      </button>
    </SelectionBar>
  );
}
