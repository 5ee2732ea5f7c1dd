// The test suites and how each says what it counted.

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { artifacts, execute, root } from './steps.mjs';

/** Runs a suite's program to its end, or to the end of its time. */
const execution = (command, args, { cwd, env = {}, minutes = 20 } = {}) =>
  execute(command, args, { cwd, env: { ...process.env, FORCE_COLOR: '0', ...env }, minutes });

const count = (text, pattern) => Number(text.match(pattern)?.[1] ?? 0);

/** One C# test project: its program is its own runner and closes with total, failed, succeeded, skipped. One that mostly waits may run beside another. */
function dotnetSuite(name, { project = name, filter = [], minutes: usual } = {}) {
  return {
    name,
    waits: name === 'Plumbline.Silos.Tests',
    async run({ env, minutes } = {}) {
      const dll = join(artifacts, 'bin', project, 'release', `${project}.dll`);
      const args = [dll, '--no-ansi', '--no-progress', '--output', 'Normal', ...filter];
      const { ok, status, output } = await execution('dotnet', args, { env, minutes: usual ?? minutes });
      return {
        ok,
        status,
        output,
        passed: count(output, /succeeded: (\d+)/),
        failed: count(output, /failed: (\d+)/),
        skipped: count(output, /skipped: (\d+)/),
      };
    },
  };
}

/** The C# test projects, found by their folders so that none is forgotten. */
export function dotnetSuites() {
  return readdirSync(join(root, 'tests'))
    .filter(name => name.endsWith('.Tests') && existsSync(join(root, 'tests', name, `${name}.csproj`)))
    .map(name => dotnetSuite(name));
}

/** Parts of the test projects that can be soaked by themselves. */
export function soaks() {
  const filter = ['--filter-namespace', 'Plumbline.Host.Tests.Blinding.Proof'];
  return [dotnetSuite('blinding', { project: 'Plumbline.Host.Tests', filter, minutes: 600 })];
}

/** A suite that writes its report as JSON to a file. */
function reported(name, command, args, { cwd, env = {}, read }) {
  return {
    name,
    async run({ env: extraEnv } = {}) {
      const folder = mkdtempSync(join(tmpdir(), 'plumbline-report-'));
      const report = join(folder, 'report.json');
      try {
        const result = await execution(command, args(report), { cwd, env: { ...env, ...extraEnv, PLAYWRIGHT_JSON_OUTPUT_NAME: report } });
        const counts = existsSync(report) ? read(JSON.parse(readFileSync(report, 'utf8'))) : { passed: 0, failed: 0, skipped: 0 };
        return { ...result, ...counts };
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  };
}

/** Component and unit tests of the web application (Vitest). */
export const frontendSuite = reported('frontend', 'npx', report => ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`], {
  cwd: join(root, 'frontend'),
  read: r => ({ passed: r.numPassedTests, failed: r.numFailedTests, skipped: r.numPendingTests + (r.numTodoTests ?? 0) }),
});

/** Reference implementations from npm against the built engine and server (node:test). */
export const conformanceSuite = {
  name: 'conformance',
  async run({ env } = {}) {
    const result = await execution('npm', ['test', '--silent', '-w', 'tests/conformance'], { env });
    const { output } = result;
    return {
      ...result,
      passed: count(output, /^(?:#|ℹ) pass (\d+)/m),
      failed: count(output, /^(?:#|ℹ) fail (\d+)/m),
      skipped: count(output, /^(?:#|ℹ) skipped (\d+)/m),
    };
  },
};

/** The whole product in a real browser (Playwright). */
export const browserSuite = reported('e2e', 'npx', () => ['playwright', 'test', '--reporter=line,json'], {
  cwd: join(root, 'tests', 'e2e'),
  read: r => ({ passed: r.stats.expected + r.stats.flaky, failed: r.stats.unexpected, skipped: r.stats.skipped }),
});
