interface Run {
  same: boolean;
  text: string;
}

/** Above this many cells the middle of two texts is shown as changed as a whole. */
const MAX_CELLS = 4_000_000;

const words = (text: string): string[] => text.split(/(\s+)/).filter((w) => w !== '');

function push(runs: Run[], same: boolean, text: string): void {
  if (!text) return;
  const last = runs.at(-1);
  if (last?.same === same) last.text += text;
  else runs.push({ same, text });
}

/** A lone word or space between two changes belongs to the change: fewer, longer marks are easier to read. */
function joinNeighbours(runs: Run[]): Run[] {
  const out: Run[] = [];
  for (let i = 0; i < runs.length; i++) {
    const run = runs[i]!;
    const between = i > 0 && i < runs.length - 1 && run.same && out.at(-1)?.same === false;
    const short = !run.text.includes('\n') && run.text.trim().split(/\s+/).length < 2;
    push(out, between && short ? false : run.same, run.text);
  }
  return out;
}

/** The words of `text`, marked by whether `other` has them too (longest common subsequence of words). */
export function compareWords(text: string, other: string): Run[] {
  const a = words(text);
  const b = words(other);
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  const runs: Run[] = [];
  push(runs, true, a.slice(0, head).join(''));
  compareMiddle(a.slice(head, a.length - tail), b.slice(head, b.length - tail), runs);
  push(runs, true, a.slice(a.length - tail).join(''));
  return joinNeighbours(runs);
}

function compareMiddle(a: string[], b: string[], runs: Run[]): void {
  if (a.length === 0) return;
  if (b.length === 0 || a.length * b.length > MAX_CELLS) {
    push(runs, false, a.join(''));
    return;
  }
  const width = b.length + 1;
  const longest = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      longest[i * width + j] =
        a[i] === b[j]
          ? longest[(i + 1) * width + j + 1]! + 1
          : Math.max(longest[(i + 1) * width + j]!, longest[i * width + j + 1]!);
  let j = 0;
  for (let i = 0; i < a.length; ) {
    if (j < b.length && a[i] === b[j]) {
      push(runs, true, a[i++]!);
      j++;
    } else if (j < b.length && longest[i * width + j + 1]! > longest[(i + 1) * width + j]!) j++;
    else push(runs, false, a[i++]!);
  }
}
