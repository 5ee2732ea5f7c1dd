import { Button, Select } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useClient, useQuery } from 'urql';
import { type QueueItemFragment, QueueItemsDocument, type ReviewItemState } from '@/gql/graphql';
import { codeOf, detailOf, sentenceOf } from '@/lib/errors';
import { int } from '@/lib/format';
import { urls } from '@/lib/urls';
import { useProject } from '@/lib/viewer';
import { Blinded, Chip, Empty, Failure, Mark, Panel, Waiting } from '@/ui';
import c from './ItemsTable.module.css';
import shared from './queue.module.css';

const PAGE = 50;
const states: { value: ReviewItemState; label: string }[] = [
  { value: 'WAITING', label: 'Waiting' },
  { value: 'IN_REVIEW', label: 'In review' },
  { value: 'AGREED', label: 'Agreed' },
  { value: 'DISPUTED', label: 'Disputed' },
  { value: 'ADJUDICATED', label: 'Decided' },
  { value: 'STUCK', label: 'Stuck' },
  { value: 'SHORT_OF_REVIEWERS', label: 'Short of reviewers' },
];
const stateWord = (state: ReviewItemState): string => states.find((s) => s.value === state)?.label ?? state;

const mark = (item: QueueItemFragment) =>
  item.state === 'DISPUTED'
    ? 'disputed'
    : item.consensus === 'PASS'
      ? 'pass'
      : item.consensus === 'FAIL'
        ? 'fail'
        : 'none';

/** Why an item does not go on, for whoever runs the queue. */
function lackWords(item: QueueItemFragment): string[] {
  if (item.state === 'SHORT_OF_REVIEWERS') return ['Nobody is left who may judge it: add a reviewer.'];
  if (item.state !== 'STUCK') return [];
  return [...new Set(item.skips.map((s) => `Skipped: ${s.reason ?? 'no reason given'}`))];
}

const undoneWords = (item: QueueItemFragment): string =>
  item.undoneReviews.map((r) => `${r.alias} took back a ${r.label === 'PASS' ? 'pass' : 'fail'}`).join('; ');

/** All items of a queue with what was said; closed to people who still review here. */
export function ItemsTable({ projectId, queueId, total }: { projectId: string; queueId: string; total: number }) {
  const client = useClient();
  const project = useProject();
  const [state, setState] = useState<ReviewItemState | null>(null);
  const variables = { projectId, id: queueId, first: PAGE, after: null as string | null, state };
  const [{ data, error, fetching }, again] = useQuery({
    query: QueueItemsDocument,
    variables,
    requestPolicy: 'cache-and-network',
  });
  const [older, setOlder] = useState<{ for: string; nodes: QueueItemFragment[]; cursor: string | null }>();
  const first = data?.project?.reviewQueue?.items;
  if (!first) {
    if (fetching) return <Waiting />;
    if (codeOf(error) === 'BLINDED') return <Blinded />;
    return (
      <Failure
        title="The items could not be listed"
        text={error ? sentenceOf(error) : 'The server sent no answer.'}
        detail={error && detailOf(error)}
        onRetry={() => again({ requestPolicy: 'network-only' })}
      />
    );
  }
  const key = state ?? '';
  const more = older?.for === key ? older : undefined;
  const items = [...first.nodes, ...(more?.nodes ?? [])];
  const cursor = more ? more.cursor : first.pageInfo.hasNextPage ? (first.pageInfo.endCursor ?? null) : null;
  const load = async () => {
    const answer = await client.query(QueueItemsDocument, { ...variables, after: cursor });
    const page = answer.data?.project?.reviewQueue?.items;
    if (page)
      setOlder({
        for: key,
        nodes: [...(more?.nodes ?? []), ...page.nodes],
        cursor: page.pageInfo.hasNextPage ? (page.pageInfo.endCursor ?? null) : null,
      });
  };
  return (
    <div className={shared.grid} data-one>
      <Panel
        title="Items"
        note={`${int(first.totalCount)} of ${int(total)}`}
        actions={
          <Select
            aria-label="State"
            w={140}
            clearable
            placeholder="Any state"
            data={states}
            value={state}
            onChange={(v) => setState(v as ReviewItemState | null)}
          />
        }
      >
        {items.length === 0 ? (
          <Empty title={state ? `No item is “${stateWord(state)}”` : 'No items yet'}>
            Add answers from the list of traces: select them and press Q.
          </Empty>
        ) : (
          <section className={shared.scroller} tabIndex={0} aria-label="Items of this queue">
            <table className={shared.table}>
              <thead>
                <tr>
                  <th scope="col">Request</th>
                  <th scope="col">Answer</th>
                  <th scope="col">State</th>
                  <th scope="col">Reviews</th>
                </tr>
              </thead>
              <tbody>
                {items.map((item) => (
                  <tr key={item.id}>
                    <td className={c.clip}>
                      <Link {...urls.trace(project, item.span.traceId, item.span.spanId)} className="truncate">
                        {item.span.input ?? 'none recorded'}
                      </Link>
                    </td>
                    <td className={`${c.clip} truncate`}>
                      {item.span.output ?? <span className="dim">none recorded</span>}
                    </td>
                    <td>
                      <span className={shared.person}>
                        <Mark kind={mark(item)} /> {stateWord(item.state)}
                        {item.golden && <Chip title="An item with a known answer">known answer</Chip>}
                      </span>
                      {lackWords(item).map((words) => (
                        <small key={words} className={`${c.lack} dim`}>
                          {words}
                        </small>
                      ))}
                    </td>
                    <td className="num">
                      {item.reviews.length}
                      {item.undoneReviews.length > 0 && (
                        <Chip title={undoneWords(item)}>{int(item.undoneReviews.length)} taken back</Chip>
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        )}
        {cursor && (
          <div className={c.row}>
            <Button variant="default" size="compact-xs" onClick={() => void load()}>
              Show more
            </Button>
          </div>
        )}
      </Panel>
    </div>
  );
}
