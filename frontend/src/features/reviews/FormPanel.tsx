import { Textarea } from '@mantine/core';
import type { Ref } from 'react';
import type { ReviewQueueFactsFragment } from '@/gql/graphql';
import { Key } from '@/ui';
import c from './FormPanel.module.css';
import shared from './legend.module.css';
import { type FormAction, type ReviewForm, reasonNeeded } from './model/form';
import { Rubric } from './Rubric';

interface FormFields {
  reason: Ref<HTMLTextAreaElement>;
  better: Ref<HTMLTextAreaElement>;
}

function reasonNote(form: ReviewForm, rule: ReviewQueueFactsFragment['rubric']['reasoningRequired']): string {
  if (rule === 'ALWAYS') return 'needed';
  if (rule === 'ON_FAIL') return reasonNeeded(form.label, rule) ? 'needed for a fail' : 'needed for a fail only';
  return 'optional';
}

/** Rubric, failure modes, reason, better answer: in the order they are needed. */
export function FormPanel(p: {
  form: ReviewForm;
  rubric: ReviewQueueFactsFragment['rubric'];
  answer: string;
  fields: FormFields;
  restored: boolean;
  onEdit: (action: FormAction) => void;
}) {
  const { form, rubric } = p;
  return (
    <section className={c.side} aria-label="Your review">
      <Rubric instructions={rubric.instructions} version={rubric.version} />
      {p.restored && (
        <p className={c.kept} role="status">
          Your text from before is back.
        </p>
      )}
      {rubric.failureModes.length > 0 && (
        <div role="group" aria-labelledby="modes">
          <div className={shared.legend} id="modes">
            What went wrong<small>any that apply</small>
          </div>
          <div className={c.modes}>
            {rubric.failureModes.map((mode, i) => (
              <button
                key={mode.key}
                type="button"
                className={c.mode}
                title={mode.description ?? undefined}
                aria-pressed={form.failureModes.includes(mode.key)}
                aria-keyshortcuts={i < 9 ? `${i + 1}` : undefined}
                onClick={() => p.onEdit({ type: 'mode', key: mode.key })}
              >
                {i < 9 && (
                  <span aria-hidden style={{ display: 'contents' }}>
                    <Key>{i + 1}</Key>
                  </span>
                )}
                {mode.label}
              </button>
            ))}
          </div>
        </div>
      )}
      <div>
        <div className={shared.legend}>
          <label htmlFor="reason">Reason</label>
          <small>{reasonNote(form, rubric.reasoningRequired)}</small>
          <span aria-hidden className={c.legendKey}>
            <Key>R</Key>
          </span>
        </div>
        <Textarea
          id="reason"
          ref={p.fields.reason}
          size="sm"
          autosize
          minRows={2}
          maxRows={8}
          maxLength={10_000}
          value={form.reasoning}
          error={form.missing === 'reason' && 'Say in a sentence why it fails, then submit.'}
          placeholder="One sentence is enough"
          onChange={(e) => p.onEdit({ type: 'reason', text: e.currentTarget.value })}
        />
      </div>
      <div>
        <div className={shared.legend}>
          <label htmlFor="better">Better answer</label>
          <small>optional, becomes the expected one</small>
          <span aria-hidden className={c.legendKey}>
            <Key>C</Key>
          </span>
        </div>
        <Textarea
          id="better"
          ref={p.fields.better}
          size="sm"
          autosize
          minRows={3}
          maxRows={14}
          value={form.correctedOutput ?? ''}
          placeholder="Starts as a copy of the answer; change what is wrong"
          onFocus={() => form.correctedOutput === null && p.onEdit({ type: 'correct', text: p.answer })}
          onBlur={() =>
            (form.correctedOutput?.trim() === p.answer.trim() || form.correctedOutput?.trim() === '') &&
            p.onEdit({ type: 'correct', text: null })
          }
          onChange={(e) => p.onEdit({ type: 'correct', text: e.currentTarget.value })}
        />
      </div>
    </section>
  );
}
