// The command that tortures: it finds nothing in this program, finds mistakes that are put into a copy of it, and cleans up.
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { runTorture, type TortureReport } from '../../src/torture/run-torture.ts';
import { makeDatabase } from '../makers/make-database.ts';
import { eventually } from '../makers/start-test-usher.ts';
import { copyProgram, type Mistake } from './copy-program.ts';
import { startProgram } from './run-program.ts';

const long = process.env.USHER_LONG_TESTS === '1';
const SECONDS = long ? 300 : 8;
const SEED = long ? Date.now() % 100_000 : 1;
/** Of issue 21: within which a lock that is missing must be found. */
const FOUND_SECONDS = 600;

const program = new URL('../../src/cli/usher.ts', import.meta.url);

/** In a folder of its own, which holds nothing when it has ended. */
async function runCommand(args: readonly string[]) {
  const folder = await mkdtemp(join(tmpdir(), 'usher-command-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const child = startProgram(program, ['--json', 'torture', ...args], { TMPDIR: folder });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const out = text(child.stdout);
  let told = '';
  child.stderr.setEncoding('utf8').on('data', (piece) => {
    told += piece;
  });
  return {
    told: () => told,
    interrupt: () => child.kill('SIGINT'),
    end: async () => ({ code: await ended, out: await out, left: await readdir(folder) }),
  };
}

test(
  'servers under faults of every kind keep every promise',
  async () => {
    const { url, pool } = await makeDatabase({ empty: true });
    const args = ['--for', `${SECONDS}s`, '--seed', String(SEED), '--database', url];
    const command = await runCommand(args);
    const { code, out, left } = await command.end();
    const report = JSON.parse(out || '{}') as TortureReport;

    expect(report.breaches, `${command.told()}\nseed ${SEED}`).toEqual([]);
    expect(code).toBe(0);
    expect(report.rounds).toBeGreaterThan(0);
    expect(Object.values(report.faults).reduce((sum, count) => sum + count)).toBeGreaterThan(3);
    expect(Object.entries(report.checked).filter(([, count]) => count === 0)).toEqual([]);
    expect(left).toEqual([]);
    const { rows } = await pool.query(`select from pg_tables where schemaname = 'public'`);
    expect(rows).toEqual([]);
  },
  (SECONDS + 240) * 1000,
);

test('a database that is in use is refused', async () => {
  const { url, pool } = await makeDatabase();
  await pool.query(`insert into workspace (workspace_id, name, slug) values ($1, 'Acme', 'acme')`, [
    crypto.randomUUID(),
  ]);
  const command = await runCommand(['--for', '1s', '--database', url]);
  const { code } = await command.end();
  expect(command.told()).toContain('holds a workspace already');
  expect(code).toBe(2);
  expect((await pool.query('select name from workspace')).rows).toEqual([{ name: 'Acme' }]);
});

test.runIf(long)(
  'Ctrl-C ends it with its table and leaves nothing behind',
  async () => {
    const command = await runCommand(['--for', '10m', '--seed', '1']);
    await eventually(
      () => /[1-9]\d* faults/.test(command.told()),
      (isStruck) => isStruck,
      60_000,
    );
    command.interrupt();
    const { code, out, left } = await command.end();
    expect(JSON.parse(out)).toMatchObject({ stopped: true, breaches: [] });
    expect(code).toBe(0);
    expect(left).toEqual([]);
  },
  120_000,
);

const NO_LOCK: Mistake = {
  file: 'src/store/tx.ts',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: as it stands there.
  instead: 'return `select pg_advisory_xact_lock(${routingLockKey(workspaceId)})`',
  write: 'void workspaceId;\n  return `select 1`',
};
const NO_CEILING: Mistake = {
  file: 'src/store/migrations/001-core.sql',
  instead: 'check (load <= ceiling)',
  write: 'check (load >= 0)',
};

const mistakes: Record<string, Mistake[]> = {
  'the lock of the routing pass is never taken': [NO_LOCK],
  'nor does anything else refuse a load that is too high': [NO_LOCK, NO_CEILING],
};

test.runIf(long).each(Object.entries(mistakes))(
  '%s: it is found, with a story',
  async (_, changes) => {
    const { url } = await makeDatabase({ empty: true });
    const report = await runTorture({
      ...{ seconds: FOUND_SECONDS, seed: SEED, nodes: 2, database: url },
      ...{ stop: new AbortController().signal, program: await copyProgram(changes) },
      onProgress: () => {},
    });
    const told = report.breaches.map(({ promise, what }) => `${promise}: ${what}`);
    process.stdout.write(`found after ${report.seconds} s: ${told.join(' ')}\n`);
    expect(report.breaches.length).toBeGreaterThan(0);
    expect(report.seconds).toBeLessThan(FOUND_SECONDS);
    expect(report.breaches[0]?.story.length).toBeGreaterThan(1);
  },
  (FOUND_SECONDS + 240) * 1000,
);
