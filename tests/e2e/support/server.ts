import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../../..');
const program = process.env.PLUMBLINE_SERVER ?? join(root, 'artifacts', 'bin', 'Plumbline.Host', 'release', 'Plumbline.Host.dll');

/** A port that nobody listens on at the moment. */
async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>(listening => probe.listen(0, '127.0.0.1', listening));
  const { port } = probe.address() as { port: number };
  await new Promise(closed => probe.close(closed));
  return port;
}

/** The real server as its own process, with a data folder and ports of its own. */
export class Server {
  #process: ChildProcess | undefined;
  #output = '';

  private constructor(
    readonly url: string,
    readonly grpcPort: number,
    readonly folder: string,
  ) {}

  static async start(env: Record<string, string> = {}): Promise<Server> {
    const folder = await mkdtemp(join(tmpdir(), 'plumbline-e2e-'));
    const server = new Server(`http://127.0.0.1:${await freePort()}`, await freePort(), folder);
    await server.launch(env);
    return server;
  }

  /** Starts the process on the same folder and ports, and waits until it serves. */
  async launch(env: Record<string, string> = {}): Promise<void> {
    const args = [program, '--port', new URL(this.url).port, '--otlp-grpc-port', String(this.grpcPort), '--otlp-http-port', '0', '--data', this.folder];
    this.#output = '';
    const child = spawn('dotnet', args, { cwd: root, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (this.#output += chunk));
    this.#process = child;
    const deadline = Date.now() + 60_000;
    while (!(await this.#ready())) {
      if (child.exitCode !== null || Date.now() > deadline) throw new Error(`The server did not start:\n${this.#output}`);
      await new Promise(waited => setTimeout(waited, 50));
    }
  }

  /** The one-time link that the server printed for its first owner. */
  get ownerLink(): string {
    const link = this.#output.match(/https?:\/\/\S+\/signin\/link\/\S+/)?.[0];
    if (!link) throw new Error(`The server printed no owner link:\n${this.#output}`);
    return link;
  }

  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise(exited => child.once('exit', exited));
    child.kill(signal);
    await gone;
  }

  async stop(): Promise<void> {
    await this.kill('SIGTERM');
    await rm(this.folder, { recursive: true, force: true });
  }

  async #ready(): Promise<boolean> {
    try {
      return (await fetch(`${this.url}/healthz/ready`)).ok;
    } catch {
      return false;
    }
  }
}
