import { Button, Popover, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { Key } from '@/ui';
import type { TraceSearch } from './model/filters';
import { sameView, useViews } from './useViews';
import c from './ViewTabs.module.css';

export function ViewTabs(p: { projectId: string; search: TraceSearch; onChange: (search: TraceSearch) => void }) {
  const { views, save, remove } = useViews(p.projectId);
  const known = views.some((view) => sameView(view.search, p.search));
  return (
    <div className={c.views} role="group" aria-label="Saved views">
      {views.map((view) => {
        const on = sameView(view.search, p.search);
        return (
          <span key={view.name} className={c.view} data-on={on || undefined}>
            <button type="button" aria-pressed={on} onClick={() => p.onChange({ ...view.search, live: p.search.live })}>
              {view.name}
            </button>
            {view.own && on && (
              <button type="button" aria-label={`Remove the view ${view.name}`} onClick={() => remove(view.name)}>
                <IconX size={12} />
              </button>
            )}
          </span>
        );
      })}
      {!known && <SaveView onSave={(name) => save(name, p.search)} />}
      <span className={c.keys}>
        <Key>J</Key>
        <Key>K</Key> move <Key>↵</Key> open <Key>X</Key> select <Key>Q</Key> to queue
      </span>
    </div>
  );
}

function SaveView({ onSave }: { onSave: (name: string) => void }) {
  const [opened, setOpened] = useState(false);
  const [name, setName] = useState('');
  return (
    <Popover opened={opened} onChange={setOpened} trapFocus position="bottom-start" width={240}>
      <span className={c.view}>
        <Popover.Target>
          <button type="button" onClick={() => setOpened(!opened)}>
            <IconPlus size={14} aria-hidden /> Save view
          </button>
        </Popover.Target>
      </span>
      <Popover.Dropdown aria-label="Save these filters as a view">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (!name.trim()) return;
            onSave(name.trim());
            setOpened(false);
            setName('');
          }}
        >
          <TextInput
            data-autofocus
            label="Name of the view"
            description="Kept on this device"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button type="submit" mt={10} disabled={!name.trim()}>
            Save
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
