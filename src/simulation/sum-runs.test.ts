// Figures of several runs have the mean and the interval that a textbook gives them.
import { expect, test } from 'vitest';
import type { KindResult } from '../contract/scenario.ts';
import { type Run, sumRuns } from './sum-runs.ts';

const kind = (meanWait: number, within: number): KindResult => ({
  ...{ arrived: 100, waitedShare: 0, waitedShareCi: 0, meanWait, meanWaitCi: 0 },
  ...{ p50: 0, p95: 0, p99: 0, lostShare: 0, abandonedShare: 0, unservedShare: 0 },
  ...{ within: { 20: within }, servedBy: {} },
});
const run = (meanWait: number, within: number, jain: number): Run => ({
  kinds: { all: kind(meanWait, within) },
  agents: { one: { occupancy: meanWait / 10, given: 1 } },
  jain,
});

test('means and intervals are those of Student’s t over the runs', () => {
  // 1, 2, 3, 4, 5: standard deviation 1.5811, t(4) = 2.776, 2.776 × 1.5811 ÷ √5 = 1.963.
  const summed = sumRuns([1, 2, 3, 4, 5].map((wait) => run(wait, 0.5, 1)));
  expect(summed.runs).toBe(5);
  expect(summed.kinds.all?.meanWait.mean).toBe(3);
  expect(summed.kinds.all?.meanWait.ci).toBeCloseTo(1.963, 3);
  expect(summed.kinds.all?.within['20']).toEqual({ mean: 0.5, ci: 0 });
  expect(summed.occupancy.one?.mean).toBeCloseTo(0.3, 9);
  expect(summed.jain).toEqual({ mean: 1, ci: 0 });
});

test('one run shows no interval', () => {
  expect(() => sumRuns([run(1, 1, 1)])).toThrow('no interval');
});

test('plans and hours of the day have their intervals, where at least two runs have them', () => {
  const hours = (wait: number) =>
    Array.from({ length: 48 }, (_, nth) => ({
      ...{ from: nth * 3600, within: null, waiting: 0, p50: 0, p95: 0, abandonedShare: 0 },
      // Two at one o'clock of the first day, one that waits four times as long on the second; nobody else.
      arrived: nth === 1 ? 2 : Number(nth === 25),
      meanWait: nth === 25 ? 4 * wait : wait,
    }));
  const plan = (meanWait: number, within: number | null) => ({
    ...{ arrived: 3, abandonedShare: 0, meanWait, p50: 0, p95: 2 * meanWait, within },
  });
  const { plans, overDay } = sumRuns([
    { ...run(1, 0.5, 1), hours: hours(1), plans: { A: plan(1, 0.5), B: plan(7, null) } },
    { ...run(2, 0.5, 1), hours: hours(3), plans: { A: plan(3, 0.7) } },
  ]);
  // Of two: t(1) = 12.706, times half of their difference.
  expect(plans?.A?.meanWait).toEqual({ mean: 2, ci: expect.closeTo(12.706, 3) });
  expect(plans?.A?.within?.mean).toBeCloseTo(0.6, 9);
  expect(plans?.A?.p95).toEqual({ mean: 4, ci: expect.closeTo(25.412, 3) });
  expect(plans?.B).toEqual({ meanWait: null, p50: null, p95: null, within: null });
  expect(overDay).toHaveLength(24);
  expect(overDay?.[1]).toEqual({ mean: 4, ci: expect.closeTo(25.412, 3) });
  expect(overDay?.[2]).toBeNull();
  expect(sumRuns([run(1, 1, 1), run(1, 1, 1)])).not.toHaveProperty('overDay');
});

test('teams have the interval of how busy they are, and none where nobody is in one', () => {
  const busy = (occupancy: number) => ({
    ...{ ...run(1, 1, 1), teams: { north: { occupancy, given: 2 } } },
  });
  const { teams } = sumRuns([busy(0.4), busy(0.6)]);
  expect(teams).toEqual({ north: { mean: 0.5, ci: expect.closeTo(1.2706, 4) } });
  expect(sumRuns([run(1, 1, 1), run(1, 1, 1)])).not.toHaveProperty('teams');
});

test('who served a kind has its interval, also where one run or all had none of them', () => {
  const [a, b, c] = [1, 2, 3].map(() => ({ occupancy: 0, given: 0 }));
  const served = (servedBy: Record<string, number>) => ({
    ...{ ...run(1, 1, 1), agents: { a, b, c } as Run['agents'] },
    kinds: { all: { ...kind(1, 1), servedBy } },
  });
  const { kinds } = sumRuns([served({ a: 1 }), served({ a: 0.5, b: 0.5 })]);
  expect(kinds.all?.servedBy).toMatchObject({ a: { mean: 0.75 }, b: { mean: 0.25 } });
  expect(kinds.all?.servedBy.c).toEqual({ mean: 0, ci: 0 });
});

test('first answers have intervals, their times only over runs in which somebody was answered', () => {
  const answers = (answeredShare: number, mean: number) => ({
    ...{ answeredShare, mean, p50: mean, p95: mean },
  });
  const answered = (answeredShare: number, mean: number) => {
    const firstAnswer = answers(answeredShare, mean);
    const waits = { meanWait: 1, p50: 1, p95: 1, within: null, firstAnswer };
    return {
      ...{ ...run(1, 1, 1), plans: {}, hours: [] },
      kinds: { all: { ...kind(1, 1), firstAnswer: { ...firstAnswer, meanCi: 0 } } },
      agents: { one: { occupancy: 0.5, given: 1, waits } },
    };
  };
  const { kinds, served } = sumRuns([answered(1, 10), answered(0.5, 20), answered(0, 0)]);
  expect(kinds.all?.firstAnswer).toMatchObject({
    mean: { mean: 15 },
    answeredShare: { mean: 0.5 },
  });
  expect(served?.agents.one?.firstAnswer?.p95?.mean).toBe(15);
  expect(served).not.toHaveProperty('teams');
});

test('transfers have intervals, their waits only over runs in which somebody was transferred', () => {
  const of = (made: number, share: number, meanWait: number): Run => ({
    ...run(1, 1, 1),
    kinds: {
      all: {
        ...kind(1, 1),
        transfers: { made, share, meanWait, p95: 2 * meanWait, leftShare: 0, unservedShare: 0 },
      },
    },
  });
  const { kinds } = sumRuns([of(10, 0.1, 4), of(0, 0, 0), of(20, 0.2, 6)]);
  expect(kinds.all?.transfers).toMatchObject({
    share: { mean: expect.closeTo(0.1, 9) },
    ...{ meanWait: { mean: 5 }, p95: { mean: 10 }, leftShare: { mean: 0, ci: 0 } },
  });
  expect(sumRuns([of(1, 0.1, 4), of(0, 0, 0)]).kinds.all?.transfers).toMatchObject({
    ...{ share: { mean: 0.05 }, meanWait: null },
  });
  expect(sumRuns([run(1, 1, 1), run(1, 1, 1)]).kinds.all).not.toHaveProperty('transfers');
});
