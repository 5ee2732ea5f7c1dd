import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const program = join(import.meta.dirname, 'chat-app.mjs');

/** Runs the instrumented application once: one trace with one model call, flushed before it ends. */
export async function chat(url: string, key: string, question: string, answer: string, model?: string): Promise<void> {
  await run(process.execPath, [program, url, key, question, answer, ...(model ? [model] : [])], { timeout: 60_000 });
}
