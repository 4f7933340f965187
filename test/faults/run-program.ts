// Runs a program of the tests in a process of its own and ends it, by its id, when the test is over.
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

export type Child = ChildProcessByStdio<null, Readable, Readable>;

export function startProgram(
  path: URL | string,
  args: readonly string[],
  environment: Record<string, string> = {},
): Child {
  const child = spawn(process.execPath, [path instanceof URL ? path.pathname : path, ...args], {
    env: {
      PATH: process.env.PATH ?? '',
      HOME: process.env.HOME ?? '',
      TMPDIR: tmpdir(),
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? '',
      USHER_ENV_FILE: '',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => endProgram(child));
  return child;
}

/** The way a crash or the kernel would. */
export async function endProgram(child: Child): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

/** Answers the JSON that the program wrote; fails with its errors. */
export async function readAnswer<T>(child: Child): Promise<T> {
  const ended = once(child, 'exit');
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = await ended;
  if (code !== 0) throw new Error(`The program ended with ${code}:\n${err}`);
  return JSON.parse(out) as T;
}
