// A run of the tests that is killed leaves no process and no folder behind.
import { execFile, spawn } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { eventually } from '../makers/start-test-usher.ts';

// Two servers are started by it, each as a process of its own.
const FILE = ['test/faults/two-servers.test.ts', '-t', 'both come up, with a token'];

/** With their environment, in which the folder is named. */
async function processesOf(folder: string): Promise<string[]> {
  const { stdout } = await promisify(execFile)('ps', ['axeww', '-o', 'args='], {
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout.split('\n').filter((line) => line.includes(folder));
}

test.each(['SIGTERM', 'SIGKILL'] as const)(
  'by %s',
  async (signal) => {
    const folder = await mkdtemp(join(tmpdir(), 'usher-killed-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const { PATH = '', HOME = '' } = process.env;
    const vitest = ['node_modules/vitest/vitest.mjs', 'run', ...FILE];
    const child = spawn(process.execPath, vitest, {
      detached: true,
      stdio: 'ignore',
      env: { PATH, HOME, TMPDIR: folder },
    });
    const serving = async () =>
      (await processesOf(folder)).filter((line) => line.includes('usher.ts serve'));
    await eventually(serving, ({ length }) => length === 2, 150_000);
    process.kill(child.pid ?? 0, signal);
    const left = async () => [...(await processesOf(folder)), ...(await readdir(folder))];
    expect(await eventually(left, ({ length }) => length === 0)).toEqual([]);
  },
  // The run within may have to build the pages first.
  240_000,
);
