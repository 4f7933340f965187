// `usher simulate` as people and programs run it: a process of its own, without a server.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { modelNames } from '../../src/contract/scenario.ts';

const ROOT = join(import.meta.dirname, '../..');
const SHOP = 'examples/scenarios/shop.json';

function usher(args: readonly string[], input = '') {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['src/cli/usher.ts', ...args], {
    cwd: ROOT,
    input,
    encoding: 'utf8',
    env: { PATH: process.env.PATH ?? '' },
  });
  return { status, stdout, stderr };
}

function smaller(changes: object): string {
  const shop = JSON.parse(readFileSync(join(ROOT, SHOP), 'utf8'));
  return JSON.stringify({ ...shop, arrivals: 2000, ...changes });
}

test('the shop of the guide is run, and people read a line for each kind and each group of agents', () => {
  const { status, stdout } = usher(['simulate', '--scenario', SHOP]);
  expect(status).toBe(0);
  expect(stdout).toMatch(/^KIND +ARRIVED +WAITED/);
  for (const line of [/^orders +\d+ +[\d.]+ % ±/m, /^refunds /m, /^both +[\d.]+ % +\d+$/m])
    expect(stdout).toMatch(line);
  expect(stdout).toContain('0 beyond a capacity');
});

test('a program reads the whole result as JSON, the same for the same seed', () => {
  const run = (seed: string) => {
    const { stdout } = usher(['--json', 'simulate', '--seed', seed], smaller({}));
    const { wallSeconds, ...figures } = JSON.parse(stdout);
    expect(wallSeconds).toBeGreaterThan(0);
    return figures;
  };
  const figures = run('3');
  expect(run('3')).toEqual(figures);
  expect(run('4')).not.toEqual(figures);
  expect(figures).toMatchObject({
    kinds: { orders: { within: { 20: expect.any(Number), 60: expect.any(Number) } } },
    agents: { orders: { occupancy: expect.any(Number), given: expect.any(Number) } },
    ...{ overCapacity: 0, notModelled: [] },
  });
});

test('what is wrong with a scenario is told with its place and what to do', () => {
  const { status, stderr, stdout } = usher(['simulate'], smaller({ warmUp: 2, arivals: 1 }));
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toMatch(/^\/warmUp: /m);
  expect(stderr).toMatch(/^\/arivals: .*arrivals/m);
  expect(usher(['simulate'], 'shop').stderr).toContain('is no JSON');
  expect(usher(['simulate', '--scenario', 'nowhere.json']).status).toBe(2);
});

test('two scenarios on the same seeds are compared, and where nothing differs it is said', () => {
  const files = mkdtempSync(join(tmpdir(), 'usher-simulate-'));
  const [few, more] = [join(files, 'few.json'), join(files, 'more.json')];
  const { agents } = JSON.parse(readFileSync(join(ROOT, SHOP), 'utf8'));
  writeFileSync(few, smaller({}));
  writeFileSync(more, smaller({ agents: agents.map((one: object) => ({ ...one, count: 6 })) }));
  const compare = (...args: string[]) => usher([...args, '--scenario', few, '--runs', '3']);
  const { stdout, status } = compare('simulate', '--against', more);
  expect(status).toBe(0);
  expect(stdout).toMatch(/^all kinds +mean wait +[\d.]+ s +[\d.]+ s +-[\d.]+ s ± [\d.]+ s$/m);
  expect(stdout).toMatch(/^refunds +lost +0.00 % .* no difference shown$/m);
  expect(stdout).toContain('3 runs of each, both on the seeds from 7 on.');
  const same = JSON.parse(compare('--json', 'simulate', '--against', few).stdout);
  expect(same.whole.meanWait).toMatchObject({ difference: 0, ci: 0, shown: false });
  expect(same).toMatchObject({ runs: 3, seed: 7, kinds: { orders: {}, refunds: {} } });
  expect(compare('simulate').stderr).toContain('--runs goes with --against.');
  rmSync(files, { recursive: true });
});

test('models of other desks are run on the same customers, and people read a line for each model and kind', () => {
  const { status, stdout } = usher(['simulate', '--models', 'all'], smaller({}));
  expect(status).toBe(0);
  const [head = '', ...lines] = stdout.trimEnd().split('\n');
  expect(head.split(/ {2,}/)).toEqual([
    ...['MODEL', 'KIND', 'MEAN WAIT', 'P95', 'LEFT', 'LOST'],
    ...['WITHIN 20 s', 'WITHIN 60 s', 'JAIN', 'OVER CAPACITY'],
  ]);
  expect(lines.map((line) => line.split(/ +/).slice(0, 2).join(' '))).toEqual(
    modelNames.flatMap((name) => [`${name} orders`, `${name} refunds`]),
  );
  expect(lines.find((line) => line.startsWith('usher'))).toMatch(/ 0$/);
});

test('a program reads the whole result of each model, and of one alone by the scenario', () => {
  const both = usher(['--json', 'simulate', '--models', 'rocketchat, usher'], smaller({}));
  const { models } = JSON.parse(both.stdout);
  expect(Object.keys(models)).toEqual(['usher', 'rocketchat']);
  expect(models.rocketchat.kinds.orders.arrived).toBe(models.usher.kinds.orders.arrived);
  const alone = usher(['--json', 'simulate'], smaller({ model: 'rocketchat' }));
  const { wallSeconds: _, ...figures } = JSON.parse(alone.stdout);
  expect(models.rocketchat).toMatchObject(figures);
  expect(models.usher.kinds).not.toEqual(figures.kinds);
});

test('a model that there is not is refused, by the command line and in the scenario', () => {
  const { status, stderr } = usher(['simulate', '--models', 'usher,zendesk'], smaller({}));
  expect(status).not.toBe(0);
  expect(stderr).toContain('“zendesk”');
  expect(stderr).toContain('rocketchat');
  expect(usher(['simulate'], smaller({ model: 'zendesk' })).stderr).toMatch(/^\/model: /m);
});
