// Who is told to end before having started leaves no process and no folder behind, at any moment.
import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { eventually } from '../makers/start-test-usher.ts';

const isLong = process.env.USHER_LONG_TESTS !== undefined;
const ROUNDS = 20;
const LONGEST_START_MS = 9000;
// More than all its waits together.
const LIMIT_MS = 150_000;
const USHER = ['src/cli/usher.ts'];

interface Run {
  folder: string;
  end(signal: NodeJS.Signals): Promise<number | null>;
  isOver(): boolean;
  output(): string;
}

/** With a folder for all that it makes, and a process group of its own, as a terminal's. */
async function run(program: string, args: string[]): Promise<Run> {
  const folder = await mkdtemp(join(tmpdir(), 'usher-ended-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const { PATH = '', HOME = '', NODE_COMPILE_CACHE = '' } = process.env;
  const child = spawn(program, args, {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...{ PATH: `${resolve('node_modules/.bin')}:${PATH}`, HOME, TMPDIR: folder, PORT: '0' },
      ...{ NODE_COMPILE_CACHE, USHER_DATA_DIR: join(folder, 'data') },
      ...{ LOG_LEVEL: 'warn', USHER_ENV_FILE: '' },
    },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk;
    });
  }
  const exit = new Promise<number | null>((done) => child.once('exit', done));
  return {
    folder,
    isOver: () => child.exitCode !== null || child.signalCode !== null,
    output: () => output,
    end: (signal) => {
      // Ctrl-C reaches all that the terminal runs; a supervisor's SIGTERM only the one it started.
      const pid = child.pid ?? 0;
      if (child.exitCode === null) process.kill(signal === 'SIGINT' ? -pid : pid, signal);
      return exit;
    },
  };
}

async function processesIn(folder: string): Promise<string[]> {
  const { stdout } = await promisify(execFile)('ps', ['-axww', '-o', 'args=']);
  return stdout.split('\n').filter((line) => line.includes(folder));
}

async function leftIn(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  // The data directory is the operator's; nothing in it may be half-made or locked.
  const isHalfMade = (name: string) => /draft-|postmaster\.pid|postgres\/owner$/.test(name);
  const isThrowAway = (name: string) => !/^(data|node-compile-cache|tsx)/.test(name);
  return names.filter((name) => isThrowAway(name) || isHalfMade(name));
}

async function expectNothingLeft({ folder, output }: Run): Promise<void> {
  const left = await eventually(
    async () => [...(await processesIn(folder)), ...(await leftIn(folder))],
    (found) => found.length === 0,
    20_000,
  ).catch((error: Error) => `${error.message}\n${output()}`);
  expect(left).toEqual([]);
}

/** How far it must have come when it is told to end. */
const moments: Record<string, (dataDir: string) => Promise<boolean>> = {
  'while the database is created': async (dataDir) =>
    (await readdir(join(dataDir, 'postgres/cluster')).catch(() => [])).some((name) =>
      name.startsWith('draft-'),
    ),
  'while the database starts': async (dataDir) =>
    existsSync(join(dataDir, 'postgres/cluster/data/postmaster.pid')),
  'while the schema is made': async (dataDir) =>
    (await processesIn(dataDir)).length > 0 &&
    (await readdir(join(dataDir, 'postgres/cluster/data/base')).catch(() => [])).length > 3,
};

const node = process.execPath;
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  test.each(Object.entries(moments))(
    `the server ends in order by ${signal} %s`,
    async (_, came) => {
      const started = await run(node, [...USHER, 'serve']);
      await eventually(() => came(join(started.folder, 'data')), Boolean);
      expect(await started.end(signal)).toBe(0);
      await expectNothingLeft(started);
    },
    LIMIT_MS,
  );
}

/** Where the demonstration keeps its data. */
const demoData = async (folder: string) =>
  join(folder, (await readdir(folder)).find((name) => name.startsWith('usher-demo-')) ?? 'none');

test.each([
  ['SIGTERM', []],
  ['SIGINT', []],
  ['SIGTERM', ['--check']],
] as const)(
  'a demonstration that %s ends while it starts (%s) removes all that it made',
  async (signal, options) => {
    const started = await run(node, [...USHER, 'demo', ...options]);
    const came = moments['while the database starts'] as (dataDir: string) => Promise<boolean>;
    await eventually(async () => came(await demoData(started.folder)), Boolean);
    await started.end(signal);
    await expectNothingLeft(started);
  },
  LIMIT_MS,
);

test('a check of the promises that is ended while it runs removes all that it made', {
  timeout: LIMIT_MS,
}, async () => {
  const started = await run(node, [...USHER, 'demo', '--check', '--duration', '60']);
  await eventually(started.output, (said) => / waiting \(longest/.test(said), 60_000);
  expect(await started.end('SIGTERM')).toBe(130);
  await expectNothingLeft(started);
});

test.each(['SIGTERM', 'SIGINT'] as const)(
  'npm start passes %s on',
  {
    timeout: LIMIT_MS,
  },
  async (signal) => {
    const started = await run('npm', ['start']);
    const came = moments['while the database is created'] as (dataDir: string) => Promise<boolean>;
    await eventually(() => came(join(started.folder, 'data')), Boolean, 60_000);
    await started.end(signal);
    await expectNothingLeft(started);
  },
);

test.skipIf(!isLong)(`${ROUNDS} times at random moments`, { timeout: 900_000 }, async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const args = [['serve'], ['demo'], ['demo', '--check']][round % 3] ?? [];
    const started = await run(node, [...USHER, ...args]);
    await delay(Math.random() * LONGEST_START_MS);
    await started.end(round % 2 === 0 ? 'SIGTERM' : 'SIGINT');
    await expectNothingLeft(started);
  }
});
