import { Button } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useQuery } from 'urql';
import { type QueueItemFragment, QueueItemsDocument, QueuePageDocument } from '@/gql/graphql';
import { codeOf, detailOf, sentenceOf } from '@/lib/errors';
import { useKeys } from '@/lib/keys';
import { usePage } from '@/lib/page';
import { urls } from '@/lib/urls';
import { useCan, useProject } from '@/lib/viewer';
import { Blinded, Empty, Failure, Key, Mark, NoPermission, Waiting } from '@/ui';
import { DisputeDecision } from './DisputeDecision';
import c from './DisputesPage.module.css';
import { ageWords } from './model/pace';
import { QueueFrame } from './QueueFrame';

const MOST = 100;

/** List, then text, reviews side by side under neutral names until decided; the form stays in view. */
export function DisputesPage() {
  const project = useProject();
  const { queueId: id } = useParams({ from: '/signed-in/p/$org/$project/queues/$queueId/disputes' });
  const mayDecide = useCan('ADJUDICATE');
  const [page] = useQuery({ query: QueuePageDocument, variables: { projectId: project.id, id } });
  const [items, again] = useQuery({
    query: QueueItemsDocument,
    variables: { projectId: project.id, id, first: MOST, after: null, state: 'DISPUTED' },
    pause: !mayDecide,
    requestPolicy: 'cache-and-network',
  });
  const queue = page.data?.project?.reviewQueue;
  usePage({
    title: 'Disputes',
    parents: [
      { label: 'Queues', link: urls.queues(project) },
      { label: queue?.name ?? 'Queue', link: urls.queue(project, id) },
    ],
  });
  if (!queue) {
    if (page.fetching) return <Waiting />;
    return (
      <Failure
        title="This queue could not be opened"
        text={page.error ? sentenceOf(page.error) : 'It does not exist, or you have no access to it.'}
      />
    );
  }
  const nodes = items.data?.project?.reviewQueue?.items.nodes;
  const reload = () => again({ requestPolicy: 'network-only' });
  return (
    <div className={c.page}>
      <div>
        <QueueFrame
          queue={queue}
          tab="disputes"
          actions={
            nodes && nodes.length > 1 ? (
              <span className={c.hint}>
                <Key>J</Key>
                <Key>K</Key> next and previous
              </span>
            ) : undefined
          }
        />
      </div>
      {!mayDecide && <NoPermission what="settle disputes" />}
      {mayDecide && !nodes && items.fetching && <Waiting />}
      {mayDecide && !nodes && !items.fetching && items.error && (
        <WithoutItems error={items.error} queueId={id} onRetry={reload} />
      )}
      {nodes?.length === 0 && (
        <Empty title="No disputes">
          Reviewers agree on everything they both judged. When they do not, it shows here.
        </Empty>
      )}
      {nodes && nodes.length > 0 && <Disputes items={nodes} modes={queue.rubric.failureModes} onDecided={reload} />}
    </div>
  );
}

function WithoutItems(p: { error: NonNullable<Parameters<typeof detailOf>[0]>; queueId: string; onRetry: () => void }) {
  if (codeOf(p.error) === 'BLINDED')
    return (
      <Blinded>
        <Button renderRoot={(props) => <Link {...urls.review(p.queueId)} {...props} />}>Go on reviewing</Button>
      </Blinded>
    );
  return (
    <Failure
      title="The disputes could not be listed"
      text={sentenceOf(p.error)}
      detail={detailOf(p.error)}
      onRetry={p.onRetry}
    />
  );
}

function Disputes(p: {
  items: readonly QueueItemFragment[];
  modes: readonly { key: string; label: string }[];
  onDecided: () => void;
}) {
  const [chosen, setChosen] = useState(p.items[0]!.id);
  const at = Math.max(
    0,
    p.items.findIndex((i) => i.id === chosen),
  );
  const item = p.items[at]!;
  const go = (by: number) => setChosen(p.items[Math.min(p.items.length - 1, Math.max(0, at + by))]!.id);
  useKeys([
    { keys: 'j', label: 'Next dispute', run: () => go(1) },
    { keys: 'k', label: 'Previous dispute', run: () => go(-1) },
  ]);
  const label = (key: string) => p.modes.find((m) => m.key === key)?.label ?? key;
  return (
    <div className={c.split}>
      <ol className={c.list} aria-label="Disputed items">
        {p.items.map((one) => {
          const modes = [...new Set(one.reviews.flatMap((r) => r.failureModes))].map(label).join(', ');
          const last = one.reviews
            .map((r) => r.submittedAt)
            .sort()
            .at(-1);
          return (
            <li key={one.id}>
              <button
                type="button"
                aria-current={one.id === item.id ? 'true' : undefined}
                onClick={() => setChosen(one.id)}
              >
                <b className="truncate">{one.span.input ?? 'No request recorded'}</b>
                <small>
                  {one.reviews.map((r) => (
                    <Mark key={r.id} kind={r.label === 'PASS' ? 'pass' : 'fail'} size={13} />
                  ))}
                  <span className="truncate">{modes}</span>
                  {last && <span className="num">{ageWords(Date.now() - Date.parse(last))}</span>}
                </small>
              </button>
            </li>
          );
        })}
      </ol>
      <DisputeDecision
        key={item.id}
        item={item}
        labelOf={label}
        onDone={() => {
          go(at + 1 < p.items.length ? 1 : -1);
          p.onDecided();
        }}
      />
    </div>
  );
}
