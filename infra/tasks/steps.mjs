// The steps that the commands share: run a program, install npm packages, build the frontend and the server.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
export const artifacts = join(root, 'artifacts');

/** The server's program, published: compiled ahead of time. */
export const serverDll = join(artifacts, 'server', 'Plumbline.Host.dll');

/** Runs a program to its end; on failure prints what it said and stops. */
export function run(command, args, { quiet = false, cwd = root, env = process.env } = {}) {
  const result = spawnSync(command, args, { cwd, env, stdio: quiet ? 'pipe' : 'inherit', encoding: 'utf8', maxBuffer: 1 << 28 });
  if (result.status === 0) return result;
  if (quiet) process.stderr.write(`${result.stdout ?? ''}${result.stderr ?? ''}`);
  console.error(`${command} ${args.join(' ')} failed${result.error ? `: ${result.error.message}` : ` with exit code ${result.status}`}`);
  process.exit(1);
}

/** npm ci, unless node_modules already holds what the lock file names. */
export function installPackages() {
  const lock = hashOf([join(root, 'package-lock.json')]);
  const stamp = join(root, 'node_modules', '.plumbline-lock');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  console.log('Installing npm packages');
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { quiet: true });
  writeFileSync(stamp, lock);
}

/** Builds the web application into frontend/dist, unless nothing it is made of has changed. */
export function buildFrontend() {
  const sources = ['frontend', 'backend/Plumbline.Host/schema.graphql', 'package-lock.json'].flatMap(path => filesUnder(join(root, path)));
  const state = hashOf(sources);
  const stamp = join(root, 'artifacts', 'frontend.stamp');
  if (existsSync(join(root, 'frontend', 'dist', 'index.html')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === state) return;
  console.log('Building the web application');
  run('npm', ['run', 'build', '-w', 'frontend', '--silent'], { quiet: true });
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, state);
}

/** Builds a project or the solution in Release. */
export function buildDotnet(project) {
  console.log(`Building ${project}`);
  run('dotnet', ['build', project, '-c', 'Release', '--nologo', '-v', 'q', '-clp:NoSummary'], { quiet: true });
}

/** Publishes the server into artifacts/server, compiled ahead of time for this machine. */
export function publishServer() {
  console.log('Building the server');
  const output = join(artifacts, 'server');
  run('dotnet', ['publish', 'backend/Plumbline.Host', '-c', 'Release', '--ucr', '--self-contained', 'false', '-o', output, '--nologo', '-v', 'q', '-clp:NoSummary'], {
    quiet: true,
  });
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
