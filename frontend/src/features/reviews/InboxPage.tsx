import { Button } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useQuery } from 'urql';
import { type InboxQueueFragment, type JoinableQueueFragment, ReviewInboxDocument } from '@/gql/graphql';
import { detailOf, sentenceOf } from '@/lib/errors';
import { ago, int, plural } from '@/lib/format';
import { useKeys } from '@/lib/keys';
import { urls } from '@/lib/urls';
import { useNow, wallClock } from '@/lib/useNow';
import { useViewer } from '@/lib/viewer';
import { Empty, Failure, FocusFrame, Key, Mark, RowList, Waiting } from '@/ui';
import { InboxBar } from './InboxBar';
import c from './InboxPage.module.css';
import { JoinButton, joiningCloses } from './JoinQueue';
import { readHeld } from './model/held';
import { lastReviews, weekFigures } from './model/inbox';
import { roughWords, rubricQuestion, secondsWords, usualSeconds } from './model/pace';

function greeting(name: string, now: number): string {
  const hour = new Date(now).getHours();
  const part = hour < 5 || hour >= 18 ? 'evening' : hour < 12 ? 'morning' : 'afternoon';
  return `Good ${part}, ${name.split(' ')[0]}`;
}

/** Resume first, then queues with the question they ask and the time they take. */
export function InboxPage() {
  const { user } = useViewer();
  const [{ data, error, fetching }, again] = useQuery({
    query: ReviewInboxDocument,
    requestPolicy: 'cache-and-network',
  });
  useEffect(() => {
    document.title = 'My reviews · Plumbline';
  }, []);
  const queues = data?.viewer?.reviewInbox.filter((q) => !q.closedAt);
  const reload = () => again({ requestPolicy: 'network-only' });
  return (
    <FocusFrame bar={<InboxBar />}>
      {queues ? (
        <Inbox
          queues={queues}
          joinable={data?.viewer?.joinableQueues ?? []}
          name={user?.name ?? ''}
          userId={user?.id ?? ''}
          onJoined={reload}
        />
      ) : fetching || !error ? (
        <Waiting />
      ) : (
        <Failure
          title="Your reviews could not be opened"
          text={sentenceOf(error)}
          detail={detailOf(error)}
          onRetry={reload}
        />
      )}
    </FocusFrame>
  );
}

function Inbox(p: {
  queues: readonly InboxQueueFragment[];
  joinable: readonly JoinableQueueFragment[];
  name: string;
  userId: string;
  onJoined: () => void;
}) {
  const { queues, joinable, name, userId } = p;
  const now = useNow(wallClock, 30_000);
  const waiting = queues.reduce((sum, q) => sum + q.myProgress.available, 0);
  const week = weekFigures(queues, now);
  const recent = lastReviews(queues, 5);
  return (
    <div className={c.wrap}>
      <h1 className={c.hi}>{greeting(name, now)}</h1>
      <p className={`${c.sub} num`}>
        {waiting > 0
          ? `${plural(waiting, 'item waits', 'items wait')} for your judgement. There is no rush, and no wrong order.`
          : 'Nothing waits for your judgement.'}
      </p>
      <Resume queues={queues} userId={userId} now={now} />
      {queues.length === 0 && joinable.length === 0 && (
        <Empty title="No queues yet">When a team asks for your judgement, its queue appears here.</Empty>
      )}
      {queues.length > 0 && (
        <>
          <h2 className={c.h}>Your queues</h2>
          <RowList inset>
            {queues.map((queue) => (
              <li key={queue.id}>
                <InboxRow queue={queue} />
              </li>
            ))}
          </RowList>
        </>
      )}
      {joinable.length > 0 && (
        <>
          <h2 className={c.h}>Open queues</h2>
          <RowList inset>
            {joinable.map((queue) => (
              <li key={queue.id} className={c.open}>
                <span>
                  <b className="truncate">{queue.name}</b>
                  <small>{rubricQuestion(queue.rubric.instructions)}</small>
                  <small>{joiningCloses(queue.blinding)}</small>
                </span>
                <span className={`${c.left} num dim`}>{plural(queue.progress.total, 'item')}</span>
                <JoinButton queueId={queue.id} name={queue.name} onJoined={p.onJoined} />
              </li>
            ))}
          </RowList>
        </>
      )}
      {week.reviewed > 0 && (
        <>
          <h2 className={c.h}>This week</h2>
          <dl className={`${c.facts} num`}>
            <div>
              <dt>Reviewed</dt>
              <dd>{int(week.reviewed)}</dd>
            </div>
            {week.accuracy !== null && (
              <div>
                <dt>Known answers matched</dt>
                <dd>{week.accuracy}</dd>
              </div>
            )}
            {week.usual !== null && (
              <div>
                <dt>Usual time</dt>
                <dd>{secondsWords(week.usual)}</dd>
              </div>
            )}
          </dl>
        </>
      )}
      {recent.length > 0 && (
        <>
          <h2 className={c.h}>Your last reviews</h2>
          <RowList inset>
            {recent.map((review) => (
              <li key={review.id} className={c.mine}>
                <Mark kind={review.label === 'PASS' ? 'pass' : 'fail'} size={16} />
                <span className={`truncate ${review.reasoning ? '' : 'dim'}`}>
                  {review.reasoning ?? 'No reason given'}
                </span>
                <span className={`${c.time} dim num`}>{ago(review.submittedAt, now)}</span>
              </li>
            ))}
          </RowList>
        </>
      )}
    </div>
  );
}

/** The item this person holds, known on the device they hold it on. */
function Resume({ queues, userId, now }: { queues: readonly InboxQueueFragment[]; userId: string; now: number }) {
  const navigate = useNavigate();
  const held = readHeld(localStorage, userId, now);
  const queue = queues.find((q) => q.id === held?.queueId);
  const open = () => queue && void navigate(urls.review(queue.id));
  useKeys([{ keys: 'enter', label: 'Go on with the open item', run: open }], Boolean(queue));
  if (!held || !queue) return null;
  return (
    <section className={c.go} aria-label="Continue">
      <div>
        <h2>You have one item open</h2>
        <p>
          {queue.name}. It is kept for you for another{' '}
          <span className="num">{roughWords((held.expiresAt - now) / 1000)}</span>; your text is saved.
        </p>
      </div>
      <Button
        size="sm"
        rightSection={<Key solid>↵</Key>}
        renderRoot={(props) => <Link {...urls.review(queue.id)} {...props} />}
      >
        Continue
      </Button>
    </section>
  );
}

function InboxRow({ queue }: { queue: InboxQueueFragment }) {
  const { done, available } = queue.myProgress;
  const total = done + available;
  const usual = usualSeconds(queue.myReviews.nodes.map((r) => r.secondsSpent));
  const left = usual === null ? '' : roughWords(usual * available);
  return (
    <Link className={c.q} {...urls.review(queue.id)}>
      <span>
        <b className="truncate">{queue.name}</b>
        <small className="truncate">{rubricQuestion(queue.rubric.instructions)}</small>
      </span>
      <span>
        <span className={`${c.cap} num`}>{done ? `${int(done)} of ${int(total)} done` : `${int(total)} new`}</span>
        <span className={c.track}>
          <i style={{ width: total ? `${(done / total) * 100}%` : 0 }} />
        </span>
      </span>
      <span className={`${c.left} num dim`}>{available === 0 ? 'all done' : left}</span>
      <IconChevronRight size={16} stroke={1.75} aria-hidden className={c.arrow} />
    </Link>
  );
}
