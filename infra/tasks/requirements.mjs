// What a machine must have before anything can run, and how to get what is missing.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { execute } from './steps.mjs';

const minimumNode = [20, 19];
const dotnetMajor = 10;

/** Problems that stop a build, each one sentence with its cure. */
export function missingTools() {
  const problems = [];
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < minimumNode[0] || (major === minimumNode[0] && minor < minimumNode[1]))
    problems.push(
      `Node ${process.versions.node} is too old: ${minimumNode.join('.')} or newer is needed. Get it from https://nodejs.org or your package manager.`,
    );
  const sdks = spawnSync('dotnet', ['--list-sdks'], { encoding: 'utf8' });
  if (sdks.error)
    problems.push(`The .NET ${dotnetMajor} SDK is missing ("dotnet" is not on the PATH). Get it from https://dotnet.microsoft.com/download/dotnet/10.0.`);
  else if (!sdks.stdout.split('\n').some(line => line.startsWith(`${dotnetMajor}.`)))
    problems.push(
      `The .NET ${dotnetMajor} SDK is missing; installed: ${sdks.stdout.trim().split('\n').join(', ') || 'none'}. Get it from https://dotnet.microsoft.com/download/dotnet/10.0.`,
    );
  return problems;
}

/** Stops with every problem named at once. */
export function requireTools() {
  const problems = missingTools();
  if (problems.length === 0) return;
  for (const problem of problems) console.error(problem);
  process.exit(1);
}

const chromiumPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** The path of a Chromium to test with, or null. PLUMBLINE_CHROMIUM names another. */
export function findChromium() {
  const named = process.env.PLUMBLINE_CHROMIUM;
  if (named) return existsSync(named) ? named : null;
  return chromiumPlaces.find(existsSync) ?? null;
}

/** Installs Chromium through apt where that is possible. Returns its path, or the reason why there is none. */
export async function ensureChromium() {
  const found = findChromium();
  if (found) return { path: found };
  if (process.env.PLUMBLINE_CHROMIUM) return { reason: `PLUMBLINE_CHROMIUM names ${process.env.PLUMBLINE_CHROMIUM}, which does not exist` };
  if (spawnSync('apt-get', ['--version']).error) return { reason: 'no Chromium was found; install one, or name it in PLUMBLINE_CHROMIUM' };
  if (process.getuid?.() !== 0) return { reason: 'no Chromium was found; install it with: sudo apt-get install chromium fonts-liberation' };
  console.log('Chromium is missing: installing it with apt-get');
  const options = { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  await execute('apt-get', ['update', '-qq'], options);
  const installed = await execute('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-liberation'], options);
  const path = findChromium();
  return path ? { path } : { reason: `apt-get install chromium ended with ${installed.status}` };
}
