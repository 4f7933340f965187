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

interface Kind {
  firstAnswer: object;
}

function smaller(changes: object): string {
  const shop = JSON.parse(readFileSync(join(ROOT, SHOP), 'utf8'));
  return JSON.stringify({ ...shop, arrivals: 2000, ...changes });
}

test('the shop of the guide is run, and people read a line for each kind and each group of agents', () => {
  const { status, stdout } = usher(['simulate', '--scenario', SHOP]);
  expect(status).toBe(0);
  expect(stdout).toMatch(/^KIND +ARRIVED +WAITED/);
  for (const line of [
    /^orders +\d+ +[\d.]+ % ±/m,
    /^refunds /m,
    /^both +[\d.]+ % +\d+( +[\d.]+ s){2} +[\d.]+ %( +[\d.]+ s){2}$/m,
  ])
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

test('where a plan offers, people read what each group of agents did with the offers', () => {
  const policy = {
    plans: [{ name: 'Ask', steps: [{ after: 0 }], offer: { within: 20, misses: 3 } }],
    // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
    rules: [{ name: 'All', then: { plan: 'Ask' } }],
  };
  const { stdout } = usher(['simulate'], smaller({ policy }));
  expect(stdout).toMatch(/^AGENTS +IN USE .* +WITHIN .* +OFFERED +DECLINED +MISSED +WITHDRAWN$/m);
  expect(stdout).toMatch(/^both +[\d.]+ % +\d+ .* +\d+ +0 +0 +\d+$/m);
  expect(stdout).not.toContain('Not followed');
});

test('where a kind says when agents answer, people read it of kinds, agents and hours', () => {
  const once = usher(['simulate'], smaller({})).stdout;
  for (const head of ['KIND', 'AGENTS', 'HOUR'])
    expect(once).toMatch(new RegExp(`^${head} .* FIRST ANSWER +ITS P95`, 'm'));
  expect(once).toMatch(/^both +[\d.]+ % +\d+( +[\d.]+ s){2} +[\d.]+ %( +[\d.]+ s){2}$/m);
  const repeated = usher(['simulate', '--runs', '2'], smaller({})).stdout;
  expect(repeated).toMatch(/^orders .*( +[\d.]+ s ± [\d.]+ s){6}/m);
  const kinds = JSON.parse(smaller({})).kinds.map(({ firstAnswer: _, ...one }: Kind) => one);
  const bare = usher(['simulate'], smaller({ kinds })).stdout;
  expect(bare).not.toContain('FIRST ANSWER');
  expect(bare).toMatch(/^both +[\d.]+ % +\d+( +[\d.]+ s){2} +[\d.]+ %$/m);
});

test('where agents transfer, people read how often, and how long the next agent is waited for', () => {
  const transfers = { share: 0.2, after: { exponential: 60 } };
  const kinds = JSON.parse(smaller({})).kinds.map((one: Kind) => ({ ...one, transfers }));
  const once = usher(['simulate'], smaller({ kinds })).stdout;
  expect(once).toMatch(/^TRANSFERRED +SHARE +MEAN WAIT +P95 +LEFT +UNSERVED$/m);
  expect(once).toMatch(/^all kinds +(19|2[01])\.\d %( +[\d.]+ s){2} +[\d.]+ % +0\.0 %$/m);
  expect(once).toMatch(/^AGENTS .* TRANSFERRED$/m);
  const repeated = usher(['simulate', '--runs', '2'], smaller({ kinds })).stdout;
  expect(repeated).toMatch(/^refunds +[\d.]+ % ± [\d.]+ %( +[\d.]+ s ± [\d.]+ s){2}/m);
  const models = usher(['simulate', '--models', 'usher,random'], smaller({ kinds })).stdout;
  expect(models).toContain('Not followed by random: transfers');
});

test('a kind of which nobody could be served is named, also where all of them left', () => {
  const { kinds } = JSON.parse(smaller({}));
  const hopeless = { ...kinds[0], name: 'Klingon', needs: { skills: { klingon: 1 } } };
  const { stdout } = usher(['simulate'], smaller({ kinds: [...kinds, hopeless] }));
  expect(stdout).toContain('Nobody of “Klingon” was served');
  expect(stdout.match(/was served/g)).toHaveLength(1);
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
  expect(stdout).toMatch(/^agents +Jain +0\.\d+ /m);
  expect(stdout).not.toContain('Only in');
  writeFileSync(more, smaller({ agents: [...agents, { name: 'extra', skills: { orders: 1 } }] }));
  expect(compare('simulate', '--against', more).stdout).toContain(
    'Only in AGAINST, so not compared: agents “extra”.',
  );
  const same = JSON.parse(compare('--json', 'simulate', '--against', few).stdout);
  expect(same.whole.meanWait).toMatchObject({ difference: 0, ci: 0, shown: false });
  expect(same).toMatchObject({ runs: 3, seed: 7, kinds: { orders: {}, refunds: {} } });
  rmSync(files, { recursive: true });
});

test('one scenario on several seeds has an interval over the runs at every figure', () => {
  const { status, stdout } = usher(['simulate', '--runs', '3'], smaller({}));
  expect(status).toBe(0);
  expect(stdout).toMatch(/^orders +[\d.]+ % ± [\d.]+ % +[\d.]+ s ± [\d.]+ s/m);
  expect(stdout).toContain('3 runs, on the seeds from 7 on.');
  const { kinds, occupancy, jain, ...rest } = JSON.parse(
    usher(['--json', 'simulate', '--runs', '3'], smaller({})).stdout,
  );
  expect(rest).toMatchObject({ runs: 3, seed: 7, notModelled: [] });
  const waits = ['7', '8', '9'].map((seed) => {
    const alone = JSON.parse(usher(['--json', 'simulate', '--seed', seed], smaller({})).stdout);
    return alone.kinds.orders.meanWait as number;
  });
  expect(kinds.orders.meanWait.mean).toBeCloseTo(waits.reduce((a, b) => a + b) / 3, 9);
  expect(kinds.orders.meanWait.ci).toBeGreaterThan(0);
  for (const one of [kinds.refunds.within['20'], occupancy.both, jain])
    expect(one).toEqual({ mean: expect.any(Number), ci: expect.any(Number) });
  const both = usher(['simulate', '--runs', '3', '--models', 'all'], smaller({}));
  expect(both.stderr).toContain('--models and --runs do not go together.');
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

test('the demonstration of the lab foretells, simulates, compares and runs the models, and ends well', () => {
  const { status, stdout, stderr } = usher(['demo', '--lab']);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toContain('All of it is made up');
  for (const line of [
    /^Mon .* 08:00 +[\d.]+ \(\d+–\d+\)/m,
    /^all kinds +\d+ +[\d.]+ % ±/m,
    /^all kinds +mean wait .* -[\d.]+ s ± [\d.]+ s/m,
    /^chatwoot +orders /m,
  ])
    expect(stdout).toMatch(line);
}, 120_000);
