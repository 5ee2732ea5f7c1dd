import { useRef, useState } from 'react';
import { toast } from '@/lib/toasts';
import { hintsFor } from './model/hints';
import { toSend } from './model/inputs';
import { type Provider, resolveChoice } from './model/providers';
import { column, isBusy, MAX_COLUMNS } from './model/runs';
import type { useDraft } from './useDraft';
import type { useInputs } from './useInputs';
import { useRuns } from './useRuns';
import type { useVersions } from './useVersions';

/** The columns of results: which version and model each runs, whether they may run, and running them together. */
export function useBench(p: {
  projectId: string;
  promptName: string;
  production: number | undefined;
  providers: readonly Provider[];
  mayRun: boolean;
  draft: ReturnType<typeof useDraft>;
  versions: ReturnType<typeof useVersions>;
  tryOn: ReturnType<typeof useInputs>;
}) {
  const { providers, production, draft, versions } = p;
  const { content, base } = draft;
  const { inputs, problems } = p.tryOn;
  const [initialColumns] = useState(() =>
    production !== undefined && production !== base.number
      ? [column('production', production), column('edit', null)]
      : [column('edit', null)],
  );
  const { columns, dispatch, start, stop } = useRuns(initialColumns);
  const [tried, setTried] = useState(false);
  const nextKey = useRef(0);

  const lineOf = (number: number) => versions.lines.find((l) => l.number === number);
  const choiceFor = (number: number | null) =>
    resolveChoice(
      providers,
      number === null || number === base.number ? content : { provider: null, model: lineOf(number)?.model ?? null },
    ) ?? (number === null ? undefined : resolveChoice(providers, content));
  const busy = columns.some(isBusy);
  const broken = content.messages.some((m) => hintsFor(m.template, content.variables).some((h) => h.tone === 'error'));
  const blocked = !p.mayRun
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
        projectId: p.projectId,
        promptName: p.promptName,
        number: col.number ?? number,
        inputs: toSend(content.variables, inputs),
        providerId: choice.provider.id,
        model: choice.model,
      });
    }
  };
  const add = (number: number) => {
    if (columns.length >= MAX_COLUMNS) toast('Four columns are the most that fit. Remove one first.');
    else dispatch({ type: 'add', key: `c${nextKey.current++}`, number });
  };
  return {
    columns,
    busy,
    blocked,
    /** Shown only after somebody tried to run. */
    problems: tried ? problems : [],
    labelsOf: (number: number) => lineOf(number)?.labels ?? [],
    modelOf: (number: number | null) => choiceFor(number)?.model ?? null,
    run: () => void run(),
    stop,
    add,
    remove: (key: string) => dispatch({ type: 'remove', key }),
    show: (key: string, number: number | null) => dispatch({ type: 'show', key, number }),
  };
}
