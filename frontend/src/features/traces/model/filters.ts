import type { SpanFilter, TimeRange, TraceFilter, VerdictFilter } from '@/gql/graphql';
import { cost, duration, int, shortTime } from '@/lib/format';

const spans = { '1h': 3_600_000, '24h': 86_400_000, '7d': 604_800_000, '30d': 2_592_000_000 } as const;
export type Span = keyof typeof spans;
export const spanWords: Record<Span, string> = {
  '1h': 'the last hour',
  '24h': '24 hours',
  '7d': '7 days',
  '30d': '30 days',
};
const verdicts = ['PASS', 'FAIL', 'DISPUTED', 'UNREVIEWED'] as const satisfies VerdictFilter[];
export const verdictLabels: Record<VerdictFilter, string> = {
  PASS: 'Pass',
  FAIL: 'Fail',
  DISPUTED: 'Disputed',
  UNREVIEWED: 'Not reviewed',
};

/** What the address holds: all that decides which traces are listed. */
export interface TraceSearch {
  span?: Span;
  /** A stretch chosen in the histogram, milliseconds since the epoch. */
  from?: number;
  to?: number;
  q?: string;
  status?: 'OK' | 'ERROR';
  verdict?: VerdictFilter;
  name?: string[];
  model?: string[];
  environment?: string[];
  tag?: string[];
  user?: string;
  session?: string;
  /** At least this long, milliseconds. */
  slow?: number;
  /** At least this dear, US dollars. */
  dear?: number;
  /** At least this many tokens. */
  long?: number;
  live?: 'off';
}

const text = (v: unknown) => (typeof v === 'string' && v.trim() ? v : typeof v === 'number' ? String(v) : undefined);
const number = (v: unknown) => {
  const n = typeof v === 'string' && v.trim() ? Number(v) : v;
  return typeof n === 'number' && Number.isFinite(n) && n >= 0 ? n : undefined;
};
const list = (v: unknown): string[] | undefined => {
  const all = (Array.isArray(v) ? v : [v]).map(text).filter((x) => x !== undefined);
  return all.length ? [...new Set(all)] : undefined;
};

/**
 * Whatever an address says, only what is meant survives. Every filter is named in the answer, also those that are not
 * set: so an unreadable one covers the text it was read from.
 */
export function readSearch(raw: Partial<Record<keyof TraceSearch, unknown>>): TraceSearch {
  const from = number(raw.from);
  const to = number(raw.to);
  const stretch = from !== undefined && to !== undefined && from < to;
  return {
    span:
      typeof raw.span === 'string' && Object.hasOwn(spans, raw.span) && raw.span !== '24h'
        ? (raw.span as Span)
        : undefined,
    from: stretch ? from : undefined,
    to: stretch ? to : undefined,
    q: text(raw.q),
    status: raw.status === 'OK' || raw.status === 'ERROR' ? raw.status : undefined,
    verdict: verdicts.find((known) => known === raw.verdict),
    name: list(raw.name),
    model: list(raw.model),
    environment: list(raw.environment),
    tag: list(raw.tag),
    user: text(raw.user),
    session: text(raw.session),
    slow: number(raw.slow) || undefined,
    dear: number(raw.dear) || undefined,
    long: number(raw.long) || undefined,
    live: raw.live === 'off' ? 'off' : undefined,
  };
}

const iso = (ms: number) => new Date(ms).toISOString();
/** Clocks differ; what is stamped a little ahead of ours is still new. */
const ahead = 300_000;

/** The whole stretch the histogram shows. */
export const wholeRange = (search: TraceSearch, now: number): TimeRange => ({
  from: iso(now - spans[search.span ?? '24h']),
  to: iso(now + ahead),
});

/** The stretch whose traces are listed. */
export const listedRange = (search: TraceSearch, now: number): TimeRange =>
  search.from !== undefined && search.to !== undefined
    ? { from: iso(search.from), to: iso(search.to) }
    : wholeRange(search, now);

