// Talks to the engine under test: the console host of tests/Plumbline.GraphQL.Conformance.
import { spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');

/** The newest build of a program. */
export function built(name) {
  const found = ['release', 'debug']
    .map(configuration => join(root, 'artifacts', 'bin', name, configuration, `${name}.dll`))
    .filter(existsSync)
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  if (found.length === 0) throw new Error('Build the solution first: dotnet build Platform.sln -c Release');
  return found[0];
}

const program = () => built('Plumbline.GraphQL.Conformance');

/** One command in, one answer out, in order; many may be under way. */
export class Engine {
  #waiting = [];
  #child;

  constructor() {
    this.#child = spawn('dotnet', [program()], { stdio: ['pipe', 'pipe', 'inherit'] });
    createInterface({ input: this.#child.stdout, crlfDelay: Number.POSITIVE_INFINITY }).on('line', line => this.#waiting.shift().resolve(line));
    this.#child.on('exit', code => {
      for (const { reject } of this.#waiting) reject(new Error(`the engine ended with ${code}`));
    });
  }

  /** The answer's text. */
  text(command) {
    const answer = new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#child.stdin.write(`${JSON.stringify(command)}\n`);
    });
    answer.catch(() => {}); // whoever awaits it hears of it; answers nobody reached yet stay quiet
    return answer;
  }

  async ask(command) {
    return JSON.parse(await this.text(command));
  }

  close() {
    this.#child.stdin.end();
  }
}

/** The engine over HTTP with the fixed data. */
export async function startServer() {
  const child = spawn('dotnet', [program(), '--http'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const url = await new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    child.once('exit', code => reject(new Error(`the server ended with ${code}`)));
  });
  return { url: `${url}/graphql`, stop: () => child.stdin.end() };
}

/** Collects what differs and fails once, with the first few in full. */
export class Differences {
  #found = [];

  add(what, source, expected, actual) {
    this.#found.push(`${what}\n--- document\n${source}\n--- graphql-js\n${expected}\n--- engine\n${actual}`);
  }

  check(total) {
    if (this.#found.length === 0) return;
    throw new Error(`${this.#found.length} of ${total} differ\n\n${this.#found.slice(0, 3).join('\n\n')}`);
  }
}
