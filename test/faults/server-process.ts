// Usher as a process of its own, to be killed: on a known port, so that it comes back where it was.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { findFreePort } from '../makers/find-free-port.ts';
import { eventually, TOKEN } from '../makers/start-test-usher.ts';
import { type ErrorWatch, watchErrors } from '../makers/watch-errors.ts';
import { type Child, endProgram, startProgram } from './run-program.ts';

export interface ServerProcess {
  readonly url: string;
  /** false while it is killed and not back. */
  isAlive(): boolean;
  /** What it has written, for a failed test's report. */
  output(): string;
  /** Says which error lines this test may cause; any other fails it in the end. */
  expectErrors: ErrorWatch['expectErrors'];
  ready(): Promise<void>;
  kill(): Promise<void>;
  /** SIGSTOP: it hangs, and its connections stay open. */
  pause(): void;
  resume(): void;
  /** SIGTERM: it ends in order. */
  stop(): Promise<void>;
  start(): void;
  /** From its next start on it is of the code of the project, if it was of another. */
  update(): void;
}

const ours = new URL('../../src/cli/usher.ts', import.meta.url);

/** Started, but perhaps not yet ready; `PORT` where it must be a certain one. `program`: of another release. */
export async function startServerProcess(
  environment: Record<string, string>,
  { program = ours }: { program?: URL } = {},
): Promise<ServerProcess> {
  let now = program;
  const port = environment.PORT ?? String(await findFreePort());
  const dataDir = await mkdtemp(join(tmpdir(), 'usher-faults-'));
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
  const errors = watchErrors();
  onTestFinished(errors.check);
  let output = '';
  let child: Child;
  const start = (): void => {
    child = startProgram(now, ['serve'], {
      PORT: port,
      USHER_DATA_DIR: dataDir,
      USHER_ADMIN_TOKEN: TOKEN,
      LOG_LEVEL: 'warn',
      DATABASE_POOL_SIZE: '6',
      ...environment,
    });
    child.stdout.setEncoding('utf8').on('data', errors.read);
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        output = (output + chunk).slice(-20_000);
      });
    }
  };
  start();
  const url = `http://127.0.0.1:${port}`;
  const isAlive = () => child.exitCode === null && child.signalCode === null;
  return {
    url,
    isAlive,
    output: () => output,
    expectErrors: errors.expectErrors,
    start,
    update: () => {
      now = ours;
    },
    kill: () => endProgram(child),
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    stop: async () => {
      child.kill('SIGTERM');
      await eventually(isAlive, (alive) => !alive, 20_000);
    },
    ready: async () => {
      const look = () =>
        fetch(`${url}/readyz`)
          .then(({ ok }) => ok)
          .catch(() => false);
      await eventually(
        async () => ({ ready: await look(), alive: isAlive(), output }),
        ({ ready, alive }) => {
          if (!alive) throw new Error(`The server ended:\n${output}`);
          return ready;
        },
        60_000,
      );
    },
  };
}
