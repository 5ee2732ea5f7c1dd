import type { TimeBucket } from '@/gql/graphql';

export interface Bar {
  /** Milliseconds since the epoch. */
  from: number;
  to: number;
  traces: number;
  errors: number;
}

const sizes: [TimeBucket, number][] = [
  ['MINUTE', 60_000],
  ['FIVE_MINUTES', 300_000],
  ['HOUR', 3_600_000],
  ['DAY', 86_400_000],
  ['WEEK', 604_800_000],
];
const mostBars = 300;
/** Bars are joined until about this many are left: thinner ones cannot be read or pointed at. */
const drawn = 72;

/** The finest bucket that does not make more rows than can be used. */
export const bucketFor = (ms: number): TimeBucket => sizes.find(([, size]) => ms / size <= mostBars)?.[0] ?? 'WEEK';

const sizeOf = (bucket: TimeBucket) => sizes.find(([name]) => name === bucket)![1];

interface Row {
  bucketStart: string | null;
  traces: number;
  errors: number;
}

/** Rows of the server to bars without gaps, from the start of the range to its end. */
export function bars(rows: readonly Row[], bucket: TimeBucket, from: number, to: number): Bar[] {
  const unit = sizeOf(bucket);
  const step = unit * Math.max(1, Math.ceil((to - from) / unit / drawn));
  const first = Math.floor(from / unit) * unit;
  const list: Bar[] = [];
  for (let at = first; at < to; at += step) list.push({ from: at, to: at + step, traces: 0, errors: 0 });
  for (const row of rows) {
    if (!row.bucketStart) continue;
    const bar = list[Math.floor((Date.parse(row.bucketStart) - first) / step)];
    if (!bar) continue;
    bar.traces += row.traces;
    bar.errors += Math.min(row.errors, row.traces);
  }
  return list;
}

/** Two places (0..1, any order) to the stretch of whole bars they touch. */
export function stretch(list: readonly Bar[], a: number, b: number): { from: number; to: number } | undefined {
  if (list.length === 0) return undefined;
  const index = (x: number) => Math.min(list.length - 1, Math.max(0, Math.floor(x * list.length)));
  return { from: list[index(Math.min(a, b))]!.from, to: list[index(Math.max(a, b))]!.to };
}

/** Where a stretch lies on the axis, 0..1. */
export function place(list: readonly Bar[], from: number, to: number): { left: number; width: number } {
  const start = list[0]?.from ?? 0;
  const length = (list.at(-1)?.to ?? 1) - start;
  const left = Math.min(1, Math.max(0, (from - start) / length));
  return { left, width: Math.min(1, Math.max(0, (to - start) / length)) - left };
}
