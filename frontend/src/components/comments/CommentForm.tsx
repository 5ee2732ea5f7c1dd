import { Button, Textarea } from '@mantine/core';
import type { ReactNode } from 'react';
import type { CombinedError } from 'urql';
import { sentenceOf } from '@/lib/errors';
import { Notice } from '@/ui';
import c from './comments.module.css';

/** The text of a comment while it is written or changed. */
export function CommentForm(p: {
  value: string;
  onChange: (value: string) => void;
  onSend: () => void;
  onCancel?: () => void;
  label: string;
  placeholder?: string;
  word: string;
  busy: boolean;
  error?: CombinedError;
  children?: ReactNode;
}) {
  return (
    <form
      className={c.write}
      onSubmit={(e) => {
        e.preventDefault();
        p.onSend();
      }}
    >
      <Textarea
        aria-label={p.label}
        placeholder={p.placeholder}
        autosize
        minRows={2}
        maxRows={12}
        maxLength={10_000}
        data-autofocus
        value={p.value}
        onChange={(e) => p.onChange(e.currentTarget.value)}
        onKeyDown={(e) => {
          if (e.key === 'Enter' && (e.ctrlKey || e.metaKey)) {
            e.preventDefault();
            p.onSend();
          }
        }}
      />
      {p.error && <Notice tone="fail">{sentenceOf(p.error)}</Notice>}
      <div className={c.send}>
        {p.children}
        <span style={{ marginLeft: 'auto', display: 'flex', gap: 8 }}>
          {p.onCancel && (
            <Button variant="default" onClick={p.onCancel}>
              Cancel
            </Button>
          )}
          <Button type="submit" disabled={!p.value.trim()} loading={p.busy}>
            {p.word}
          </Button>
        </span>
      </div>
    </form>
  );
}
