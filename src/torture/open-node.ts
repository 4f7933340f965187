// A server of this very installation as a process of its own, to be killed: on a known port, so that it comes back where it was.
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

type Child = ChildProcessByStdio<null, Readable, Readable>;

export interface Node {
  readonly url: string;
  /** false while it is killed and not back. */
  isAlive(): boolean;
  /** What it has written last. */
  output(): string;
  /** Whether it says that it can serve. */
  isReady(): Promise<boolean>;
  /** Fails when it has ended, or takes longer. */
  ready(withinMs?: number): Promise<void>;
  start(): void;
  /** The way a crash or the kernel would. */
  kill(): Promise<void>;
  /** SIGSTOP: it hangs, and its connections stay open. */
  pause(): void;
  resume(): void;
  /** SIGTERM: it ends in order. */
  stop(): Promise<void>;
  /** Its program from the next start on. */
  update(program: URL): void;
}

export interface NodeOptions {
  port: string;
  /** All that it is told; nothing else of this process's environment reaches it. */
  environment: Record<string, string>;
  /** Of another release; else this one's. */
  program?: URL | undefined;
  /** What it writes to its standard output. */
  onOutput?: (text: string) => void;
}

// Beside this room in the source tree and in the built one alike.
const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
export const ownProgram = new URL(`../cli/usher.${extension}`, import.meta.url);

const KEPT_OUTPUT = 20_000;
const START_MS = 60_000;
const STOP_MS = 20_000;
const LOOK_EVERY_MS = 20;
const ANSWER_MS = 5000;

/** It runs once it is started. */
export function openNode(options: NodeOptions): Node {
  const url = `http://127.0.0.1:${options.port}`;
  let { program = ownProgram } = options;
  let child: Child | null = null;
  let output = '';
  const isAlive = () => child !== null && child.exitCode === null && child.signalCode === null;
  const keep = (text: string): void => {
    output = (output + text).slice(-KEPT_OUTPUT);
  };
  const end = async (signal: NodeJS.Signals, withinMs: number): Promise<boolean> => {
    if (child === null || !isAlive()) return true;
    const ended = once(child, 'exit');
    child.kill(signal);
    const late = new AbortController();
    const patience = sleep(withinMs, false, { signal: late.signal }).catch(() => false);
    const hasEnded = await Promise.race([ended.then(() => true), patience]);
    late.abort();
    return hasEnded;
  };
  const kill = async (): Promise<void> => void (await end('SIGKILL', STOP_MS));
  const isReady = () => answersWell(`${url}/readyz`);
  return {
    ...{ url, isAlive, isReady, kill },
    output: () => output,
    start: () => {
      child = launch(program, options, keep);
    },
    pause: () => void child?.kill('SIGSTOP'),
    resume: () => void child?.kill('SIGCONT'),
    stop: async () => {
      if (!(await end('SIGTERM', STOP_MS))) await kill();
    },
    update: (next) => {
      program = next;
    },
    ready: async (withinMs = START_MS) => {
      const until = performance.now() + withinMs;
      while (!(await isReady())) {
        if (!isAlive()) throw new Error(`The server ended:\n${output}`);
        if (performance.now() > until) throw new Error(`The server is not ready:\n${output}`);
        await sleep(LOOK_EVERY_MS);
      }
    },
  };
}

/** None outlives whoever started it, unless that is killed itself. */
const running = new Set<Child>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

function launch(
  program: URL,
  { port, environment, onOutput }: NodeOptions,
  keep: (text: string) => void,
): Child {
  const child = spawn(process.execPath, [fileURLToPath(program), 'serve'], {
    env: {
      PATH: process.env.PATH ?? '',
      HOME: process.env.HOME ?? '',
      TMPDIR: tmpdir(),
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? '',
      USHER_ENV_FILE: '',
      PORT: port,
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', keep);
  if (onOutput !== undefined) child.stdout.on('data', onOutput);
  return child;
}

function answersWell(url: string): Promise<boolean> {
  return fetch(url, { signal: AbortSignal.timeout(ANSWER_MS) }).then(
    async (answer) => {
      await answer.body?.cancel();
      return answer.ok;
    },
    () => false,
  );
}
