import { ActionIcon, Button, Input, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import c from './RecordField.module.css';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Numbers and yes/no typed into a field stay what they are; everything else is text. */
const typedValue = (text: string): unknown =>
  /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text === 'true' ? true : text === 'false' ? false : text;
const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** Named fields, one a row: nobody writes JSON. */
export function RecordField(p: {
  label: ReactNode;
  name: string;
  error?: string;
  value: unknown;
  onChange: (value: unknown) => void;
}) {
  const entries = Object.entries(isRecord(p.value) ? p.value : {});
  const set = (next: [string, unknown][]) => p.onChange(Object.fromEntries(next));
  const replace = (i: number, entry: [string, unknown]) => set(entries.map((e, j) => (j === i ? entry : e)));
  const fresh = () => {
    let n = entries.length + 1;
    while (entries.some(([key]) => key === `field${n}`)) n++;
    return `field${n}`;
  };
  return (
    <Input.Wrapper label={p.label} labelElement="div" error={p.error}>
      {entries.map(([key, value], i) => (
        <div key={i} className={c.pair}>
          <TextInput
            aria-label={`${p.name}, field ${i + 1}`}
            value={key}
            onChange={(e) => replace(i, [e.currentTarget.value, value])}
          />
          <TextInput
            aria-label={`${p.name}, ${key}`}
            value={shown(value)}
            onChange={(e) => replace(i, [key, typedValue(e.currentTarget.value)])}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`Remove ${key}`}
            onClick={() => set(entries.filter((_, j) => j !== i))}
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
        onClick={() => set([...entries, [fresh(), '']])}
      >
        Field
      </Button>
    </Input.Wrapper>
  );
}
