// npm run format: puts the sources into the form that npm run check asks for.
import { requireTools } from './requirements.mjs';
import { installPackages, run } from './steps.mjs';

requireTools();
await installPackages();
await run('npx', ['biome', 'check', '--write', 'frontend', 'tests/e2e', 'tests/conformance', 'infra/tasks']);
await run('dotnet', ['format', 'whitespace', 'Platform.sln']);
