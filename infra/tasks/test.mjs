// npm test: everything, from a clean checkout. `npm test -- Otlp e2e` runs the suites whose names contain a word.
import { ensureChromium, requireTools } from './requirements.mjs';
import { buildDotnet, buildFrontend, installPackages } from './steps.mjs';
import { browserSuite, conformanceSuite, dotnetSuites, frontendSuite } from './suites.mjs';

requireTools();
const words = process.argv.slice(2);
const wanted = suite => words.length === 0 || words.some(word => suite.name.toLowerCase().includes(word.toLowerCase()));
const suites = [...dotnetSuites(), frontendSuite, conformanceSuite, browserSuite].filter(wanted);
if (suites.length === 0) {
  console.error(`No suite is named like ${words.join(' or ')}.`);
  process.exit(2);
}

installPackages();
buildFrontend();
buildDotnet('Platform.sln');
const chromium = suites.includes(browserSuite) ? ensureChromium() : {};

const total = { passed: 0, failed: 0, skipped: 0 };
for (const suite of suites) {
  const started = performance.now();
  const result = suite === browserSuite && !chromium.path ? skipped(chromium.reason) : suite.run({ env: { PLUMBLINE_CHROMIUM: chromium.path } });
  // A runner that ended badly without naming a failed test, or that ran nothing, has failed all the same.
  if (!result.reason && result.failed === 0 && (!result.ok || result.passed === 0)) result.failed = 1;
  for (const key of Object.keys(total)) total[key] += result[key];
  if (result.failed > 0) console.log(`\n${result.output}\n${suite.name} ended with ${result.status}`);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(
    `${suite.name}: ${result.passed} passed, ${result.failed} failed, ${result.skipped} skipped in ${seconds} s${result.reason ? ` (skipped: ${result.reason})` : ''}`,
  );
}
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed > 0 ? 1 : 0);

function skipped(reason) {
  return { ok: true, passed: 0, failed: 0, skipped: 1, reason, output: '' };
}
