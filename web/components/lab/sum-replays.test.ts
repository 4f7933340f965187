// Parts of a replayed span, added up.
import { expect, test } from 'vitest';
import type { Replay } from '../../../src/contract/replays.ts';
import { partOf, sumReplays } from './sum-replays.ts';

const HOUR = 3_600_000;

const part = (from: string, until: string, change: Partial<Replay> = {}): Replay => ({
  ...{ from, until, isWhole: true, passes: 2, decided: 3, reproduced: 2, differing: 1 },
  ...{ unexplained: 0, causes: { 'policy-gone': 1 }, differences: [], byHand: 1, moves: [] },
  ...{ missed: 0, forgotten: 0, standing: { asked: 1, asPlanned: 1, otherwise: [] } },
  rules: { asked: 2, again: 1, causes: {}, matched: [{ rule: 'VIP', count: 1 }] },
  ...{ against: null, servers: [{ node: 'a', from, until, passes: 2 }] },
  ...change,
});

test('two parts have the counts of both, and a server of both is one', () => {
  const next = part('10:00', '11:00', { causes: { 'policy-gone': 1, nobody: 2 } });
  expect(sumReplays(part('09:00', '10:00'), next)).toMatchObject({
    ...{ from: '09:00', until: '11:00', decided: 6, reproduced: 4, differing: 2, byHand: 2 },
    causes: { 'policy-gone': 2, nobody: 2 },
    rules: { asked: 4, again: 2, matched: [{ rule: 'VIP', count: 2 }] },
    servers: [{ node: 'a', from: '09:00', until: '11:00', passes: 4 }],
  });
});

test('the first part stands as it is', () => {
  const first = part('09:00', '10:00');
  expect(sumReplays(null, first)).toEqual(first);
});

test('an hour is asked for in tens of minutes, a week in quarters of a day', () => {
  expect(partOf({ from: 0, until: HOUR })).toBe(HOUR / 6);
  expect(partOf({ from: 0, until: 24 * HOUR })).toBe(HOUR);
  expect(partOf({ from: 0, until: 168 * HOUR })).toBe(6 * HOUR);
});
