import { NumberInput, Select, Switch, TagsInput, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ConversationField } from './ConversationField';
import c from './InputField.module.css';
import { fieldLabel, typeWords, type Variable } from './model/inputs';
import { RecordField } from './RecordField';

const Label = ({ variable }: { variable: Variable }) => (
  <span className={c.label}>
    {fieldLabel(variable.name)}
    {/* A switch says by itself that it is yes or no. */}
    {(variable.type !== 'BOOLEAN' || !variable.required) && <small>{typeWords(variable)}</small>}
  </span>
);

/** One typed input; the type is said in small words beside the label. */
export function InputField(p: {
  variable: Variable;
  value: unknown;
  error?: string;
  onChange: (value: unknown) => void;
}) {
  const { variable, value, onChange } = p;
  const label = <Label variable={variable} />;
  const common = { label, error: p.error, title: variable.description ?? undefined } as const;
  const empty = variable.required ? undefined : 'Empty';
  if (variable.enumValues?.length)
    return (
      <Select
        {...common}
        data={[...variable.enumValues]}
        value={typeof value === 'string' ? value : null}
        clearable={!variable.required}
        placeholder={empty ?? 'Choose'}
        onChange={(v) => onChange(v ?? undefined)}
      />
    );
  switch (variable.type) {
    case 'NUMBER':
    case 'INTEGER':
      return (
        <NumberInput
          {...common}
          value={typeof value === 'number' || typeof value === 'string' ? value : ''}
          allowDecimal={variable.type === 'NUMBER'}
          thousandSeparator=","
          placeholder={empty}
          // Half-typed numbers ("1.") stay as they were typed; the check says what is missing.
          onChange={(v) => onChange(v === '' ? undefined : v)}
        />
      );
    case 'BOOLEAN':
      return (
        <div>
          <div className={c.switchLabel}>{label}</div>
          <div className={c.switchBox}>
            <Switch
              aria-label={fieldLabel(variable.name)}
              label={value === undefined ? 'Not said' : value ? 'Yes' : 'No'}
              checked={value === true}
              onChange={(e) => onChange(e.currentTarget.checked)}
            />
          </div>
        </div>
      );
    case 'LIST':
      return <ListField variable={variable} {...common} value={value} onChange={onChange} />;
    case 'OBJECT':
      return <RecordField {...common} name={fieldLabel(variable.name)} value={value} onChange={onChange} />;
    case 'MESSAGES':
      return <ConversationField {...common} name={fieldLabel(variable.name)} value={value} onChange={onChange} />;
    case 'IMAGE_URL':
      return (
        <TextInput
          {...common}
          type="url"
          placeholder={empty ?? 'https://'}
          value={typeof value === 'string' ? value : ''}
          onChange={(e) => onChange(e.currentTarget.value || undefined)}
        />
      );
    default:
      return (
        <Textarea
          {...common}
          autosize
          minRows={1}
          maxRows={6}
          placeholder={empty}
          value={typeof value === 'string' ? value : ''}
          onChange={(e) =>
            onChange(e.currentTarget.value === '' && !variable.required ? undefined : e.currentTarget.value)
          }
        />
      );
  }
}

/** A list of texts; a list that already holds something else keeps it and says so. */
function ListField(p: {
  variable: Variable;
  label: React.ReactNode;
  error?: string;
  title?: string;
  value: unknown;
  onChange: (value: unknown) => void;
}) {
  const list = Array.isArray(p.value) ? p.value : [];
  const texts = list.filter((v): v is string => typeof v === 'string');
  const [typed, setTyped] = useState('');
  return (
    <TagsInput
      label={p.label}
      error={p.error}
      title={p.title}
      description={texts.length < list.length ? `${list.length - texts.length} entries are not text` : undefined}
      value={texts}
      searchValue={typed}
      onSearchChange={setTyped}
      allowDuplicates
      placeholder="Add…"
      onChange={(next) =>
        p.onChange(
          next.length === 0 && !p.variable.required
            ? undefined
            : [...next, ...list.filter((v) => typeof v !== 'string')],
        )
      }
    />
  );
}
