import { expect, test } from 'vitest';
import type { SimulationFigures } from '../../api/shapes.ts';
import { listPartWaits, listWaitChoices } from './read-waits.ts';

const answers = { answeredShare: 1, mean: 25, p50: 20, p95: 80 };
const waits = { meanWait: 10, p50: 5, p95: 40, within: null };
const part = { arrived: 100, abandonedShare: 0, ...waits };
const kind = {
  ...{ ...part, within: {}, waitedShare: 0, waitedShareCi: 0, meanWaitCi: 0, p99: 0 },
  ...{ lostShare: 0, unservedShare: 0, servedBy: {} },
};
const agents = { occupancy: 0.5, given: 100 };
const run: SimulationFigures = {
  kinds: { orders: kind },
  plans: { Day: part, Night: { ...part, p95: 90 } },
  agents: { both: { ...agents, waits }, bot: agents },
  teams: { Billing: { ...agents, waits: { ...waits, firstAnswer: answers } } },
  ...{ jain: 1, overCapacity: 0, assignments: 100, notModelled: [], wallSeconds: 1 },
};
const one = (value: number) => ({ value, ci: null });

test('there is to choose what a run has: several plans, teams, agents who served, first answers', () => {
  expect(listWaitChoices({ first: run, changed: null })).toEqual({
    parts: ['kinds', 'plans', 'teams', 'agents'],
    figures: ['meanWait', 'p95'],
  });
  const { teams: _, ...rest } = run;
  const bare = { ...rest, plans: { Day: part }, agents: { bot: agents } };
  expect(listWaitChoices({ first: bare, changed: null }).parts).toEqual(['kinds']);
  const answered = {
    ...bare,
    kinds: { orders: { ...kind, firstAnswer: { ...answers, meanCi: 1 } } },
  };
  expect(listWaitChoices({ first: bare, changed: answered })).toEqual({
    parts: ['kinds'],
    figures: ['meanWait', 'p95', 'firstAnswer', 'firstAnswerP95'],
  });
});

test('each part has its own figure, beside that of the changed run', () => {
  const runs = { first: run, changed: { ...run, plans: { Day: { ...part, p95: 7 } } } };
  expect(listPartWaits(runs, { part: 'plans', figure: 'p95' })).toEqual([
    { label: 'Day', first: one(40), changed: one(7) },
    { label: 'Night', first: one(90), changed: null },
  ]);
  const alone = { first: run, changed: null };
  expect(listPartWaits(alone, { part: 'agents', figure: 'meanWait' })).toEqual([
    { label: 'both', first: one(10), changed: null },
    { label: 'bot', first: null, changed: null },
  ]);
  const team = (figure: 'firstAnswer' | 'firstAnswerP95') =>
    listPartWaits(alone, { part: 'teams', figure })[0]?.first;
  expect([team('firstAnswer'), team('firstAnswerP95')]).toEqual([one(25), one(80)]);
});

test('over several runs each has its interval; what fewer than two have is of the first one', () => {
  const over = (mean: number, ci: number) => ({ mean, ci });
  const none = { meanWait: null, p50: null, p95: null, within: null };
  const known = { ...none, meanWait: over(12, 3), p95: over(50, 9) };
  const repeated = {
    ...{ runs: 5, kinds: {}, occupancy: {}, jain: over(1, 0) },
    plans: { Day: known, Night: none },
    served: { agents: { both: known } },
  };
  const runs = { first: { ...run, repeated }, changed: null };
  expect(listPartWaits(runs, { part: 'plans', figure: 'p95' }).map(({ first }) => first)).toEqual([
    ...[{ value: 50, ci: 9 }, one(90)],
  ]);
  expect(listPartWaits(runs, { part: 'agents', figure: 'meanWait' })[0]?.first).toEqual({
    ...{ value: 12, ci: 3 },
  });
});
