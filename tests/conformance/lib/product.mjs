// The product's own server as its own process, set up unattended, with an API key and a signed-in owner.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { built, root } from './engine.mjs';

const key = 'pl_0123456789abcdefghijklmnopqrstuvwxyz';
const owner = { email: 'ann@example.com', password: 'correct horse' };

export async function startProduct() {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-conformance-'));
  const env = {
    ...process.env,
    PLUMBLINE_INIT_ORGANIZATION: 'Acme',
    PLUMBLINE_INIT_PROJECT: 'Main',
    PLUMBLINE_INIT_API_KEY: key,
    PLUMBLINE_INIT_OWNER_EMAIL: owner.email,
    PLUMBLINE_INIT_OWNER_PASSWORD: owner.password,
  };
  const child = spawn('dotnet', [process.env.PLUMBLINE_SERVER ?? built('Plumbline.Host'), '--port', '0', '--otlp-grpc-port', '0', '--data', folder], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise((resolve, reject) => {
    let address;
    createInterface({ input: child.stdout }).on('line', line => {
      address ??= line.match(/serves on (http:\S+) /)?.[1];
      if (line.includes('Plumbline is ready')) resolve(address);
    });
    child.once('exit', code => reject(new Error(`the server ended with ${code}`)));
  });
  const signedIn = await fetch(`${url}/signin/password`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-plumbline-csrf': '1' },
    body: JSON.stringify(owner),
  });
  if (!signedIn.ok) throw new Error(`signing in answered ${signedIn.status}`);
  return {
    url,
    graphql: `${url}/graphql`,
    /** A script's headers. */
    script: { authorization: `Bearer ${key}` },
    /** A page's headers. */
    page: { cookie: signedIn.headers.getSetCookie()[0].split(';')[0], 'x-plumbline-csrf': '1' },
    async stop() {
      child.kill();
      await once(child, 'exit');
      await rm(folder, { recursive: true, force: true });
    },
  };
}
