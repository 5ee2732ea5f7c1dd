// npm run bench: BenchmarkDotNet for the parts, a load program for the whole. Arguments are passed on: npm run bench -- --list
import { requireTools } from './requirements.mjs';
import { publishServer, run, serverDll } from './steps.mjs';

requireTools();
// The whole is measured as it is shipped; PLUMBLINE_SERVER names another build to hold beside it.
const other = process.env.PLUMBLINE_SERVER;
if (!other) await publishServer();
await run('dotnet', ['run', '-c', 'Release', '--project', 'tests/benchmarks', '--', ...process.argv.slice(2)], {
  env: { ...process.env, PLUMBLINE_SERVER: other ?? serverDll },
});
