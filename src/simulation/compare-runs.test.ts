// Paired differences worked out by hand, and what common random numbers gain.
import { expect, test } from 'vitest';
import type { KindResult, Scenario } from '../contract/scenario.ts';
import { compareRuns } from './compare-runs.ts';
import { readScenario } from './read-scenario.ts';
import { BEGINS_AT, finish, runScenario } from './run-scenario.ts';
import { studentT } from './student-t.ts';

const nobody: KindResult = {
  ...{ arrived: 1, waitedShare: 0, waitedShareCi: 0, meanWait: 0, meanWaitCi: 0 },
  ...{ p50: 0, p95: 0, p99: 0, lostShare: 0, abandonedShare: 0, unservedShare: 0 },
  ...{ within: {}, servedBy: {} },
};

function makePair(one: number, other: number) {
  const run = (meanWait: number) => ({
    ...{ kinds: {}, agents: {}, jain: 1, whole: { ...nobody, meanWait } },
  });
  return { one: run(one), other: run(other) };
}

test('a difference is the mean of those of each pair, with its interval by Student', () => {
  const { whole, runs } = compareRuns([makePair(10, 13), makePair(20, 22), makePair(60, 64)]);
  // Differences 3, 2 and 4: mean 3, deviation 1; t of 2 degrees of freedom.
  expect(runs).toBe(3);
  expect(whole.meanWait).toMatchObject({ scenario: 30, against: 33, difference: 3, shown: true });
  expect(whole.meanWait.ci).toBeCloseTo(4.3027 / Math.sqrt(3), 4);
});

test('no difference is shown where the interval holds 0, nor where all pairs are equal', () => {
  const { meanWait, p95 } = compareRuns([makePair(10, 13), makePair(20, 18)]).whole;
  expect(meanWait).toMatchObject({ difference: 0.5, shown: false });
  expect(p95).toMatchObject({ difference: 0, ci: 0, shown: false });
});

test('plans and first answers are compared where both sides have them, pair by pair', () => {
  const answered = (mean: number) => ({
    firstAnswer: { answeredShare: 1, mean, meanCi: 0, p50: mean, p95: 2 * mean },
  });
  const run = (wait: number, within: number | null) => ({
    ...{ kinds: {}, agents: {}, jain: 1, whole: { ...nobody, ...answered(wait) } },
    plans: {
      A: { arrived: 1, abandonedShare: 0, meanWait: wait, p50: wait, p95: wait, within },
    },
  });
  const { whole, plans } = compareRuns([
    { one: run(10, 0.5), other: run(13, 0.5) },
    { one: run(20, 0.5), other: run(22, 0.6) },
    { one: run(60, null), other: run(64, 0.5) },
  ]);
  expect(whole.firstAnswer?.mean).toMatchObject({ scenario: 30, difference: 3, shown: true });
  expect(whole.firstAnswer?.p95.difference).toBe(6);
  expect(plans.A?.p95).toMatchObject({ against: 33, difference: 3, shown: true });
  expect(plans.A?.within).toMatchObject({ difference: expect.closeTo(0.05, 9), shown: false });
  expect(compareRuns([makePair(1, 2), makePair(1, 2)]).whole).not.toHaveProperty('firstAnswer');
});

test('one pair is refused: it has no interval', () => {
  expect(() => compareRuns([makePair(1, 2)])).toThrow('interval');
});

test('what only one of both has is named, and how evenly agents were given is compared', () => {
  const one = { occupancy: 0.5, given: 1 };
  const run = (jain: number, ...names: string[]) => ({
    ...{ kinds: { all: nobody }, whole: nobody, jain },
    agents: Object.fromEntries(names.map((name) => [name, one])),
  });
  const pair = { one: run(0.9, 'ana', 'constructor'), other: run(0.8, 'ana', 'kim') };
  const { alone, jain, occupancy } = compareRuns([pair, pair]);
  expect(alone).toEqual({
    scenario: { kinds: [], agents: ['constructor'], plans: [] },
    against: { kinds: [], agents: ['kim'], plans: [] },
  });
  expect(jain.difference).toBeCloseTo(-0.1, 9);
  expect(Object.keys(occupancy)).toEqual(['ana']);
});

test('transfers are compared over the pairs in which both have some', () => {
  const pair = (one: number, other: number, made = 5) => {
    const run = (meanWait: number) => {
      const waits = { meanWait, p95: meanWait, leftShare: 0, unservedShare: 0 };
      const whole = { ...nobody, transfers: { made, share: 0.1, ...waits } };
      return { kinds: {}, agents: {}, jain: 1, whole };
    };
    return { one: run(one), other: run(other) };
  };
  const { whole } = compareRuns([pair(4, 5), pair(6, 9), pair(0, 0, 0)]);
  expect(whole.transfers).toMatchObject({
    meanWait: { scenario: 5, against: 7, difference: 2 },
    share: { difference: 0, shown: false },
  });
  expect(compareRuns([pair(4, 5), pair(0, 0, 0)]).whole).not.toHaveProperty('transfers');
  expect(compareRuns([makePair(1, 2), makePair(1, 3)]).whole).not.toHaveProperty('transfers');
});

test.each([
  [1, 12.706],
  [10, 2.2281],
  [30, 2.0423],
  [31, 2.0395],
  [40, 2.0211],
  [60, 2.0003],
  [120, 1.9799],
  [1000, 1.9623],
])('the quantile of Student’s t for %i degrees of freedom is that of the tables', (freedom, is) => {
  expect(studentT(freedom)).toBeCloseTo(is, 4);
});

test('on the same seeds a small difference shows that would drown in runs of their own', () => {
  const run = (seed: number, mean: number) => {
    const scenario: Scenario = {
      ...{ arrivals: 3000, seed, agents: [{ name: 'agent', count: 5 }] },
      kinds: [{ name: 'all', rate: 4, service: { exponential: mean } }],
    };
    const read = readScenario(scenario, BEGINS_AT);
    if (read.scenario === null) throw new Error(JSON.stringify(read.faults));
    return finish(runScenario(read.scenario, read.policy));
  };
  const seeds = Array.from({ length: 8 }, (_, nth) => nth + 1);
  const paired = compareRuns(seeds.map((seed) => ({ one: run(seed, 1), other: run(seed, 1.01) })));
  const apart = compareRuns(
    seeds.map((seed) => ({ one: run(seed, 1), other: run(seed + 100, 1.01) })),
  );
  expect(paired.whole.meanWait).toMatchObject({ shown: true });
  expect(apart.whole.meanWait).toMatchObject({ shown: false });
  expect(paired.kinds.all).toEqual(paired.whole);
  expect(paired.occupancy.agent?.difference).toBeGreaterThan(0);
});
