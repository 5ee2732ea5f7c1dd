import { Button } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useQuery } from 'urql';
import { ReviewQueueNamesDocument } from '@/gql/graphql';
import { urls } from '@/lib/urls';
import { useViewer } from '@/lib/viewer';
import { Empty, Failure, FocusFrame, LinkButton, Notice, Waiting } from '@/ui';
import { Dock, quiet, UndoButton } from './Dock';
import { FormPanel } from './FormPanel';
import { missingField } from './model/form';
import { paceWords, usualSeconds } from './model/pace';
import { messagesText } from './model/subject';
import { OutcomeDialog } from './OutcomeDialog';
import { ReviewBar } from './ReviewBar';
import { ReviewHelp } from './ReviewHelp';
import c from './ReviewPage.module.css';
import { SkipDialog } from './SkipDialog';
import { SubjectView } from './Subject';
import { useReviewKeys } from './useReviewKeys';
import { useSession } from './useSession';

/** The blinded review: one item at a time, judged with the keyboard. */
export function ReviewPage() {
  const { queueId } = useParams({ from: '/signed-in/reviews/$queueId' });
  const userId = useViewer().user?.id;
  // Only for the name while nothing is claimed: the assignment brings the queue with it.
  const [{ data }] = useQuery({ query: ReviewQueueNamesDocument });
  if (!userId)
    return <Failure title="Reviews belong to a person" text="Sign in as yourself; an API key cannot review." />;
  const name = data?.viewer.reviewInbox.find((q) => q.id === queueId)?.name ?? '';
  return <ReviewSession key={queueId} queueId={queueId} userId={userId} listedName={name} />;
}

function ReviewSession({ queueId, userId, listedName }: { queueId: string; userId: string; listedName: string }) {
  const [state, actions] = useSession(queueId, userId);
  const { assignment, form, queue } = state;
  const name = queue?.name ?? listedName;
  const [help, setHelp] = useState(false);
  const [skipping, setSkipping] = useState(false);
  const reason = useRef<HTMLTextAreaElement>(null);
  const better = useRef<HTMLTextAreaElement>(null);
  const top = useRef<HTMLHeadingElement>(null);
  const spent = useRef<number[]>([]);
  const answer = useMemo(() => messagesText(assignment?.subject.output ?? []), [assignment]);

  useEffect(() => {
    // The queue's name and nothing else: a title shows in history, in tabs and on shared screens.
    document.title = name ? `${name} · Plumbline` : 'Plumbline';
  }, [name]);

  // After a submit reading starts again at the top of the next item.
  const id = assignment?.id;
  useEffect(() => {
    if (!id) return;
    for (const scroller of document.querySelectorAll('[data-scroll]')) scroller.scrollTo?.({ top: 0 });
    top.current?.focus({ preventScroll: true });
  }, [id]);

  const startedAt = useRef(0);
  useEffect(() => {
    startedAt.current = performance.now();
  }, [id]);

  const submit = () => {
    if (!assignment) return;
    const missing = missingField(form, assignment.queue.rubric.reasoningRequired);
    actions.edit({ type: 'attempt', rule: assignment.queue.rubric.reasoningRequired });
    if (missing === 'reason') reason.current?.focus();
    if (missing) return;
    spent.current.push((performance.now() - startedAt.current) / 1000);
    void actions.submit();
  };

  useReviewKeys({
    on: assignment !== null && !help && !skipping && state.outcome === undefined,
    modes: assignment?.queue.rubric.failureModes ?? [],
    edit: actions.edit,
    submit,
    skip: () => setSkipping(true),
    undo: () => void actions.undo(),
    focusReason: () => reason.current?.focus(),
    focusBetter: () => better.current?.focus(),
  });

  const bar = (
    <ReviewBar
      name={name}
      queue={queue}
      pace={paceWords(usualSeconds(spent.current), queue?.myProgress.available ?? 0)}
      onReveal={assignment ? actions.reveal : undefined}
      onHelp={() => setHelp(true)}
    />
  );
  return (
    <FocusFrame bar={bar}>
      <ReviewHelp opened={help} onClose={() => setHelp(false)} />
      {skipping && assignment && (
        <SkipDialog
          onClose={() => setSkipping(false)}
          onSkip={(reason) => {
            setSkipping(false);
            void actions.skip(reason);
          }}
        />
      )}
      {state.outcome !== undefined && <OutcomeDialog outcome={state.outcome} onClose={actions.outcomeRead} />}
      {!assignment && (
        <>
          <h1 className="vh">{name || 'Review'}</h1>
          <WithoutItem
            state={state}
            onClaim={() => void actions.claim()}
            onUndo={() => void actions.undo()}
            onFinish={() => void actions.finish()}
            onSkip={() => void actions.skipUnreadable()}
          />
        </>
      )}
      {assignment && (
        <div className={c.page}>
          <div className={c.cols} data-scroll>
            <article data-scroll className={c.read} tabIndex={0} aria-label="Item to review" key={assignment.id}>
              <div>
                <h1 ref={top} tabIndex={-1} className="vh">
                  {name}
                </h1>
                {state.trouble && (
                  <Trouble
                    sentence={state.trouble.sentence}
                    expired={state.expired}
                    onNext={() => void actions.claim()}
                  />
                )}
                {!state.trouble && state.expired && (
                  <Trouble
                    sentence="The time this item was kept for you is over. You can still submit it unless someone else has it now."
                    expired
                    onNext={() => void actions.claim()}
                  />
                )}
                {assignment.skippedBecause && (
                  <Notice>
                    You skipped this one: “{assignment.skippedBecause}” It is back because nothing else is left. Skip it
                    again, and it is not offered to you any more.
                  </Notice>
                )}
                <SubjectView subject={assignment.subject} />
              </div>
            </article>
            <FormPanel
              form={form}
              rubric={assignment.queue.rubric}
              answer={answer}
              restored={state.restored}
              fields={{ reason, better }}
              onEdit={actions.edit}
            />
            <div className={c.phoneLinks}>
              <Button {...quiet} disabled={state.busy !== null} onClick={() => setSkipping(true)}>
                Skip
              </Button>
              {state.last && (
                <UndoButton
                  last={state.last}
                  onUndo={() => void actions.undo()}
                  onFinish={() => void actions.finish()}
                  onOver={actions.undoOver}
                />
              )}
            </div>
          </div>
          <Dock
            form={form}
            last={state.last}
            busy={state.busy !== null}
            onChoose={(label) => actions.edit({ type: 'choose', label })}
            onSubmit={submit}
            onSkip={() => setSkipping(true)}
            onUndo={() => void actions.undo()}
            onFinish={() => void actions.finish()}
            onUndoOver={actions.undoOver}
          />
        </div>
      )}
    </FocusFrame>
  );
}

