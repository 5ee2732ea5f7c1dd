import { Button, Drawer, TextInput } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useClient, useMutation } from 'urql';
import {
  type PlaygroundLabelFragment,
  PlaygroundOneVersionDocument,
  PlaygroundSetLabelDocument,
  type PlaygroundVersionFragment,
} from '@/gql/graphql';
import { sentenceOf } from '@/lib/errors';
import { useKeys } from '@/lib/keys';
import { toast, toastError } from '@/lib/toasts';
import { useBreakpoint } from '@/lib/useBreakpoint';
import { useCan, useProject } from '@/lib/viewer';
import { Chip } from '@/ui';
import { DiffDialog } from './DiffDialog';
import { InputsPanel } from './InputsPanel';
import { LabelMenu } from './LabelMenu';
import { ModelPanel } from './ModelPanel';
import { contentOf } from './model/content';
import { hintsFor } from './model/hints';
import { checkInputs, type Inputs, initialInputs, toSend } from './model/inputs';
import { keepInputs, readInputs } from './model/kept';
import { type Provider, resolveChoice } from './model/providers';
import { column, isBusy, MAX_COLUMNS } from './model/runs';
import c from './Playground.module.css';
import { PromptColumn } from './PromptColumn';
import { Results } from './Results';
import { SavedState } from './SavedState';
import { useDraft } from './useDraft';
import { useRuns } from './useRuns';
import { useVersions } from './useVersions';
import { VersionsRail } from './VersionsRail';

export interface BenchPrompt {
  id: string;
  name: string;
  archivedAt?: string | null;
  labels: readonly PlaygroundLabelFragment[];
  latest: PlaygroundVersionFragment;
}

