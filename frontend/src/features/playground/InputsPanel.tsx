import { Button } from '@mantine/core';
import { IconPlayerPlayFilled } from '@tabler/icons-react';
import { Key, Panel } from '@/ui';
import { InputField } from './InputField';
import c from './InputsPanel.module.css';
import type { InputProblem, Inputs, Variable } from './model/inputs';

const wide = new Set(['LIST', 'OBJECT', 'MESSAGES', 'IMAGE_URL']);

/** Inputs above the results, because one set feeds all columns. */
export function InputsPanel(p: {
  variables: readonly Variable[];
  inputs: Inputs;
  problems: readonly InputProblem[];
  runLabel: string;
  /** Why it cannot run, or nothing. */
  blocked: string | null;
  busy: boolean;
  onChange: (inputs: Inputs) => void;
  onRun: () => void;
}) {
  return (
    <Panel
      title="Try it on"
      actions={
        <Button
          leftSection={<IconPlayerPlayFilled size={12} />}
          rightSection={<Key solid>Ctrl ↵</Key>}
          aria-keyshortcuts="Control+Enter"
          disabled={p.blocked !== null}
          loading={p.busy}
          title={p.blocked ?? undefined}
          onClick={p.onRun}
        >
          {p.runLabel}
        </Button>
      }
    >
      <form
        className={c.form}
        aria-label="Inputs"
        onSubmit={(e) => {
          e.preventDefault();
          p.onRun();
        }}
      >
        {p.variables.map((variable) => (
          <div
            key={variable.name}
            data-wide={wide.has(variable.type) || undefined}
            data-small={variable.type === 'BOOLEAN' || undefined}
          >
            <InputField
              variable={variable}
              value={p.inputs[variable.name]}
              error={p.problems.find((problem) => problem.name === variable.name)?.message}
              onChange={(value) => p.onChange({ ...p.inputs, [variable.name]: value })}
            />
          </div>
        ))}
        {p.variables.length === 0 && (
          <p className={c.noInputs}>This prompt has no inputs: it says the same every time.</p>
        )}
      </form>
      {p.blocked && <p className={c.blocked}>{p.blocked}</p>}
    </Panel>
  );
}
