import { ActionIcon, Button, NumberInput, Select, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useMutation, useQuery } from 'urql';
import {
  ProjectSettingsPageDocument,
  type ProjectSettingsPageQuery,
  type RedactionAction,
  type RedactionKind,
  UpdateProjectSettingsDocument,
} from '@/gql/graphql';
import { sentenceOf } from '@/lib/errors';
import { toast } from '@/lib/toasts';
import { useProject } from '@/lib/viewer';
import { Notice, Panel } from '@/ui';
import { Answered } from './Answered';
import { EraseData } from './EraseData';
import c from './ProjectRules.module.css';
import shared from './settings.module.css';
import { redactionActions, redactionKinds } from './words';

type Settings = NonNullable<ProjectSettingsPageQuery['project']>['settings'];

export function ProjectRules() {
  const project = useProject();
  const [{ data, error, fetching }, again] = useQuery({
    query: ProjectSettingsPageDocument,
    variables: { projectId: project.id },
    requestPolicy: 'network-only',
  });
  return (
    <Answered
      data={data?.project?.settings}
      error={error}
      fetching={fetching}
      what="the project's settings"
      onRetry={() => again({ requestPolicy: 'network-only' })}
    >
      {(settings) => (
        <>
          <RulesForm settings={settings} />
          <EraseData />
        </>
      )}
    </Answered>
  );
}

function RulesForm({ settings }: { settings: Settings }) {
  const project = useProject();
  const may = project.permissions.has('MANAGE_PROJECT');
  const [days, setDays] = useState<string | number>(settings.retentionDays ?? '');
  const [share, setShare] = useState<string | number>(settings.sampleRate * 100);
  const [rules, setRules] = useState(settings.redaction.map((rule, id) => ({ ...rule, id })));
  const [{ fetching, error }, save] = useMutation(UpdateProjectSettingsDocument);
  const change = (id: number, part: Partial<(typeof rules)[number]>) =>
    setRules(rules.map((rule) => (rule.id === id ? { ...rule, ...part } : rule)));
  const submit = async () => {
    const { data } = await save({
      input: {
        projectId: project.id,
        retentionDays: days === '' ? null : Number(days),
        sampleRate: Number(share) / 100,
        redaction: rules.map(({ name, kind, pattern, action }) => ({
          name: name.trim() || kind,
          kind,
          action,
          pattern: kind === 'REGEX' ? pattern : undefined,
        })),
      },
    });
    if (data) toast('Saved just now');
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
      style={{ display: 'grid', gap: 12, gridTemplateColumns: 'minmax(0, 1fr)' }}
    >
      <Panel title="What is kept">
        <div className={`${shared.inside} ${shared.form}`}>
          <NumberInput
            label="Days traces are kept"
            description="Empty to keep them until they are erased"
            min={1}
            max={3650}
            disabled={!may}
            value={days}
            onChange={setDays}
          />
          <NumberInput
            label="Share of healthy traces, in per cent"
            description="Errors, failed verdicts and scored traces are always kept"
            min={0}
            max={100}
            disabled={!may}
            value={share}
            onChange={setShare}
          />
        </div>
      </Panel>
      <Panel
        title="Redaction"
        note="before anything is written"
        actions={
          may && (
            <Button
              variant="default"
              leftSection={<IconPlus size={14} />}
              onClick={() =>
                setRules([...rules, { id: Date.now(), name: '', kind: 'EMAIL', pattern: null, action: 'MASK' }])
              }
            >
              Add a rule
            </Button>
          )
        }
      >
        <div className={shared.inside}>
          {rules.length === 0 && <p className="dim">Nothing is taken out.</p>}
          <p className="dim">
            Rules take from what is sent and from what people say of it. What your team writes on purpose stays as
            written: prompts, names and instructions of queues, names of datasets.
          </p>
          {rules.map((rule) => (
            <div key={rule.id} className={c.rule}>
              <TextInput
                aria-label="Name of the rule"
                placeholder="Name"
                disabled={!may}
                value={rule.name}
                onChange={(event) => change(rule.id, { name: event.currentTarget.value })}
              />
              <Select
                aria-label="What is looked for"
                disabled={!may}
                data={redactionKinds.map((k) => ({ ...k }))}
                value={rule.kind}
                onChange={(kind) => kind && change(rule.id, { kind: kind as RedactionKind })}
              />
              <TextInput
                aria-label="Pattern"
                placeholder={rule.kind === 'REGEX' ? 'HM-\\d{5}' : 'built in'}
                disabled={!may || rule.kind !== 'REGEX'}
                required={rule.kind === 'REGEX'}
                value={rule.pattern ?? ''}
                onChange={(event) => change(rule.id, { pattern: event.currentTarget.value })}
              />
              <Select
                aria-label="What is done"
                disabled={!may}
                data={redactionActions.map((a) => ({ ...a }))}
                value={rule.action}
                onChange={(action) => action && change(rule.id, { action: action as RedactionAction })}
              />
              <ActionIcon
                variant="subtle"
                color="gray"
                c="var(--pl-text-2)"
                disabled={!may}
                aria-label={`Remove the rule ${rule.name}`}
                onClick={() => setRules(rules.filter((other) => other.id !== rule.id))}
              >
                <IconTrash size={15} stroke={1.75} />
              </ActionIcon>
            </div>
          ))}
        </div>
      </Panel>
      {error && <Notice tone="fail">{sentenceOf(error)}</Notice>}
      {may && (
        <div className={shared.actions}>
          <Button type="submit" loading={fetching}>
            Save
          </Button>
        </div>
      )}
    </form>
  );
}
