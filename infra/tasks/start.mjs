// npm start: installs what is missing, builds, and serves. Options are passed on to the server: npm start -- --port 8080
import { spawn } from 'node:child_process';
import { requireTools } from './requirements.mjs';
import { buildFrontend, installPackages, publishServer, root, serverDll } from './steps.mjs';

requireTools();
await Promise.all([web(), publishServer()]);

const server = spawn('dotnet', [serverDll, ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => server.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal));
server.on('error', error => {
  console.error(`The server could not be started: ${error.message}`);
  process.exit(1);
});
server.on('exit', (code, signal) => process.exit(signal ? 143 : (code ?? 1)));

async function web() {
  await installPackages();
  await buildFrontend();
}
