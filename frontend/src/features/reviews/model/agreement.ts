/** Words for kappa in equal steps of the scale; kappa below 0 is worse than guessing. */
export const kappaSteps = ['guessing', 'fair', 'moderate', 'good', 'very good'] as const;

export interface Interval {
  value: number;
  low: number | null;
  high: number | null;
}

const two = (n: number): string => (Math.abs(n) < 0.005 ? 0 : n).toFixed(2).replace('-', '−');

export function kappaWord(kappa: number): (typeof kappaSteps)[number] {
  return kappaSteps[Math.min(4, Math.max(0, Math.floor(kappa * 5 + 1e-9)))]!;
}

export const kappaText = (kappa: number): string => two(kappa);

/** A figure never stands alone: "kappa, between 0.57 and 0.77". */
export function kappaRange({ low, high }: Interval): string {
  return low === null || high === null
    ? 'kappa, too few items for an interval'
    : `kappa, between ${two(low)} and ${two(high)}`;
}

/** Left edge and width of the interval on a scale from 0 to 1, in percent. */
export function kappaBand({ value, low, high }: Interval): { left: number; width: number; at: number } {
  const onScale = (n: number) => Math.min(1, Math.max(0, n)) * 100;
  const from = onScale(low ?? value);
  return { left: from, width: Math.max(0, onScale(high ?? value) - from), at: onScale(value) };
}

/** What the figure means for the rubric. */
export function kappaSentence(kappa: number | null, observed: number): string {
  const share = `${Math.round(observed * 100)} %`;
  if (kappa === null)
    return `Reviewers agree on ${share} of items. Kappa is not defined while every answer has the same verdict.`;
  const meaning = {
    guessing: 'That is hardly more than chance: the rubric leaves too much open.',
    fair: 'The rubric needs sharper words.',
    moderate: 'The rubric works in part; look at the disputes.',
    good: 'The rubric works.',
    'very good': 'The rubric is clear to everyone.',
  }[kappaWord(kappa)];
  return `Reviewers agree on ${share} of items. ${meaning}`;
}

interface ReviewerFigures {
  reviews: number;
  medianSeconds: number | null;
  passShare: number;
}

/** Amber marks for a pace or share far from everyone else's: something to look at, not an accusation. */
export function oddities(one: ReviewerFigures, all: readonly ReviewerFigures[]): { pace: boolean; share: boolean } {
  const others = all.filter((r) => r !== one);
  if (one.reviews < 10 || others.length === 0) return { pace: false, share: false };
  const times = others.flatMap((r) => (r.medianSeconds === null ? [] : [r.medianSeconds])).sort((a, b) => a - b);
  const usual = times[Math.floor(times.length / 2)];
  const share = others.reduce((sum, r) => sum + r.passShare, 0) / others.length;
  return {
    pace: usual !== undefined && one.medianSeconds !== null && one.medianSeconds < usual / 3,
    share: Math.abs(one.passShare - share) >= 0.2,
  };
}
