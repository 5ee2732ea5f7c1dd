import { ActionIcon, Button, Modal, NumberInput, SegmentedControl, Switch, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { ReasoningRequired } from '@/gql/graphql';
import { DialogActions, Notice } from '@/ui';
import { type QueueDraft, type QueueProblem, queueProblems } from './model/queueForm';
import { QuestionFields, ReviewersField, ReviewsField } from './QueueFields';
import c from './QueueForm.module.css';

const rules: { value: ReasoningRequired; label: string }[] = [
  { value: 'NEVER', label: 'Never' },
  { value: 'ON_FAIL', label: 'For a fail' },
  { value: 'ALWAYS', label: 'Always' },
];
const switches = [
  ['hideModel', 'Hide the model'],
  ['hidePromptVersion', 'Hide the prompt version'],
  ['hideMetrics', 'Hide time, cost and tokens'],
  ['hideIdentity', 'Hide who the person is'],
  ['shuffle', 'Give everyone another order'],
] as const;
const letThrough = ['hideModel', 'hidePromptVersion', 'hideMetrics', 'hideIdentity'] as const;

/** Sets up a queue or changes one: question, failure modes, people, what is hidden. */
export function QueueForm(p: {
  title: string;
  action: string;
  start: QueueDraft;
  /** What is promised to reviewers cannot change afterwards. */
  fixed: boolean;
  error: string | null;
  busy: boolean;
  onSave: (draft: QueueDraft) => void;
  onClose: () => void;
}) {
  const [draft, setDraft] = useState(p.start);
  const [tried, setTried] = useState(false);
  const set = (change: Partial<QueueDraft>) => setDraft((d) => ({ ...d, ...change }));
  const problems = queueProblems(draft);
  const problem = (field: QueueProblem['field']) =>
    tried ? problems.find((x) => x.field === field)?.message : undefined;
  return (
    <Modal opened onClose={p.onClose} title={p.title} size={680} closeButtonProps={{ 'aria-label': 'Close' }}>
      <form
        className={c.form}
        onSubmit={(e) => {
          e.preventDefault();
          setTried(true);
          if (problems.length === 0) p.onSave(draft);
        }}
      >
        <QuestionFields
          draft={draft}
          set={set}
          errors={{ name: problem('name'), instructions: problem('instructions') }}
        />
        <FailureModes draft={draft} error={problem('modes')} set={set} />
        <div>
          <div className={c.label} id="reason-rule">
            A reason is needed
          </div>
          <SegmentedControl
            aria-labelledby="reason-rule"
            data={rules}
            value={draft.reasoningRequired}
            onChange={(v) => set({ reasoningRequired: v as ReasoningRequired })}
          />
        </div>
        <ReviewersField draft={draft} set={set} nobody="Who judges" error={problem('reviewers')} />
        <div className={c.two}>
          <ReviewsField draft={draft} set={set} disabled={p.fixed} />
          <NumberInput
            label="An item is kept for"
            suffix=" min"
            min={1}
            max={240}
            disabled={p.fixed}
            value={draft.leaseMinutes}
            onChange={(v) => set({ leaseMinutes: Number(v) || 1 })}
          />
        </div>
        <fieldset className={c.blinding} disabled={p.fixed}>
          <legend>While someone judges</legend>
          <p>
            What others said is always hidden.{' '}
            {p.fixed && 'The rest was promised when the queue began and stays as it is.'}
          </p>
          <div className={c.two}>
            {switches.map(([key, label]) => (
              <Switch
                key={key}
                label={label}
                disabled={p.fixed}
                checked={draft[key]}
                onChange={(e) => set({ [key]: e.currentTarget.checked })}
              />
            ))}
          </div>
          {!p.fixed && letThrough.some((key) => !draft[key]) && (
            <Notice tone="warn">What reviewers know about an answer colours how they judge it.</Notice>
          )}
        </fieldset>
        {p.error && <Notice tone="fail">{p.error}</Notice>}
        <DialogActions>
          <Button variant="default" onClick={p.onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={p.busy}>
            {p.action}
          </Button>
        </DialogActions>
      </form>
    </Modal>
  );
}

function FailureModes(p: { draft: QueueDraft; error?: string; set: (change: Partial<QueueDraft>) => void }) {
  const { failureModes } = p.draft;
  return (
    <div role="group" aria-labelledby="failure-modes">
      <div className={c.label} id="failure-modes">
        What can go wrong <small>keys 1 to 9 while judging</small>
      </div>
      {failureModes.map((mode, i) => (
        <div key={i} className={c.mode}>
          <TextInput
            aria-label={`Failure mode ${i + 1}`}
            value={mode.label}
            onChange={(e) =>
              p.set({
                failureModes: failureModes.map((m, j) => (j === i ? { ...m, label: e.currentTarget.value } : m)),
              })
            }
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`Remove failure mode ${i + 1}`}
            onClick={() => p.set({ failureModes: failureModes.filter((_, j) => j !== i) })}
          >
            <IconX size={14} />
          </ActionIcon>
        </div>
      ))}
      <Button
        variant="default"
        size="compact-xs"
        leftSection={<IconPlus size={13} />}
        onClick={() => p.set({ failureModes: [...failureModes, { key: null, label: '' }] })}
      >
        Failure mode
      </Button>
      {p.error && <p className={c.error}>{p.error}</p>}
    </div>
  );
}
