// npm test: everything, from a clean checkout. `npm test -- Otlp e2e` runs the suites whose names contain a word.
import { ensureChromium, requireTools } from './requirements.mjs';
import { buildDotnet, buildFrontend, installPackages, publishServer, serverDll } from './steps.mjs';
import { browserSuite, conformanceSuite, dotnetSuites, frontendSuite } from './suites.mjs';

requireTools();
const words = process.argv.slice(2);
const wanted = suite => words.length === 0 || words.some(word => suite.name.toLowerCase().includes(word.toLowerCase()));
const suites = [...dotnetSuites(), frontendSuite, conformanceSuite, browserSuite].filter(wanted);
if (suites.length === 0) {
  console.error(`No suite is named like ${words.join(' or ')}.`);
  process.exit(2);
}

const [chromium] = await Promise.all([suites.includes(browserSuite) ? ensureChromium() : {}, web(), server()]);
// What is tested is the server as it is started and shipped.
const env = { PLUMBLINE_SERVER: serverDll, PLUMBLINE_CHROMIUM: chromium.path };
const total = { passed: 0, failed: 0, skipped: 0 };
await Promise.all([inTurn(suites.filter(s => !s.waits)), inTurn(suites.filter(s => s.waits))]);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed > 0 ? 1 : 0);

async function web() {
  await installPackages();
  await buildFrontend();
}

async function server() {
  await buildDotnet('Platform.sln');
  await publishServer();
}

async function inTurn(some) {
  for (const suite of some) {
    const started = performance.now();
    const result = suite === browserSuite && !chromium.path ? skipped(chromium.reason) : await suite.run({ env });
    report(suite, result, ((performance.now() - started) / 1000).toFixed(1));
  }
}

function report(suite, result, seconds) {
  // A runner that ended badly without naming a failed test, or that ran nothing, has failed all the same.
  if (!result.reason && result.failed === 0 && (!result.ok || result.passed === 0)) result.failed = 1;
  for (const key of Object.keys(total)) total[key] += result[key];
  if (result.failed > 0) console.log(`\n${result.output}\n${suite.name} ended with ${result.status}`);
  console.log(
    `${suite.name}: ${result.passed} passed, ${result.failed} failed, ${result.skipped} skipped in ${seconds} s${result.reason ? ` (skipped: ${result.reason})` : ''}`,
  );
}

function skipped(reason) {
  return { ok: true, passed: 0, failed: 0, skipped: 1, reason, output: '' };
}
