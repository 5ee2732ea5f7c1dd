/** The reviewer's own pace; never compared with anyone's. */
export function usualSeconds(secondsSpent: readonly number[]): number | null {
  const sorted = secondsSpent.filter((s) => s > 0).sort((a, b) => a - b);
  return sorted.length < 3 ? null : sorted[Math.floor(sorted.length / 2)]!;
}

export function secondsWords(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return whole % 60 === 0 ? `${minutes} min` : `${minutes} min ${whole % 60} s`;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** How long something waits, in one word: 4 min, 2 h, 3 d. Milliseconds. */
export function ageWords(ms: number): string {
  const minutes = Math.max(1, Math.floor(ms / 60_000));
  if (minutes < 60) return `${minutes} min`;
  return minutes < 48 * 60 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 1440)} d`;
}

/** Whole minutes: an estimate that counts seconds pretends to know more than it does. */
export const roughWords = (seconds: number): string => secondsWords(Math.max(60, Math.round(seconds / 60) * 60));

/** "about 50 s each, 1 h 5 min left"; nothing before there is a pace. */
export function paceWords(usual: number | null, left: number): string | null {
  if (usual === null || left <= 0) return null;
  return `about ${secondsWords(usual)} each, ${roughWords(usual * left)} left`;
}

/** The first question of a rubric, for lists: its first line without list marks. */
export function rubricQuestion(instructions: string): string {
  const line = instructions.split('\n').find((l) => l.trim()) ?? '';
  return line.replace(/^\s*(?:[-*•]|\d+[.)]|#+)\s+/, '').trim();
}

type RubricBlock = { kind: 'text'; text: string } | { kind: 'list'; items: string[] };

/** Instructions as paragraphs and lists. */
export function rubricBlocks(instructions: string): RubricBlock[] {
  const blocks: RubricBlock[] = [];
  for (const raw of instructions.split('\n')) {
    const line = raw.trim();
    if (!line) continue;
    const item = /^(?:[-*•]|\d+[.)])\s+(.*)$/.exec(line)?.[1];
    const last = blocks.at(-1);
    if (item !== undefined && last?.kind === 'list') last.items.push(item);
    else blocks.push(item === undefined ? { kind: 'text', text: line } : { kind: 'list', items: [item] });
  }
  return blocks;
}