const Trouble = ({ sentence, expired, onNext }: { sentence: string; expired: boolean; onNext: () => void }) => (
  <div className={c.trouble} role="alert">
    <Notice tone="warn">
      {sentence} Your text is kept on this device.{' '}
      {expired && (
        <LinkButton plain onClick={onNext}>
          Go on with the next item
        </LinkButton>
      )}
    </Notice>
  </div>
);

function WithoutItem(p: {
  state: ReturnType<typeof useSession>[0];
  onClaim: () => void;
  onUndo: () => void;
  onFinish: () => void;
  onSkip: () => void;
}) {
  const { phase, trouble, last } = p.state;
  if (trouble?.code === 'CONFLICT' && trouble.doing === 'claim')
    return (
      <Empty title="This item cannot be shown" action={<Button onClick={p.onSkip}>Skip it</Button>}>
        {trouble.sentence}
      </Empty>
    );
  if (trouble?.doing === 'claim')
    return <Failure title="The next item could not be fetched" text={trouble.sentence} onRetry={p.onClaim} />;
  if (phase === 'claiming') return <Waiting label="Fetching the next item" />;
  const back = (
    <Button renderRoot={(props) => <Link {...urls.inbox()} activeOptions={{ exact: true }} {...props} />}>
      Back to my reviews
    </Button>
  );
  return (
    <Empty title="Nothing left for you here" action={back}>
      {trouble ? `${trouble.sentence} ` : 'Thank you. When new items arrive, they show in your reviews. '}
      {last && (
        <>
          <LinkButton plain onClick={p.onUndo}>
            Undo the last one
          </LinkButton>{' '}
          or{' '}
          <LinkButton plain onClick={p.onFinish}>
            show me now what others said
          </LinkButton>
        </>
      )}
    </Empty>
  );
}
