import { Modal } from '@mantine/core';
import { useQuery } from 'urql';
import { PlaygroundDiffDocument, type PlaygroundDiffQuery } from '@/gql/graphql';
import { sentenceOf } from '@/lib/errors';
import { Notice, Waiting } from '@/ui';
import shared from './changed.module.css';
import c from './DiffDialog.module.css';

type Version = NonNullable<NonNullable<NonNullable<PlaygroundDiffQuery['project']>['prompt']>['version']>;
type Diff = Version['diff'];

const value = (v: unknown) =>
  v === null || v === undefined ? 'not set' : typeof v === 'string' ? v : JSON.stringify(v);

function Hunks({ hunks }: { hunks: Diff['messages'][number]['hunks'] }) {
  return (
    <div className={`${c.diffText} ${shared.changed}`}>
      {hunks.map((hunk, i) =>
        hunk.op === 'SAME' ? (
          <span key={i}>{hunk.text}</span>
        ) : (
          <mark key={i} data-kind={hunk.op === 'ADDED' ? 'new' : 'gone'}>
            <span className="vh">{hunk.op === 'ADDED' ? 'added: ' : 'removed: '}</span>
            {hunk.text}
          </mark>
        ),
      )}
    </div>
  );
}

function Changes({ diff }: { diff: Diff }) {
  const changed = diff.messages.filter((m) => m.hunks.some((h) => h.op !== 'SAME'));
  const values = [...(diff.model ? [{ ...diff.model, path: 'model' }] : []), ...diff.parameters];
  if (changed.length + values.length + diff.variables.length === 0 && !diff.responseSchema)
    return <p>These two versions say the same.</p>;
  return (
    <>
      {changed.map((message) => (
        <section key={message.label} aria-label={message.label}>
          <h3 className={c.diffTitle}>{message.label}</h3>
          <Hunks hunks={message.hunks} />
        </section>
      ))}
      {diff.variables.length > 0 && (
        <p>
          <b>Inputs:</b> {diff.variables.join(', ')}
        </p>
      )}
      {values.map((change) => (
        <p key={change.path} className="num">
          <b>{change.path}:</b> {value(change.before)} → {value(change.after)}
        </p>
      ))}
      {diff.responseSchema && <p>The answer format changed.</p>}
    </>
  );
}

/** What changed from one version to another, part by part. */
export function DiffDialog(p: { projectId: string; name: string; from: number; to: number; onClose: () => void }) {
  const [{ data, error, fetching }] = useQuery({
    query: PlaygroundDiffDocument,
    variables: { projectId: p.projectId, name: p.name, number: p.to, against: p.from },
  });
  const diff = data?.project?.prompt?.version?.diff;
  return (
    <Modal
      opened
      onClose={p.onClose}
      title={`From v${p.from} to v${p.to}`}
      size={760}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {fetching && <Waiting rows={4} />}
      {error && !diff && <Notice tone="warn">{sentenceOf(error)}</Notice>}
      {diff && <Changes diff={diff} />}
    </Modal>
  );
}
