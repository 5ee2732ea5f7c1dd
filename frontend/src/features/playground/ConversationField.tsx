import { ActionIcon, Button, Input, Select, Textarea } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import c from './ConversationField.module.css';

interface Turn {
  role: string;
  content: string;
}
const turnsOf = (value: unknown): Turn[] =>
  Array.isArray(value)
    ? value.filter((t): t is Turn => typeof t?.role === 'string' && typeof t?.content === 'string')
    : [];
const speakers = [
  { value: 'user', label: 'Person' },
  { value: 'assistant', label: 'Assistant' },
];

/** Earlier turns of a conversation, one a row. */
export function ConversationField(p: {
  label: ReactNode;
  name: string;
  error?: string;
  value: unknown;
  onChange: (value: unknown) => void;
}) {
  const turns = turnsOf(p.value);
  const replace = (i: number, turn: Turn) => p.onChange(turns.map((t, j) => (j === i ? turn : t)));
  return (
    <Input.Wrapper label={p.label} labelElement="div" error={p.error}>
      {turns.map((turn, i) => (
        <div key={i} className={c.turn}>
          <Select
            aria-label={`${p.name}, who speaks in turn ${i + 1}`}
            data={speakers}
            value={turn.role}
            onChange={(role) => role && replace(i, { ...turn, role })}
          />
          <Textarea
            aria-label={`${p.name}, turn ${i + 1}`}
            autosize
            maxRows={4}
            value={turn.content}
            onChange={(e) => replace(i, { ...turn, content: e.currentTarget.value })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`Remove turn ${i + 1}`}
            onClick={() => p.onChange(turns.filter((_, j) => j !== i))}
          >
            <IconX size={14} />
          </ActionIcon>
        </div>
      ))}
      <Button
        mt={4}
        size="compact-xs"
        variant="default"
        leftSection={<IconPlus size={13} />}
        onClick={() =>
          p.onChange([...turns, { role: turns.at(-1)?.role === 'user' ? 'assistant' : 'user', content: '' }])
        }
      >
        Turn
      </Button>
    </Input.Wrapper>
  );
}
