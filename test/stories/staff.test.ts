// `usher staff` as people and programs run it: a process of its own, without a server.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const HISTORY = 'examples/staffing/history.csv';
const SHOP = 'examples/staffing/shop.json';
const TARGET = ['--within', '60', '--share', '0.8', '--arrivals', '2000'];
const folder = mkdtempSync(join(tmpdir(), 'usher-staff-'));

function usher(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['src/cli/usher.ts', ...args], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { PATH: process.env.PATH ?? '' },
  });
  return { status, stdout, stderr };
}

const staff = (...more: readonly string[]) =>
  usher('staff', '--history', HISTORY, '--scenario', SHOP, ...TARGET, ...more);

function keep(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

test('people read how wrong the forecast would have been, a line for each half hour, and what it comes to', () => {
  const { status, stdout } = staff('--cost', '20');
  expect(status).toBe(0);
  expect(stdout).toMatch(/^Foretold for the last 8 weeks, the misses are [\d.]+ %/);
  expect(stdout).toContain('Odd days, from which nothing was learnt: 2025-07-16,');
  expect(stdout).toMatch(
    /^Mon 2025-12-22 10:00 +[\d.]+ \(\d+–\d+\) +\d+ \(\d+–\d+\) +\d+ +[\d.]+ %/m,
  );
  // The 24th closes at two, the 25th and 26th are closed.
  expect(stdout).toContain('Wed 2025-12-24 13:30');
  expect(stdout).not.toMatch(/2025-12-24 14:00|2025-12-25|2025-12-26/);
  const [, hours, cost] = /^([\d.]+) agent-hours, ([\d.]+) for/m.exec(stdout) ?? [];
  expect(Number(cost)).toBeCloseTo(20 * Number(hours), 2);
});

test('a program reads the same half hours as CSV and as JSON', () => {
  const file = join(folder, 'staff.csv');
  const { status, stdout } = staff('--json', '--csv', file, '--cost', '20');
  expect(status).toBe(0);
  const found = JSON.parse(stdout);
  expect(found).toMatchObject({
    ...{ timeZone: 'Europe/Berlin', calendar: 'Shop', target: { within: 60, share: 0.8 } },
    forecast: { dispersion: expect.any(Number), oddDays: expect.arrayContaining(['2025-09-09']) },
    backTest: { weeks: 8 },
  });
  const { wape } = found.backTest.forecast;
  expect(wape).toBeLessThan(found.backTest.naiveLastWeek.wape);
  const [header = '', ...rows] = readFileSync(file, 'utf8').trim().split('\r\n');
  expect(rows).toHaveLength(336);
  const columns = header.split(',');
  const parsed = rows.map((row) =>
    Object.fromEntries(row.split(',').map((cell, at) => [columns[at], cell])),
  );
  const halfHours = found.halfHours as { start: string; agents: number; state: string }[];
  expect(
    parsed.map(({ start, agents, state }) => ({ start, agents: Number(agents), state })),
  ).toEqual(halfHours.map(({ start, agents, state }) => ({ start, agents, state })));
  expect(halfHours[0]?.start).toBe('2025-12-22T00:00+01:00');
  const paid = parsed.reduce((sum, { cost }) => sum + Number(cost), 0);
  expect(paid).toBeCloseTo(found.totals.cost, 6);
});

test('what is wrong with a history is told with its line, and nothing is written', () => {
  const csv = readFileSync(join(ROOT, HISTORY), 'utf8').split('\n');
  csv[6] = '2025-03-31T08:30+02:00,-4';
  const history = keep('negative.csv', csv.join('\n'));
  const { status, stdout, stderr } = staff('--history', history);
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toContain('Line 7: There cannot be -4 arrivals.');
});

test('what is missing or does not fit in the call is told as wrong usage', () => {
  const wrong = (...args: string[]) => {
    const { status, stderr } = usher('staff', '--scenario', SHOP, ...args);
    return `${status} ${stderr}`;
  };
  const history = ['--history', HISTORY];
  expect(wrong(...TARGET)).toMatch(/^2 Give --history, or --from-server/);
  expect(wrong(...TARGET, ...history, '--from-server')).toMatch(/^2 Give --history, or/);
  expect(wrong(...history)).toMatch(/^2 Give one target/);
  expect(wrong(...history, '--within', '60')).toMatch(/^2 Give one target/);
  expect(wrong(...history, ...TARGET, '--mean-wait', '9')).toMatch(/^2 Give one target/);
  expect(wrong(...history, '--within', '60', '--share', '80')).toMatch(/^2 .*between 0 and 1/);
  expect(wrong(...history, ...TARGET, '--weeks', '9')).toMatch(/^2 .*from 1 to 8/);
  expect(wrong(...history, ...TARGET, '--calendar', 'Bank')).toMatch(
    /^2 .*no calendar “Bank”.*“Shop”/,
  );
  expect(wrong(...history, ...TARGET, '--time-zone', 'Europe/Berln')).toMatch(
    /^2 .*Europe\/Berlin/,
  );
  expect(wrong('--history', 'nowhere.csv', ...TARGET)).toMatch(/^2 nowhere.csv cannot be read/);
});

test('the history of the guide is what its script writes', () => {
  const before = readFileSync(join(ROOT, HISTORY), 'utf8');
  const script = readFileSync(join(ROOT, 'examples/staffing/make-history.ts'), 'utf8');
  const copy = keep('make-history.ts', script);
  expect(spawnSync(process.execPath, [copy], { encoding: 'utf8' }).status).toBe(0);
  expect(readFileSync(join(folder, 'history.csv'), 'utf8')).toBe(before);
});