const any = (values: string[] | undefined) =>
  values ? (values.length === 1 ? { eq: values[0] } : { in: values }) : undefined;

/** The conditions apart from time, for the live stream. */
export function conditions(search: TraceSearch): TraceFilter {
  const { verdict, slow, dear, long } = search;
  const filter: TraceFilter = {
    search: search.q,
    status: search.status === 'ERROR' ? 'ERROR' : undefined,
    // Most senders set no status when all went well.
    not: search.status === 'OK' ? { status: 'ERROR' } : undefined,
    name: any(search.name),
    model: any(search.model),
    environment: any(search.environment),
    tags: search.tag,
    userId: search.user ? { eq: search.user } : undefined,
    sessionId: search.session ? { eq: search.session } : undefined,
    durationMs: slow ? { gte: slow } : undefined,
    costUsd: dear ? { gte: dear } : undefined,
    totalTokens: long ? { gte: long } : undefined,
    verdict,
  };
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
}

export const traceFilter = (search: TraceSearch, now: number): TraceFilter => ({
  ...conditions(search),
  range: listedRange(search, now),
});

/** Conditions that hold for every span of a trace, so that the histogram counts traces and not spans that happen to match. */
export function volumeFilter(search: TraceSearch): SpanFilter | undefined {
  const filter: SpanFilter = Object.fromEntries(
    Object.entries({
      environment: any(search.environment),
      userId: search.user ? { eq: search.user } : undefined,
      sessionId: search.session ? { eq: search.session } : undefined,
    }).filter(([, value]) => value !== undefined),
  );
  return Object.keys(filter).length ? filter : undefined;
}

export interface Sentence {
  key: keyof TraceSearch;
  /** "name is" */
  lead: string;
  value: string;
}

const or = (values: string[]) => values.join(' or ');

/** The filters as sentences, in the order in which they are shown; dropping `key` (and `to` with `from`) removes one. */
export function sentences(s: TraceSearch): Sentence[] {
  const all: (Sentence | undefined)[] = [
    s.q ? { key: 'q', lead: 'holds', value: `“${s.q}”` } : undefined,
    s.status ? { key: 'status', lead: 'has', value: s.status === 'ERROR' ? 'failed' : 'succeeded' } : undefined,
    s.verdict ? { key: 'verdict', lead: 'verdict is', value: verdictLabels[s.verdict].toLowerCase() } : undefined,
    s.name ? { key: 'name', lead: 'name is', value: or(s.name) } : undefined,
    s.model ? { key: 'model', lead: 'model is', value: or(s.model) } : undefined,
    s.environment ? { key: 'environment', lead: 'environment is', value: or(s.environment) } : undefined,
    s.tag ? { key: 'tag', lead: 'tagged', value: s.tag.join(' and ') } : undefined,
    s.user ? { key: 'user', lead: 'user is', value: s.user } : undefined,
    s.session ? { key: 'session', lead: 'session is', value: s.session } : undefined,
    s.slow ? { key: 'slow', lead: 'took at least', value: duration(s.slow) } : undefined,
    s.dear ? { key: 'dear', lead: 'cost at least', value: cost(s.dear) } : undefined,
    s.long ? { key: 'long', lead: 'has at least', value: `${int(s.long)} tokens` } : undefined,
    s.from !== undefined && s.to !== undefined
      ? { key: 'from', lead: 'started', value: `${shortTime(s.from)} to ${shortTime(s.to)}` }
      : undefined,
  ];
  return all.filter((x) => x !== undefined);
}

/** The search without one of its conditions. */
export function without(search: TraceSearch, key: keyof TraceSearch): TraceSearch {
  const dropped: readonly string[] = key === 'from' ? ['from', 'to'] : [key];
  return Object.fromEntries(Object.entries(search).filter(([name]) => !dropped.includes(name)));
}
