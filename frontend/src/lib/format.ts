/** How numbers, money and times are written; the one place for it. Missing values are the caller's to word. */

const thin = '\u2009';
const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });

/** 1,284 */
export const int = (n: number): string => whole.format(n);

/** 950, 12k, 3.4M: for axes only. */
export function short(n: number): string {
  if (Math.abs(n) < 1000) return int(n);
  const [unit, by] = Math.abs(n) < 1e6 ? ['k', 1e3] : Math.abs(n) < 1e9 ? ['M', 1e6] : ['G', 1e9];
  const scaled = n / by;
  return `${scaled < 10 && !Number.isInteger(scaled) ? scaled.toFixed(1) : Math.round(scaled)}${unit}`;
}

/** Dollars: four decimals below $1, two above. Unknown is "no price", never $0. */
export function cost(usd: string | number | null | undefined): string {
  if (usd == null) return 'no price';
  const n = Number(usd);
  if (n > 0 && n < 0.0001) return '<$0.0001';
  if (Math.abs(n) < 1) return `$${n.toFixed(4)}`;
  return `$${n.toLocaleString('en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
}

/** 410 ms, 2.31 s, 1 min 12 s, 1 h 5 min */
export function duration(ms: number): string {
  if (ms > 0 && ms < 1) return '<1 ms';
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 59_995) return `${(ms / 1000).toFixed(2)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) {
    const rest = seconds % 60;
    return rest ? `${Math.floor(seconds / 60)} min ${rest} s` : `${seconds / 60} min`;
  }
  const minutes = Math.round(seconds / 60);
  const rest = minutes % 60;
  return rest ? `${int(Math.floor(minutes / 60))} h ${rest} min` : `${int(minutes / 60)} h`;
}

/** 71 % with a thin space; `share` is 0..1. */
export const percent = (share: number, decimals = 0): string => `${(share * 100).toFixed(decimals)}${thin}%`;

/** 1,702 → 43 */
export const tokens = (t: { input: number; output: number }): string => `${int(t.input)} → ${int(t.output)}`;

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const hourMinute = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const dayMonth = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const dayMonthYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });

/** 20:19:58, local */
export const timeOfDay = (at: string | number | Date): string => clock.format(new Date(at));

/** 20:19, local */
export const shortTime = (at: string | number | Date): string => hourMinute.format(new Date(at));

/** 14 Oct; with the year when it is not this one */
export function date(at: string | number | Date, now = Date.now()): string {
  const d = new Date(at);
  return (d.getFullYear() === new Date(now).getFullYear() ? dayMonth : dayMonthYear).format(d);
}

/** Time of day within the last 24 hours, else date and time. */
export function when(at: string | number | Date, now = Date.now()): string {
  const t = new Date(at).getTime();
  return now - t < 86_400_000 ? timeOfDay(t) : `${date(t, now)}, ${shortTime(t)}`;
}

/** "2 min ago", only under an hour; later like `when`. */
export function ago(at: string | number | Date, now = Date.now()): string {
  const ms = now - new Date(at).getTime();
  if (ms < 0 || ms >= 3_600_000) return when(at, now);
  if (ms < 60_000) return 'just now';
  return `${Math.floor(ms / 60_000)} min ago`;
}

/** For hover: UTC and the local offset. */
export function exactTime(at: string): string {
  const minutes = -new Date(at).getTimezoneOffset();
  const sign = minutes < 0 ? '−' : '+';
  const two = (n: number) => String(Math.floor(Math.abs(n))).padStart(2, '0');
  const utc = new Date(at).toISOString().replace('T', ' ').replace('Z', ' UTC');
  return `${utc} (local ${sign}${two(minutes / 60)}:${two(minutes % 60)})`;
}

/** "1 trace", "2 traces" */
export const plural = (n: number, one: string, many = `${one}s`): string => `${int(n)} ${n === 1 ? one : many}`;
