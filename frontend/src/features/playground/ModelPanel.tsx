import { Button, NumberInput, SegmentedControl, Select, TextInput } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { urls } from '@/lib/urls';
import { useProject } from '@/lib/viewer';
import { JsonView, LinkButton, Notice } from '@/ui';
import shared from './column.module.css';
import c from './ModelPanel.module.css';
import type { Content } from './model/content';
import {
  parameterSentence,
  temperatureOf,
  type Variety,
  varieties,
  varietyOf,
  withParameter,
  withVariety,
  withWords,
  wordsOf,
} from './model/parameters';
import { choiceKey, choiceOf, isDemo, modelGroups, type Provider, resolveChoice } from './model/providers';

const asNumber = (value: string | number) => (typeof value === 'number' ? value : undefined);

/** Model and style: parameters as words with the numbers underneath. */
export function ModelPanel(p: {
  content: Content;
  providers: readonly Provider[];
  readOnly: boolean;
  onChange: (content: Content) => void;
}) {
  const { content } = p;
  const [all, setAll] = useState(false);
  const choice = resolveChoice(p.providers, content);
  const set = (parameters: Content['parameters']) => p.onChange({ ...content, parameters });
  const unknown = content.model && !choice ? content.model : null;
  return (
    <section aria-label="Model and style">
      <h2 className={shared.h}>Model and style</h2>
      {p.providers.length === 0 && <NoProvider />}
      <div className={c.model}>
        <Select
          label="Model"
          disabled={p.readOnly || p.providers.length === 0}
          data={modelGroups(p.providers)}
          value={choice ? choiceKey(choice) : null}
          placeholder={unknown ? `${unknown} (no longer offered)` : 'Choose a model'}
          onChange={(key) => {
            const next = key ? choiceOf(p.providers, key) : undefined;
            if (next) p.onChange({ ...content, model: next.model, provider: next.provider.name });
          }}
        />
        <NumberInput
          label="Longest answer"
          suffix=" words"
          placeholder="No limit"
          min={1}
          step={20}
          allowDecimal={false}
          disabled={p.readOnly}
          value={wordsOf(content.parameters) ?? ''}
          onChange={(words) => set(withWords(content.parameters, asNumber(words)))}
        />
        <div className={c.span2}>
          <div className={c.fieldLabel} id="variety">
            Variety
          </div>
          <SegmentedControl
            fullWidth
            aria-labelledby="variety"
            disabled={p.readOnly}
            data={[...varieties]}
            value={varietyOf(content.parameters) ?? ''}
            onChange={(variety) => set(withVariety(content.parameters, variety as Variety))}
          />
        </div>
      </div>
      <p className={c.under}>
        {parameterSentence(content.parameters)}{' '}
        <LinkButton aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? 'Fewer settings' : 'All settings'}
        </LinkButton>
      </p>
      {choice && isDemo(choice.provider) && (
        <Notice tone="warn">
          The demo provider is not a language model: it answers by fixed rules, so that you can try every screen without
          a key.
        </Notice>
      )}
      {all && <AllSettings content={content} readOnly={p.readOnly} set={set} />}
      <div className={c.moreRows}>
        <Foldable title="Answer format" state={content.responseSchema ? 'fixed fields' : 'free text'}>
          {content.responseSchema ? (
            <JsonView value={content.responseSchema} label="Answer format" />
          ) : (
            <p className="dim">
              The model answers in free text. A fixed format can be registered by an SDK or the API.
            </p>
          )}
        </Foldable>
        <Foldable
          title="Tools it may use"
          state={content.tools.length ? content.tools.map((t) => t.name).join(', ') : 'none'}
        >
          {content.tools.map((tool) => (
            <p key={tool.name}>
              <b className="mono">{tool.name}</b> {tool.description}
            </p>
          ))}
          {content.tools.length === 0 && <p className="dim">Tools are registered by an SDK or the API.</p>}
        </Foldable>
      </div>
    </section>
  );
}

function NoProvider() {
  const project = useProject();
  return (
    <div className={c.notice}>
      <Notice>
        No provider is set up, so nothing can run yet.{' '}
        <Link {...urls.settings(project, 'providers')} className={c.linkIn}>
          Add one, or the demo, in the settings
        </Link>
        .
      </Notice>
    </div>
  );
}

function Foldable({ title, state, children }: { title: string; state: string; children: ReactNode }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? <IconChevronDown size={14} aria-hidden /> : <IconChevronRight size={14} aria-hidden />}
        {title}
        <span className="truncate">{state}</span>
      </button>
      {open && <div className={c.fold}>{children}</div>}
    </>
  );
}

const numbers = [
  { name: 'top_p', label: 'Top p', min: 0, max: 1, step: 0.05 },
  { name: 'seed', label: 'Seed', step: 1 },
  { name: 'frequency_penalty', label: 'Frequency penalty', min: -2, max: 2, step: 0.1 },
  { name: 'presence_penalty', label: 'Presence penalty', min: -2, max: 2, step: 0.1 },
] as const;

function AllSettings(p: { content: Content; readOnly: boolean; set: (parameters: Content['parameters']) => void }) {
  const { parameters } = p.content;
  const number = (name: string) => (typeof parameters[name] === 'number' ? (parameters[name] as number) : '');
  return (
    <div className={c.model}>
      <NumberInput
        label="Temperature"
        placeholder="As the model sets it"
        min={0}
        max={2}
        step={0.1}
        decimalScale={2}
        disabled={p.readOnly}
        value={temperatureOf(parameters) ?? ''}
        onChange={(v) => p.set(withParameter(parameters, 'temperature', asNumber(v)))}
      />
      <NumberInput
        label="Most tokens"
        placeholder="No limit"
        min={1}
        allowDecimal={false}
        disabled={p.readOnly}
        value={number('max_tokens')}
        onChange={(v) => p.set(withParameter(parameters, 'max_tokens', asNumber(v)))}
      />
      {numbers.map(({ name, label, ...range }) => (
        <NumberInput
          key={name}
          label={label}
          placeholder="As the model sets it"
          {...range}
          disabled={p.readOnly}
          value={number(name)}
          onChange={(v) => p.set(withParameter(parameters, name, asNumber(v)))}
        />
      ))}
      <TextInput
        label="Stop at"
        placeholder="Nothing"
        disabled={p.readOnly}
        value={typeof parameters.stop === 'string' ? parameters.stop : ''}
        onChange={(e) => p.set(withParameter(parameters, 'stop', e.currentTarget.value))}
      />
      <Button variant="subtle" color="gray" c="var(--pl-text-2)" disabled={p.readOnly} onClick={() => p.set({})}>
        Clear all settings
      </Button>
    </div>
  );
}
