// What is told to simulated customers, held against what theory knows and against what came.
import { expect, test } from 'vitest';
import type { Scenario } from '../contract/scenario.ts';
import { followWaits, type ToldWait } from './follow-waits.ts';
import { readScenario } from './read-scenario.ts';
import { BEGINS_AT, type Figures, finish, runScenario } from './run-scenario.ts';

function follow(scenario: Scenario): { waits: readonly ToldWait[]; figures: Figures } {
  const read = readScenario(scenario, BEGINS_AT);
  if (read.scenario === null) throw new Error(JSON.stringify(read.faults));
  const witness = followWaits();
  const figures = finish(runScenario(read.scenario, read.policy, witness));
  return { waits: witness.list(), figures };
}

const steady: Scenario = {
  ...{ seed: 21, arrivals: 6000 },
  kinds: [{ name: 'all', rate: 0.04, service: { exponential: 225 } }],
  agents: [{ name: 'team', count: 5, capacity: 2 }],
};

const firstOf = (waits: readonly ToldWait[]) => waits.filter(({ nth }) => nth === 0);
const secondsOf = ({ at, endedAt }: ToldWait) => ((endedAt ?? at) - at) / 1000;

test('a witness changes nothing of a run', () => {
  const read = readScenario(steady, BEGINS_AT);
  if (read.scenario === null) throw new Error('refused');
  const alone = finish(runScenario(read.scenario, read.policy));
  expect(follow(steady).figures).toEqual(alone);
});

test('in an M/M/10 queue waits are as the state of then says: (n + 1) / 10µ in the mean', {
  timeout: 120_000,
}, () => {
  // One run of 5,000 arrivals is off by some 2 %: neighbours wait for the same services.
  const firsts = [22, 23, 24, 25].flatMap((seed) =>
    firstOf(follow({ ...steady, arrivals: 5000, seed }).waits),
  );
  const ratio = (of: (one: ToldWait) => number) =>
    firsts.reduce((sum, one) => sum + secondsOf(one), 0) /
    firsts.reduce((sum, one) => sum + of(one), 0);
  const exact = ratio(({ shape }) => (Math.round(shape.turns) * 225) / 10);
  expect(Math.abs(exact - 1)).toBeLessThan(0.04);
  // The mean service is not known, but that of the last hundred.
  expect(Math.abs(ratio(({ shape }) => shape.expected) - 1)).toBeLessThan(0.1);
});

test('four of five waits end within what was told, a tenth before and a tenth after', () => {
  const firsts = firstOf(follow(steady).waits).filter(({ told }) => told !== null);
  const share = (is: (seconds: number, told: NonNullable<ToldWait['told']>) => boolean) =>
    firsts.filter((one) => is(secondsOf(one), one.told as never)).length / firsts.length;
  expect(share((s, { low, high }) => s >= low && s <= high)).toBeGreaterThan(0.75);
  expect(share((s, { low, high }) => s >= low && s <= high)).toBeLessThan(0.85);
  expect(share((s, { low }) => s < low)).toBeLessThan(0.15);
  expect(share((s, { high }) => s > high)).toBeLessThan(0.15);
  expect(Math.abs(share((s, { middle }) => s <= middle) - 0.5)).toBeLessThan(0.05);
});

test('where plans decide, each is told from its own line, and four of five waits end within that', {
  timeout: 120_000,
}, () => {
  const by = (plan: string) => ({ 'contact.attributes.plan': plan });
  const team = (name: string) => ({ name, count: 3, capacity: 2, teams: [name] });
  const { waits } = follow({
    ...{ seed: 5, arrivals: 4000 },
    kinds: ['Quick', 'Long'].map((name) => {
      const mean = name === 'Quick' ? 60 : 300;
      const needs = { fields: by(name) };
      return { name, rate: (6 * 0.9) / mean, service: { exponential: mean }, needs };
    }),
    agents: [team('Quick'), team('Long')],
    policy: {
      plans: ['Quick', 'Long'].map((name) => ({ name, steps: [{ after: 0, team: name }] })),
      rules: ['Quick', 'Long'].map((plan, nth) => ({
        name: plan,
        ...(nth === 0 && { when: { field: 'contact.attributes.plan', is: plan } }),
        // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
        then: { plan },
      })),
    },
  });
  for (const plan of ['Quick', 'Long']) {
    const firsts = firstOf(waits).filter((one) => one.plan === plan && one.told !== null);
    expect(firsts.length).toBeGreaterThan(150);
    const held = firsts.filter((one) => {
      const { low, high } = one.told as NonNullable<ToldWait['told']>;
      return secondsOf(one) >= low && secondsOf(one) <= high;
    });
    expect(Math.abs(held.length / firsts.length - 0.8)).toBeLessThan(0.1);
  }
});

test('nobody is told again within half a minute', () => {
  const { waits } = follow({ ...steady, arrivals: 2000 });
  const lastOf = new Map<string, number>();
  let again = 0;
  for (const one of waits) {
    const key = `${one.endedAt}`;
    const last = lastOf.get(key);
    if (one.nth > 0 && last !== undefined) {
      again += 1;
      expect(one.at - last).toBeGreaterThanOrEqual(30_000);
    }
    lastOf.set(key, one.at);
  }
  expect(again).toBeGreaterThan(100);
});

test('at first nothing is told: too little is known', () => {
  const { waits } = follow({ ...steady, arrivals: 500 });
  expect(waits[0]?.told).toBeNull();
  expect(waits.filter(({ told }) => told === null).length).toBeGreaterThanOrEqual(20);
});
