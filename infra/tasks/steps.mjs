// The steps that the commands share: run a program, install npm packages, build the frontend and the server.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
export const artifacts = join(root, 'artifacts');

/** The server's program, published: compiled ahead of time. */
export const serverDll = join(artifacts, 'server', 'Plumbline.Host.dll');

/** Runs a program to its end; on failure prints what it said and stops. */
export async function run(command, args, { quiet = false, cwd = root, env = process.env } = {}) {
  const result = await execute(command, args, { cwd, env, stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit' });
  if (result.ok) return;
  process.stderr.write(result.output);
  console.error(`${command} ${args.join(' ')} ended with ${result.status}`);
  process.exit(1);
}

/** Runs a program to its end. Gives what it said and its exit code, or what ended it. */
export function execute(command, args, { cwd = root, env = process.env, stdio = ['ignore', 'pipe', 'pipe'], minutes } = {}) {
  return new Promise(resolve => {
    const child = spawn(command, args, { cwd, env, stdio, timeout: minutes && minutes * 60_000 });
    const said = [];
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', chunk => said.push(chunk));
    const end = status => resolve({ ok: status === 0, status, output: Buffer.concat(said).toString() });
    child.on('error', error => end(error.message));
    child.on('close', (code, signal) => end(code ?? signal));
  });
}

/** Says what is done, and how long it took. */
async function timed(what, step) {
  const started = performance.now();
  console.log(what);
  await step();
  console.log(`${what} took ${((performance.now() - started) / 1000).toFixed(1)} s`);
}

/** npm ci, unless node_modules already holds what the lock file names. */
export async function installPackages() {
  const lock = hashOf([join(root, 'package-lock.json')]);
  const stamp = join(root, 'node_modules', '.plumbline-lock');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  await timed('Installing npm packages', () => run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { quiet: true }));
  writeFileSync(stamp, lock);
}

/** Builds the web application into frontend/dist, unless nothing it is made of has changed. */
export async function buildFrontend() {
  const sources = ['frontend', 'backend/Plumbline.Host/schema.graphql', 'package-lock.json'].flatMap(path => filesUnder(join(root, path)));
  const state = hashOf(sources);
  const stamp = join(root, 'artifacts', 'frontend.stamp');
  if (existsSync(join(root, 'frontend', 'dist', 'index.html')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === state) return;
  await timed('Building the web application', () => run('npm', ['run', 'build', '-w', 'frontend', '--silent'], { quiet: true }));
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, state);
}

/** Builds a project or the solution in Release. */
export async function buildDotnet(project) {
  const args = ['build', project, '-c', 'Release', '--nologo', '-v', 'q', '-clp:NoSummary'];
  await timed(`Building ${project}`, () => run('dotnet', args, { quiet: true }));
}

/** Publishes the server into artifacts/server, compiled ahead of time for this machine, with or without a build before it. */
export async function publishServer() {
  const args = ['publish', 'backend/Plumbline.Host', '-c', 'Release', '--ucr', '--self-contained', 'false', '-o', join(artifacts, 'server')];
  await timed('Building the server', () => run('dotnet', [...args, '--nologo', '-v', 'q', '-clp:NoSummary'], { quiet: true }));
}

const left = new Set(['node_modules', 'dist', 'gql', 'test-results', 'playwright-report']);

function filesUnder(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true })
    .filter(entry => !left.has(entry.name))
    .flatMap(entry => filesUnder(join(path, entry.name)));
}

function hashOf(files) {
  const hash = createHash('sha256');
  for (const file of files.toSorted()) hash.update(file.slice(root.length)).update(readFileSync(file));
  return hash.digest('hex');
}
