import { ActionIcon, Button, NumberInput, Popover, Select, Stack, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconFilter, IconSearch, IconX } from '@tabler/icons-react';
import { type RefObject, useEffect, useState } from 'react';
import { Key } from '@/ui';
import c from './FilterBar.module.css';
import { type Sentence, type Span, sentences, spanWords, type TraceSearch, without } from './model/filters';

interface Filters {
  search: TraceSearch;
  onChange: (search: TraceSearch) => void;
}

/** Search, the filters as sentences, and the ones that no facet offers. */
export function FilterBar({
  search,
  onChange,
  searchRef,
}: Filters & { searchRef: RefObject<HTMLInputElement | null> }) {
  const [typed, setTyped] = useState(search.q ?? '');
  useEffect(() => setTyped(search.q ?? ''), [search.q]);
  const push = useDebouncedCallback((q: string) => onChange({ ...search, q: q.trim() || undefined }), 250);
  return (
    <div className={c.tools} role="search" aria-label="Search traces">
      <TextInput
        ref={searchRef}
        className={c.search}
        aria-label="Search input, output, name or id"
        placeholder="Search input, output, name or id"
        leftSection={<IconSearch size={14} stroke={1.75} />}
        rightSection={
          typed ? (
            <ActionIcon
              variant="subtle"
              color="gray"
              size="sm"
              aria-label="Clear the search"
              onClick={() => onChange(without(search, 'q'))}
            >
              <IconX size={13} />
            </ActionIcon>
          ) : (
            <Key>/</Key>
          )
        }
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          push(event.currentTarget.value);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape') event.currentTarget.blur();
        }}
      />
      <Select
        aria-label="Time range"
        w={132}
        data={(Object.keys(spanWords) as Span[]).map((value) => ({
          value,
          label: `Last ${spanWords[value].replace('the last ', '')}`,
        }))}
        value={search.span ?? '24h'}
        onChange={(span) => onChange({ ...without(search, 'from'), span: (span as Span | null) ?? undefined })}
      />
      {sentences(search)
        .filter((sentence) => sentence.key !== 'q')
        .map((sentence) => (
          <Filter key={sentence.key} sentence={sentence} onDrop={() => onChange(without(search, sentence.key))} />
        ))}
      <More search={search} onChange={onChange} />
    </div>
  );
}

const Filter = ({ sentence, onDrop }: { sentence: Sentence; onDrop: () => void }) => (
  <span className={`${c.filter} num`}>
    <span className="truncate">
      {sentence.lead} <b>{sentence.value}</b>
    </span>
    <button type="button" aria-label={`Remove filter: ${sentence.lead} ${sentence.value}`} onClick={onDrop}>
      <IconX size={13} />
    </button>
  </span>
);

/** Filters that are typed. */
function More({ search, onChange }: Filters) {
  const [opened, setOpened] = useState(false);
  const [draft, setDraft] = useState<TraceSearch>(search);
  const amount = (value: string | number) => (Number(value) > 0 ? Number(value) : undefined);
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" trapFocus width={260}>
      <Popover.Target>
        <Button
          variant="subtle"
          color="gray"
          c="var(--pl-text-2)"
          leftSection={<IconFilter size={14} stroke={1.75} />}
          onClick={() => {
            setDraft(search);
            setOpened(!opened);
          }}
        >
          Filter
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="More filters">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            onChange(draft);
            setOpened(false);
          }}
        >
          <Stack gap={10}>
            <NumberInput
              data-autofocus
              label="Took at least, in seconds"
              min={0}
              value={draft.slow ? draft.slow / 1000 : ''}
              onChange={(value) => setDraft({ ...draft, slow: amount(value) && Number(value) * 1000 })}
            />
            <NumberInput
              label="Cost at least, in dollars"
              min={0}
              step={0.01}
              value={draft.dear ?? ''}
              onChange={(value) => setDraft({ ...draft, dear: amount(value) })}
            />
            <NumberInput
              label="Tokens, at least"
              min={0}
              value={draft.long ?? ''}
              onChange={(value) => setDraft({ ...draft, long: amount(value) })}
            />
            <TextInput
              label="User id"
              value={draft.user ?? ''}
              onChange={(event) => setDraft({ ...draft, user: event.currentTarget.value.trim() || undefined })}
            />
            <TextInput
              label="Session id"
              value={draft.session ?? ''}
              onChange={(event) => setDraft({ ...draft, session: event.currentTarget.value.trim() || undefined })}
            />
            <Button type="submit">Show these</Button>
          </Stack>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
