import { Button, Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import type { PlaygroundLabelFragment } from '@/gql/graphql';

const usual = ['production', 'staging'];

/** Moves a label to what is on the bench. Rolling back is the undo. */
export function LabelMenu(p: {
  number: number;
  dirty: boolean;
  labels: readonly PlaygroundLabelFragment[];
  mayDeploy: boolean;
  onPut: (label: string) => void;
}) {
  const names = [...new Set([...usual, ...p.labels.map((l) => l.name)])];
  const at = (name: string) => p.labels.find((l) => l.name === name)?.version.number;
  const what = p.dirty ? 'the edit' : `v${p.number}`;
  return (
    <Menu position="bottom-end" shadow="md" width={240}>
      <Menu.Target>
        <Button variant="default" rightSection={<IconChevronDown size={14} />}>
          Put {what} on…
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {names.map((name) => {
          const there = !p.dirty && at(name) === p.number;
          const forbidden = name === 'production' && !p.mayDeploy;
          return (
            <Menu.Item key={name} disabled={there || forbidden} onClick={() => p.onPut(name)}>
              {name}
              <small className="dim num">
                {' '}
                {forbidden
                  ? 'needs the right to deploy'
                  : at(name) === undefined
                    ? 'on nothing yet'
                    : `now on v${at(name)}`}
              </small>
            </Menu.Item>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}
