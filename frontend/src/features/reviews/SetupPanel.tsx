import { Button } from '@mantine/core';
import { plural } from '@/lib/format';
import { Chip, Chips, Panel } from '@/ui';
import { rubricBlocks } from './model/pace';
import type { QueueData } from './QueueFrame';
import c from './SetupPanel.module.css';

const ruleWords = { NEVER: 'never asked for', ON_FAIL: 'needed for a fail', ALWAYS: 'always needed' } as const;
const hidden = [
  ['hideModel', 'model'],
  ['hidePromptVersion', 'version'],
  ['hideMetrics', 'time and cost'],
  ['hideIdentity', 'person'],
] as const;

/** The question, what can go wrong, who judges, what is hidden. */
export function SetupPanel({ queue, onChange }: { queue: QueueData; onChange?: () => void }) {
  const { rubric } = queue;
  const hides = hidden.filter(([key]) => queue.blinding[key]).map(([, word]) => word);
  return (
    <Panel
      title="Set-up"
      note={`rubric version ${rubric.version}`}
      actions={
        onChange && (
          <Button size="compact-xs" variant="subtle" c="var(--pl-accent-text)" onClick={onChange}>
            Change
          </Button>
        )
      }
    >
      <div className={c.rubric}>
        {rubricBlocks(rubric.instructions).map((block) =>
          block.kind === 'text' ? (
            <p key={block.text}>{block.text}</p>
          ) : (
            <ul key={block.items.join()}>
              {block.items.map((item) => (
                <li key={item}>{item}</li>
              ))}
            </ul>
          ),
        )}
      </div>
      <dl className={c.set}>
        <dt>Can go wrong</dt>
        <dd>
          <Chips>
            {rubric.failureModes.length === 0 && <span className="dim">not listed</span>}
            {rubric.failureModes.map((m) => (
              <Chip key={m.key} title={m.description ?? undefined}>
                {m.label}
              </Chip>
            ))}
          </Chips>
        </dd>
        <dt>Reason</dt>
        <dd>{ruleWords[rubric.reasoningRequired]}</dd>
        <dt>Reviewers</dt>
        <dd>
          {queue.reviewers.length ? (
            queue.reviewers.map((r) => r.name).join(', ')
          ) : (
            <span className="dim">none yet</span>
          )}
        </dd>
        <dt>Hidden</dt>
        <dd>{[...hides, 'what others said'].join(', ')}</dd>
        <dt>Kept for</dt>
        <dd className="num">{plural(queue.leaseMinutes, 'minute')} a claim</dd>
      </dl>
    </Panel>
  );
}
