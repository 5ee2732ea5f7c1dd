import { Tooltip } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import type { CombinedError } from 'urql';
import type { QueueAgreementQuery } from '@/gql/graphql';
import { codeOf, sentenceOf } from '@/lib/errors';
import { duration, int, percent, plural } from '@/lib/format';
import { Chip, Panel, Person } from '@/ui';
import c from './AgreementPanel.module.css';
import { kappaBand, kappaRange, kappaSentence, kappaSteps, kappaText, kappaWord, oddities } from './model/agreement';
import shared from './queue.module.css';

type Agreement = NonNullable<NonNullable<NonNullable<QueueAgreementQuery['project']>['reviewQueue']>['agreement']>;
type ReviewerFigures = Agreement['perReviewer'][number];

const explain =
  'Kappa is agreement beyond chance: 0 is guessing, 1 is perfect. Known answers and adjudications are left out.';

/** Why there are no figures: still to review, nothing to compare, no right to see them, not served. */
function withoutAgreement(error: CombinedError | undefined): string {
  switch (codeOf(error)) {
    case undefined:
      return 'No item has two reviews yet. Agreement shows when people have judged the same answers.';
    case 'BLINDED':
      return 'You are still to review here. This opens when you have submitted your reviews.';
    case 'FORBIDDEN':
      return 'Only people who settle disputes or may reveal see how reviewers agree. An owner or admin can grant it.';
    default:
      return error ? sentenceOf(error) : '';
  }
}

function Scale({ agreement }: { agreement: Agreement & { kappa: number } }) {
  const interval = { value: agreement.kappa, low: agreement.kappaLow ?? null, high: agreement.kappaHigh ?? null };
  const band = kappaBand(interval);
  return (
    <>
      <div className={`${c.kappa} num`}>
        <b>{kappaText(agreement.kappa)}</b>
        <span>{kappaRange(interval)}</span>
      </div>
      <div className={`${c.scale} num`} role="img" aria-label={`On the scale: ${kappaWord(agreement.kappa)}`}>
        {kappaSteps.map((step, i) => (
          <i key={step} style={{ left: `${i * 20}%`, width: 'calc(20% - 2px)' }} data-last={i === 4 || undefined} />
        ))}
        <em style={{ left: `${band.left}%`, width: `${band.width}%` }} />
        <b style={{ left: `calc(${band.at}% - 1px)` }} />
        {kappaSteps.map((step, i) => (
          <span key={step} style={{ left: `${i * 20 + 10}%` }}>
            {step}
          </span>
        ))}
      </div>
    </>
  );
}

/** Kappa large with its interval, a labelled scale and a sentence. */
export function AgreementPanel({
  agreement,
  error,
}: {
  agreement: Agreement | null;
  error: CombinedError | undefined;
}) {
  const shown = agreement && agreement.items > 0 ? agreement : null;
  return (
    <Panel
      title="Agreement"
      note={shown ? `${plural(shown.items, 'item')} with two reviews` : undefined}
      actions={
        <Tooltip multiline w={260} label={explain}>
          <button type="button" aria-label={`What kappa means. ${explain}`} className={c.info}>
            <IconInfoCircle size={16} stroke={1.75} aria-hidden />
          </button>
        </Tooltip>
      }
    >
      <div className={shared.in}>
        {shown?.kappa != null && <Scale agreement={{ ...shown, kappa: shown.kappa }} />}
        <p className={shared.say}>
          {shown ? kappaSentence(shown.kappa ?? null, shown.observed) : withoutAgreement(error)}
        </p>
      </div>
    </Panel>
  );
}

const orNone = (text: string | null, none: string) => text ?? <span className="dim">{none}</span>;

function ReviewerRow({ one, all }: { one: ReviewerFigures; all: readonly ReviewerFigures[] }) {
  const figures = all.map((r) => ({
    reviews: r.reviews,
    medianSeconds: r.medianSeconds ?? null,
    passShare: r.passShare,
  }));
  const odd = oddities(figures[all.indexOf(one)]!, figures);
  const time = one.medianSeconds == null ? null : duration(Math.round(one.medianSeconds) * 1000).replace('.00', '');
  return (
    <tr>
      <th scope="row">
        <span className={shared.person}>
          <Person name={one.reviewer.name} size={22} />
          {one.reviewer.name}
        </span>
      </th>
      <td data-r>{int(one.reviews)}</td>
      <td data-r>{orNone(one.agreesWithConsensus == null ? null : percent(one.agreesWithConsensus), '–')}</td>
      <td data-r>{orNone(one.goldenAccuracy == null ? null : percent(one.goldenAccuracy), 'under 5')}</td>
      <td data-r>{odd.pace && time ? <Chip tone="warn">{time}</Chip> : orNone(time, '–')}</td>
      <td>
        <span className={c.share}>
          <i style={{ width: `${one.passShare * 100}%` }} />
        </span>
        {odd.share ? <Chip tone="warn">{percent(one.passShare)}</Chip> : percent(one.passShare)}
      </td>
    </tr>
  );
}

/** People second. Oddities are amber, not an accusation. */
export function ReviewersPanel({ agreement }: { agreement: Agreement | null }) {
  const all = agreement?.perReviewer ?? [];
  if (all.length === 0) return null;
  return (
    <Panel
      title="Reviewers"
      note={plural(
        all.reduce((n, r) => n + r.reviews, 0),
        'review',
      )}
    >
      <section className={shared.scroller} tabIndex={0} aria-label="Figures by reviewer">
        <table className={`${shared.table} num`}>
          <thead>
            <tr>
              <th scope="col">Reviewer</th>
              <th scope="col" data-r>
                Reviews
              </th>
              <th scope="col" data-r>
                With consensus
              </th>
              <th scope="col" data-r>
                Known answers
              </th>
              <th scope="col" data-r>
                Usual time
              </th>
              <th scope="col">Passes</th>
            </tr>
          </thead>
          <tbody>
            {all.map((one) => (
              <ReviewerRow key={one.reviewer.id} one={one} all={all} />
            ))}
          </tbody>
        </table>
      </section>
    </Panel>
  );
}