/** Three columns in the order of thought: what you write, what comes out, what it was. */
export function Workbench(p: {
  prompt: BenchPrompt;
  start: PlaygroundVersionFragment;
  providers: readonly Provider[];
}) {
  const { prompt, providers } = p;
  const project = useProject();
  const client = useClient();
  const mayEdit = useCan('EDIT_PROMPTS') && !prompt.archivedAt;
  const mayDeploy = useCan('DEPLOY_PROMPTS');
  const mayRun = useCan('RUN_PLAYGROUND');
  const draft = useDraft({ projectId: project.id, promptId: prompt.id, name: prompt.name, latest: p.start });
  const { content, base, dirty } = draft;
  const versions = useVersions(project.id, prompt.name);
  const production = prompt.labels.find((l) => l.name === 'production')?.version.number;
  const [initialColumns] = useState(() =>
    production !== undefined && production !== base.number
      ? [column('production', production), column('edit', null)]
      : [column('edit', null)],
  );
  const { columns, dispatch, start, stop } = useRuns(initialColumns);
  const [, setLabel] = useMutation(PlaygroundSetLabelDocument);
  const [inputs, setInputs] = useState<Inputs>(() =>
    initialInputs(content.variables, readInputs(localStorage, prompt.id)),
  );
  const [tried, setTried] = useState(false);
  const [diff, setDiff] = useState<number | null>(null);
  const [rail, setRail] = useState(false);
  const narrow = useBreakpoint('lg');
  const problems = useMemo(() => checkInputs(content.variables, inputs), [content.variables, inputs]);
  const broken = content.messages.some((m) => hintsFor(m.template, content.variables).some((h) => h.tone === 'error'));
  const nextKey = useRef(0);

  useEffect(() => void keepInputs(localStorage, prompt.id, inputs), [prompt.id, inputs]);

  const lineOf = (number: number) => versions.lines.find((l) => l.number === number);
  const choiceFor = (number: number | null) =>
    resolveChoice(
      providers,
      number === null || number === base.number ? content : { provider: null, model: lineOf(number)?.model ?? null },
    ) ?? (number === null ? undefined : resolveChoice(providers, content));
  const busy = columns.some(isBusy);
  const blocked = !mayRun
    ? 'You may look, but not run: ask an admin for the playground.'
    : broken
      ? 'A message has a problem; it is marked where it stands.'
      : columns.every((col) => !choiceFor(col.number))
        ? 'Choose a model first.'
        : null;

  const run = async () => {
    setTried(true);
    if (blocked || problems.length > 0 || busy) return;
    const number = await draft.save();
    if (number === undefined) return;
    if (number !== base.number) versions.reload();
    for (const col of columns) {
      const choice = choiceFor(col.number);
      if (!choice) {
        dispatch({
          type: 'failed',
          key: col.key,
          error: { message: 'No provider offers the model of this version. Choose one on the left.' },
        });
        continue;
      }
      void start({
        key: col.key,
        projectId: project.id,
        promptName: prompt.name,
        number: col.number ?? number,
        inputs: toSend(content.variables, inputs),
        providerId: choice.provider.id,
        model: choice.model,
      });
    }
  };

  const openVersion = async (number: number) => {
    setRail(false);
    const { data, error } = await client.query(PlaygroundOneVersionDocument, {
      projectId: project.id,
      name: prompt.name,
      number,
    });
    const version = data?.project?.prompt?.version;
    if (!version) {
      toastError(error ? sentenceOf(error) : `Version ${number} could not be opened. Reload the page and try again.`);
      return;
    }
    const before = { base, content, dirty };
    draft.open({ number, content: contentOf(version) });
    setInputs((now) => initialInputs(version.variables, now));
    if (before.dirty)
      toast(`v${number} is open. Your edit is not lost.`, {
        label: 'Back to my edit',
        run: () => draft.open(before.base, before.content),
      });
  };

  const putLabel = async (label: string, wanted?: number) => {
    const number = wanted ?? (await draft.save());
    if (number === undefined) return;
    const previous = prompt.labels.find((l) => l.name === label)?.version.number;
    const { error } = await setLabel({ input: { promptId: prompt.id, label, number } });
    if (error) {
      toastError(sentenceOf(error));
      return;
    }
    versions.reload();
    const back = previous !== undefined && previous !== number && wanted === undefined ? previous : undefined;
    toast(
      `${label} is on v${number} now.`,
      back === undefined ? undefined : { label: `Back to v${back}`, run: () => void putLabel(label, back) },
    );
  };

  useKeys([
    { keys: 'mod+enter', label: 'Run', run: () => void run() },
    { keys: 'mod+s', label: 'Save a version now', run: () => void draft.save().then(versions.reload) },
  ]);
  useKeys(
    [
      {
        keys: 'escape',
        label: 'Stop the runs',
        // The same key closes a dialog that stands above.
        run: () => document.querySelector('[aria-modal="true"]') || void stop(),
      },
    ],
    busy,
  );

  const addColumn = (number: number) => {
    if (columns.length >= MAX_COLUMNS) toast('Four columns are the most that fit. Remove one first.');
    else dispatch({ type: 'add', key: `c${nextKey.current++}`, number });
  };
  const history = (
    <VersionsRail
      lines={versions.lines}
      total={versions.total}
      openNumber={base.number}
      dirty={dirty}
      onOpen={(number) => void openVersion(number)}
      onCompare={setDiff}
      onColumn={addColumn}
      onMore={versions.more}
    />
  );
  const count = columns.length;
  return (
    <div className={c.page}>
      <div className={c.head}>
        <h1 className={c.name}>{prompt.name}</h1>
        <Chip tone="accent">{dirty ? 'edited' : `v${base.number}`}</Chip>
        {prompt.archivedAt && <Chip>archived</Chip>}
        <SavedState saving={draft.saving} onRetry={() => void draft.save()} />
        <div className={c.headActions}>
          {dirty && (
            <TextInput
              w={220}
              aria-label="What this edit changes"
              placeholder="What does this edit change?"
              maxLength={200}
              value={draft.note}
              onChange={(e) => draft.setNote(e.currentTarget.value)}
            />
          )}
          {narrow && (
            <Button
              variant="default"
              leftSection={<IconHistory size={14} stroke={1.75} />}
              onClick={() => setRail(true)}
            >
              Versions
            </Button>
          )}
          {mayEdit && (
            <LabelMenu
              number={base.number}
              dirty={dirty}
              labels={prompt.labels}
              mayDeploy={mayDeploy}
              onPut={(label) => void putLabel(label)}
            />
          )}
        </div>
      </div>
      <div className={c.cols}>
        <div className={`${c.col} ${c.left}`} tabIndex={0} role="region" aria-label="What you write">
          <PromptColumn content={content} readOnly={!mayEdit} onChange={draft.setContent} onRun={() => void run()} />
          <ModelPanel content={content} providers={providers} readOnly={!mayEdit} onChange={draft.setContent} />
        </div>
        <div className={`${c.col} ${c.work}`}>
          <InputsPanel
            variables={content.variables}
            inputs={inputs}
            problems={tried ? problems : []}
            runLabel={count === 1 ? 'Run' : count === 2 ? 'Run both' : `Run all ${count}`}
            blocked={blocked}
            busy={busy}
            onChange={setInputs}
            onRun={() => void run()}
          />
          <Results
            columns={columns}
            labelsOf={(number) => lineOf(number)?.labels ?? []}
            titleOf={(col) => ({
              number: col.number ?? col.ranNumber ?? base.number,
              draft: col.number === null && dirty,
              model: choiceFor(col.number)?.model ?? null,
            })}
            versions={versions.lines.map((l) => l.number)}
            onStop={(key) => void stop(key)}
            onRemove={(key) => dispatch({ type: 'remove', key })}
            onShow={(key, number) => dispatch({ type: 'show', key, number })}
            onAdd={() => addColumn(production ?? base.number)}
          />
        </div>
        {narrow ? (
          <Drawer
            opened={rail}
            onClose={() => setRail(false)}
            position="right"
            size={300}
            padding={0}
            withCloseButton={false}
            attributes={{ content: { 'aria-label': 'Versions' } }}
          >
            {history}
          </Drawer>
        ) : (
          history
        )}
      </div>
      {diff !== null && (
        <DiffDialog
          projectId={project.id}
          name={prompt.name}
          from={Math.min(diff, base.number)}
          to={Math.max(diff, base.number)}
          onClose={() => setDiff(null)}
        />
      )}
    </div>
  );
}
