// A server process of its own, to be killed.
import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';

export interface ServerProcess {
  readonly port: number;
  readonly url: string;
  alive(): boolean;
  /** SIGKILL; resolves once it is gone. */
  kill(): Promise<void>;
  /** SIGTERM; resolves with its exit code. */
  stop(): Promise<number | null>;
  /** Resolves with the exit code once it has ended by itself. */
  ended: Promise<number | null>;
  /** What it has written so far. */
  output(): string;
}

/** Resolves once it is ready to serve. Always the same port, so that it can be started again there. */
export async function spawnUsher(
  port: number,
  environment: Record<string, string>,
): Promise<ServerProcess> {
  const child = spawn(process.execPath, ['src/cli/usher.ts', 'serve'], {
    env: { PATH: process.env.PATH, LOG_LEVEL: 'warn', PORT: String(port), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (part: string) => {
      output += part;
    });
  }
  const ended = new Promise<number | null>((resolve) =>
    child.once('exit', (code) => resolve(code)),
  );
  const server: ServerProcess = {
    port,
    url: `http://127.0.0.1:${port}`,
    alive: () => isAlive(child),
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
    stop: () => {
      child.kill('SIGTERM');
      return ended;
    },
    ended,
    output: () => output,
  };
  await becomeReady(server);
  return server;
}

function isAlive(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}

async function becomeReady(server: ServerProcess): Promise<void> {
  const until = Date.now() + 30_000;
  while (Date.now() < until && server.alive()) {
    const answer = await fetch(`${server.url}/readyz`).catch(() => null);
    if (answer?.ok === true) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  await server.kill();
  throw new Error(`The server did not become ready:\n${server.output()}`);
}

export async function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}
