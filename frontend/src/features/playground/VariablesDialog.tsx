import { ActionIcon, Button, Modal, Select, Switch, TagsInput, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { VariableType } from '@/gql/graphql';
import { addVariable, type Content, removeVariable, setVariable } from './model/content';
import { fieldLabel, type Variable } from './model/inputs';
import c from './VariablesDialog.module.css';

const types: { value: VariableType; label: string }[] = [
  { value: 'STRING', label: 'Text' },
  { value: 'NUMBER', label: 'Number' },
  { value: 'INTEGER', label: 'Whole number' },
  { value: 'BOOLEAN', label: 'Yes or no' },
  { value: 'LIST', label: 'List' },
  { value: 'OBJECT', label: 'Fields' },
  { value: 'MESSAGES', label: 'Conversation' },
  { value: 'IMAGE_URL', label: 'Image address' },
];

function VariableRow({
  variable,
  set,
  remove,
}: {
  variable: Variable;
  set: (change: Partial<Variable>) => void;
  remove: () => void;
}) {
  const name = fieldLabel(variable.name);
  return (
    <tr>
      <th scope="row" className="mono">
        {variable.name}
      </th>
      <td>
        <Select
          aria-label={`${name}: kind`}
          w={140}
          data={types}
          value={variable.type}
          onChange={(type) => type && set({ type: type as VariableType, enumValues: null, default: null })}
        />
      </td>
      <td>
        <Switch
          label="Needed"
          aria-label={`${name}: needed`}
          checked={variable.required}
          onChange={(e) => set({ required: e.currentTarget.checked })}
        />
      </td>
      <td>
        {variable.type === 'STRING' && (
          <TagsInput
            aria-label={`${name}: choices`}
            placeholder={variable.enumValues?.length ? '' : 'Any text, or list the choices'}
            value={[...(variable.enumValues ?? [])]}
            onChange={(values) => set({ enumValues: values.length ? values : null })}
          />
        )}
      </td>
      <td>
        <ActionIcon variant="subtle" color="gray" aria-label={`Remove ${variable.name}`} onClick={remove}>
          <IconTrash size={15} stroke={1.75} />
        </ActionIcon>
      </td>
    </tr>
  );
}

/** The inputs of a prompt: name, kind in plain words, needed or not, choices. */
export function VariablesDialog(p: { content: Content; onChange: (content: Content) => void; onClose: () => void }) {
  const [name, setName] = useState('');
  const wrong = name !== '' && !/^[A-Za-z_]\w*$/.test(name);
  const taken = p.content.variables.some((v) => v.name === name);
  const add = () => {
    if (!name || wrong || taken) return;
    p.onChange(addVariable(p.content, name));
    setName('');
  };
  return (
    <Modal opened onClose={p.onClose} title="Inputs" size={760} closeButtonProps={{ 'aria-label': 'Close' }}>
      <p className={c.dialogNote}>What changes from case to case. Write {'{{name}}'} in a message to use one.</p>
      {p.content.variables.length > 0 && (
        <div className={c.wideTable}>
          <table className={c.variables}>
            <thead>
              <tr>
                <th scope="col">Name</th>
                <th scope="col">Kind</th>
                <th scope="col">Needed</th>
                <th scope="col">Choices</th>
                <td />
              </tr>
            </thead>
            <tbody>
              {p.content.variables.map((variable) => (
                <VariableRow
                  key={variable.name}
                  variable={variable}
                  set={(change) => p.onChange(setVariable(p.content, variable.name, change))}
                  remove={() => p.onChange(removeVariable(p.content, variable.name))}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <form
        className={c.addRow}
        onSubmit={(e) => {
          e.preventDefault();
          add();
        }}
      >
        <TextInput
          data-autofocus
          aria-label="Name of a new input"
          placeholder="customer_name"
          value={name}
          error={wrong ? 'Letters, digits and _ only.' : taken ? 'There is one of this name.' : undefined}
          onChange={(e) => setName(e.currentTarget.value.trim())}
        />
        <Button type="submit" disabled={!name || wrong || taken}>
          Add input
        </Button>
      </form>
    </Modal>
  );
}
