import { Modal } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { urls } from '@/lib/urls';
import { useProject, useViewer } from '@/lib/viewer';
import { type Command, commandsFor, matching } from './commands';
import c from './Palette.module.css';

const listId = 'palette-list';

/** Ctrl K: type a page, a setting or a project; anything else searches the traces. */
export function Palette({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      withCloseButton={false}
      padding={0}
      size={560}
      yOffset="12vh"
      attributes={{ content: { 'aria-label': 'Command palette' } }}
    >
      <Search onDone={onClose} />
    </Modal>
  );
}

function Search({ onDone }: { onDone: () => void }) {
  const project = useProject();
  const viewer = useViewer();
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const all = useMemo(() => commandsFor(project, viewer), [project, viewer]);
  const hits: Command[] = [
    ...matching(all, typed).slice(0, 9),
    ...(typed.trim()
      ? [
          {
            id: 'search',
            label: `Search traces for “${typed.trim()}”`,
            note: 'Traces',
            link: { ...urls.traces(project), search: { q: typed.trim() } },
          },
        ]
      : []),
  ];
  const chosen = Math.min(at, hits.length - 1);
  const open = (command: Command | undefined) => {
    if (!command) return;
    onDone();
    if (command.link) void navigate(command.link);
    command.run?.();
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step) setAt((chosen + step + hits.length) % hits.length);
    else if (event.key === 'Enter') open(hits[chosen]);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <input
        data-autofocus
        className={c.input}
        role="combobox"
        aria-label="Search or jump to"
        aria-expanded
        aria-controls={listId}
        aria-activedescendant={hits.length ? `${listId}-${chosen}` : undefined}
        placeholder="Search or jump to…"
        autoComplete="off"
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div id={listId} className={c.list} role="listbox" aria-label="Matches" tabIndex={-1}>
        {hits.map((command, i) => (
          <div
            key={command.id}
            id={`${listId}-${i}`}
            role="option"
            aria-selected={i === chosen}
            className={c.option}
            onPointerMove={() => setAt(i)}
            onClick={() => open(command)}
          >
            <span className="truncate">{command.label}</span>
            <small>{command.note}</small>
          </div>
        ))}
      </div>
    </>
  );
}
