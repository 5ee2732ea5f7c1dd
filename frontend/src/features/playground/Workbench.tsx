import { Button, Drawer } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useState } from 'react';
import { useClient } from 'urql';
import {
  type PlaygroundLabelFragment,
  PlaygroundOneVersionDocument,
  type PlaygroundVersionFragment,
} from '@/gql/graphql';
import { sentenceOf } from '@/lib/errors';
import { useKeys } from '@/lib/keys';
import { toast, toastError } from '@/lib/toasts';
import { useBreakpoint } from '@/lib/useBreakpoint';
import { useCan, useProject } from '@/lib/viewer';
import { BenchHead } from './BenchHead';
import shared from './column.module.css';
import { DiffDialog } from './DiffDialog';
import { InputsPanel } from './InputsPanel';
import { LabelMenu } from './LabelMenu';
import { ModelPanel } from './ModelPanel';
import { contentOf } from './model/content';
import type { Provider } from './model/providers';
import { PromptColumn } from './PromptColumn';
import { Results } from './Results';
import { useBench } from './useBench';
import { useDraft } from './useDraft';
import { useInputs } from './useInputs';
import { usePutLabel } from './usePutLabel';
import { useVersions } from './useVersions';
import { VersionsRail } from './VersionsRail';
import c from './Workbench.module.css';

interface BenchPrompt {
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
  const tryOn = useInputs(prompt.id, content.variables);
  const bench = useBench({
    projectId: project.id,
    promptName: prompt.name,
    ...{ production, providers, mayRun, draft, versions, tryOn },
  });
  const putLabel = usePutLabel({
    promptId: prompt.id,
    labels: prompt.labels,
    save: draft.save,
    onMoved: versions.reload,
  });
  const [diff, setDiff] = useState<number | null>(null);
  const [rail, setRail] = useState(false);
  const narrow = useBreakpoint('lg');

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
    tryOn.fit(version.variables);
    if (before.dirty)
      toast(`v${number} is open. Your edit is not lost.`, {
        label: 'Back to my edit',
        run: () => draft.open(before.base, before.content),
      });
  };

  useKeys([
    { keys: 'mod+enter', label: 'Run', run: bench.run },
    { keys: 'mod+s', label: 'Save a version now', run: () => void draft.save().then(versions.reload) },
  ]);
  useKeys(
    [
      {
        keys: 'escape',
        label: 'Stop the runs',
        // The same key closes a dialog that stands above.
        run: () => document.querySelector('[aria-modal="true"]') || void bench.stop(),
      },
    ],
    bench.busy,
  );

  const history = (
    <VersionsRail
      lines={versions.lines}
      total={versions.total}
      openNumber={base.number}
      dirty={dirty}
      onOpen={(number) => void openVersion(number)}
      onCompare={setDiff}
      onColumn={bench.add}
      onMore={versions.more}
    />
  );
  const count = bench.columns.length;
  return (
    <div className={c.page}>
      <BenchHead name={prompt.name} archived={Boolean(prompt.archivedAt)} draft={draft}>
        {narrow && (
          <Button variant="default" leftSection={<IconHistory size={14} stroke={1.75} />} onClick={() => setRail(true)}>
            Versions
          </Button>
        )}
        {mayEdit && (
          <LabelMenu number={base.number} dirty={dirty} labels={prompt.labels} mayDeploy={mayDeploy} onPut={putLabel} />
        )}
      </BenchHead>
      <div className={c.cols}>
        <div className={`${shared.col} ${c.left}`} tabIndex={0} role="region" aria-label="What you write">
          <PromptColumn content={content} readOnly={!mayEdit} onChange={draft.setContent} onRun={bench.run} />
          <ModelPanel content={content} providers={providers} readOnly={!mayEdit} onChange={draft.setContent} />
        </div>
        <div className={`${shared.col} ${c.work}`}>
          <InputsPanel
            variables={content.variables}
            inputs={tryOn.inputs}
            problems={bench.problems}
            runLabel={count === 1 ? 'Run' : count === 2 ? 'Run both' : `Run all ${count}`}
            blocked={bench.blocked}
            busy={bench.busy}
            onChange={tryOn.setInputs}
            onRun={bench.run}
          />
          <Results
            columns={bench.columns}
            labelsOf={bench.labelsOf}
            titleOf={(col) => ({
              number: col.number ?? col.ranNumber ?? base.number,
              draft: col.number === null && dirty,
              model: bench.modelOf(col.number),
            })}
            versions={versions.lines.map((l) => l.number)}
            onStop={(key) => void bench.stop(key)}
            onRemove={bench.remove}
            onShow={bench.show}
            onAdd={() => bench.add(production ?? base.number)}
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
