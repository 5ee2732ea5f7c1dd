import { Button, Textarea } from '@mantine/core';
import { useRef, useState } from 'react';
import { useMutation } from 'urql';
import { AdjudicateDocument, type Label, type QueueItemFragment, RequestExtraReviewDocument } from '@/gql/graphql';
import { sentenceOf } from '@/lib/errors';
import { useKeys } from '@/lib/keys';
import { toast, toastError } from '@/lib/toasts';
import { Chip, Key, Mark, Notice, VerdictButton } from '@/ui';
import c from './DisputeDecision.module.css';
import shared from './heading.module.css';
import { secondsWords } from './model/pace';
import { Prose } from './Prose';

type Review = QueueItemFragment['reviews'][number];

function ReviewCard({ review, labelOf }: { review: Review; labelOf: (key: string) => string }) {
  const kind = review.label === 'PASS' ? 'pass' : 'fail';
  return (
    <article className={c.rev} data-kind={kind} aria-label={review.alias}>
      <header>
        <Mark kind={kind} size={16} text />
        <span className={c.alias}>{review.reviewer?.name ?? review.alias}</span>
        <small className="num">
          {secondsWords(review.secondsSpent)}, rubric {review.rubricVersion}
        </small>
      </header>
      <p className={review.reasoning ? undefined : 'dim'}>{review.reasoning ?? 'No reason given'}</p>
      {review.correctedOutput && (
        <details className={c.fix}>
          <summary>Better answer</summary>
          <Prose text={review.correctedOutput} />
        </details>
      )}
      <footer>
        {review.failureModes.map((key) => (
          <Chip key={key} tone="fail">
            {labelOf(key)}
          </Chip>
        ))}
        {review.failureModes.length === 0 && <Chip>no failure mode</Chip>}
        {review.labelThatCounts && (
          <Chip tone="warn" title="The label that counts was given before the item was complete">
            said {review.labelThatCounts === 'PASS' ? 'pass' : 'fail'} at first
          </Chip>
        )}
        {review.seenBefore && (
          <Chip
            tone="warn"
            title={
              review.seen === 'LISTED'
                ? 'A list had shown this reviewer the text before'
                : 'This reviewer had opened the text before'
            }
          >
            seen before
          </Chip>
        )}
      </footer>
    </article>
  );
}

/** One disputed item: the text, what was said, the decision. Names show after it is decided. */
export function DisputeDecision(p: { item: QueueItemFragment; labelOf: (key: string) => string; onDone: () => void }) {
  const { item } = p;
  const [verdict, setVerdict] = useState<Label | null>(null);
  const [why, setWhy] = useState('');
  const [better, setBetter] = useState('');
  const [missing, setMissing] = useState(false);
  const reason = useRef<HTMLTextAreaElement>(null);
  const [deciding, adjudicate] = useMutation(AdjudicateDocument);
  const [asking, ask] = useMutation(RequestExtraReviewDocument);
  const decide = async () => {
    if (!verdict || deciding.fetching) return;
    if (!why.trim()) {
      setMissing(true);
      reason.current?.focus();
      return;
    }
    const answer = await adjudicate({
      input: { itemId: item.id, label: verdict, reasoning: why.trim(), correctedOutput: better.trim() || null },
    });
    if (answer.error) return;
    toast(`Decided: ${verdict === 'PASS' ? 'pass' : 'fail'}.`);
    p.onDone();
  };
  const third = async () => {
    const answer = await ask({ input: { id: item.id } });
    if (answer.error) toastError(sentenceOf(answer.error));
    else {
      toast('One more reviewer will judge it.');
      p.onDone();
    }
  };
  useKeys([
    { keys: 'p', label: 'Pass', run: () => setVerdict('PASS') },
    { keys: 'f', label: 'Fail', run: () => setVerdict('FAIL') },
    { keys: 'mod+enter', label: 'Decide', run: () => void decide() },
    {
      keys: 'escape',
      label: 'Leave the field',
      run: () => document.activeElement instanceof HTMLElement && document.activeElement.blur(),
    },
  ]);
  return (
    <div className={c.main}>
      <section className={c.body} tabIndex={0} aria-label="Disputed item">
        <h2 className={shared.h}>The person wrote</h2>
        <div className={c.ask}>
          <Prose text={item.span.input ?? 'None recorded.'} />
        </div>
        <h2 className={shared.h}>Answer</h2>
        <div className={c.answer}>
          <Prose text={item.span.output ?? 'None recorded.'} />
        </div>
        <div className={c.two}>
          {item.reviews.map((review) => (
            <ReviewCard key={review.id} review={review} labelOf={p.labelOf} />
          ))}
        </div>
      </section>
      <form
        className={c.form}
        aria-label="Your decision"
        onSubmit={(e) => {
          e.preventDefault();
          void decide();
        }}
      >
        <Textarea
          ref={reason}
          label="Why"
          withAsterisk
          minRows={3}
          maxRows={4}
          autosize
          value={why}
          error={missing && !why.trim() ? 'Say why, so that the rubric can learn from it.' : undefined}
          onChange={(e) => setWhy(e.currentTarget.value)}
        />
        <Textarea
          label="Better answer"
          minRows={3}
          maxRows={4}
          autosize
          placeholder="Optional. Becomes the expected answer in datasets"
          value={better}
          onChange={(e) => setBetter(e.currentTarget.value)}
        />
        {deciding.error && (
          <div className={c.error}>
            <Notice tone="fail">{sentenceOf(deciding.error)}</Notice>
          </div>
        )}
        <div className={c.foot}>
          <VerdictButton kind="fail" on={verdict === 'FAIL'} onClick={() => setVerdict('FAIL')} hint={<Key>F</Key>} />
          <VerdictButton kind="pass" on={verdict === 'PASS'} onClick={() => setVerdict('PASS')} hint={<Key>P</Key>} />
          <span>Names show after you decide</span>
          <Button variant="default" loading={asking.fetching} onClick={() => void third()}>
            Send to one more reviewer
          </Button>
          <Button type="submit" disabled={!verdict} loading={deciding.fetching} rightSection={<Key solid>Ctrl ↵</Key>}>
            {verdict ? `Decide ${verdict.toLowerCase()}` : 'Decide'}
          </Button>
        </div>
      </form>
    </div>
  );
}
