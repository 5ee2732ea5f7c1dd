// npm run bench: BenchmarkDotNet for the parts, a load program for the whole. Arguments are passed on: npm run bench -- --list
import { requireTools } from './requirements.mjs';
import { run } from './steps.mjs';

requireTools();
run('dotnet', ['run', '-c', 'Release', '--project', 'tests/benchmarks', '--', ...process.argv.slice(2)]);
