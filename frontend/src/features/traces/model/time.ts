/** Milliseconds since the epoch, with fractions. */
type EpochMs = number & { readonly unit: 'epoch ms' };
/** Milliseconds since the start of the trace. */
type OffsetMs = number & { readonly unit: 'offset ms' };

/** RFC 3339 with up to nine digits of a second; Date alone would cut it to milliseconds. */
export function epoch(iso: string): EpochMs {
  const fraction = /\.(\d+)/.exec(iso)?.[1] ?? '';
  const whole = Date.parse(fraction ? iso.replace(`.${fraction}`, '') : iso);
  return (whole + Number(`0.${fraction || 0}`) * 1000) as EpochMs;
}

export interface TimeScale {
  start: EpochMs;
  /** Never 0, so that a share is always a number. */
  lengthMs: number;
}

interface Timed {
  startTime: string;
  durationMs: number;
}

/** From the first start to the last end: spans may begin before their parent and end after it. */
export function scaleOf(spans: readonly Timed[]): TimeScale {
  let start = Number.POSITIVE_INFINITY;
  let end = Number.NEGATIVE_INFINITY;
  for (const span of spans) {
    const at = epoch(span.startTime);
    start = Math.min(start, at);
    end = Math.max(end, at + span.durationMs);
  }
  return Number.isFinite(start)
    ? { start: start as EpochMs, lengthMs: Math.max(end - start, 0.001) }
    : { start: 0 as EpochMs, lengthMs: 1 };
}

const offsetOf = (scale: TimeScale, span: Timed): OffsetMs => (epoch(span.startTime) - scale.start) as OffsetMs;

/** Where a span's bar lies, as shares of the width. */
export function barOf(scale: TimeScale, span: Timed): { left: number; width: number } {
  const left = offsetOf(scale, span) / scale.lengthMs;
  return { left, width: Math.min(1 - left, span.durationMs / scale.lengthMs) };
}

/** Round moments (1, 2, 2.5 or 5 times a power of ten) for the axis, at most `most` of them. */
export function ticks(scale: TimeScale, most = 5): OffsetMs[] {
  const rough = scale.lengthMs / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const round = [1, 2, 2.5, 5, 10].map((m) => m * power).find((s) => s >= rough * 0.999999)!;
  // Finer moments would all be written alike.
  const step = Math.max(1, round);
  const count = Math.floor(scale.lengthMs / step + 1e-9);
  return Array.from({ length: count + 1 }, (_, i) => (i * step) as OffsetMs);
}
