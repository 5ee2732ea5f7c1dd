// npm run check: what a reviewer would otherwise have to say: formatting and lint of both languages.
import { requireTools } from './requirements.mjs';
import { installPackages, run } from './steps.mjs';

requireTools();
await installPackages();
await run('npx', ['biome', 'check', 'frontend', 'tests/e2e', 'tests/conformance', 'infra/tasks']);
await run('dotnet', ['format', 'whitespace', 'Platform.sln', '--verify-no-changes']);
