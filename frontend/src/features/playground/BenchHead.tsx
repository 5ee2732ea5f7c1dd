import { TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { Chip } from '@/ui';
import c from './BenchHead.module.css';
import { SavedState } from './SavedState';
import type { useDraft } from './useDraft';

/** What is on the bench and whether it is saved; at the right what can be done with it. */
export function BenchHead(p: {
  name: string;
  archived: boolean;
  draft: ReturnType<typeof useDraft>;
  children: ReactNode;
}) {
  const { draft } = p;
  return (
    <div className={c.head}>
      <h1 className={c.name}>{p.name}</h1>
      <Chip tone="accent">{draft.dirty ? 'edited' : `v${draft.base.number}`}</Chip>
      {p.archived && <Chip>archived</Chip>}
      <SavedState saving={draft.saving} onRetry={() => void draft.save()} />
      <div className={c.headActions}>
        {draft.dirty && (
          <TextInput
            w={220}
            aria-label="What this edit changes"
            placeholder="What does this edit change?"
            maxLength={200}
            value={draft.note}
            onChange={(e) => draft.setNote(e.currentTarget.value)}
          />
        )}
        {p.children}
      </div>
    </div>
  );
}
