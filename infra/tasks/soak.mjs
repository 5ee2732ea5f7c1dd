// npm run soak: the same suites as npm test with the long fuzz, crash and load runs switched on. Words choose suites, as for npm test, and parts of
// them that take hours: `npm run soak -- blinding` compares hundreds of pairs of worlds.
import { requireTools } from './requirements.mjs';
import { buildDotnet } from './steps.mjs';
import { dotnetSuites, soaks } from './suites.mjs';

requireTools();
// How long each hunt goes on; a value that is already set wins.
const hunts = { PLUMBLINE_SOAK: '1', PLUMBLINE_SOAK_KILLS: '200', PLUMBLINE_MUTATIONS: '1000000', PLUMBLINE_FUZZ: '1000000' };
for (const [name, value] of Object.entries(hunts)) process.env[name] ??= value;
await buildDotnet('Platform.sln');
const words = process.argv.slice(2).map(word => word.toLowerCase());
let failed = 0;
const isNamed = suite => words.some(word => suite.name.toLowerCase().includes(word));
const parts = soaks().filter(isNamed);
if (parts.length > 0) process.env.PLUMBLINE_BLINDING_PAIRS ??= '500';
for (const suite of [...dotnetSuites().filter(s => words.length === 0 || isNamed(s)), ...parts]) {
  const result = await suite.run({ minutes: 180 });
  console.log(`${result.output}\n${suite.name}: ${result.passed} passed, ${result.failed} failed, ${result.skipped} skipped`);
  failed += result.ok ? 0 : 1;
}
process.exit(failed > 0 ? 1 : 0);
