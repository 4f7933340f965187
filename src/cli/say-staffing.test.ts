import { expect, test } from 'vitest';
import type { StaffedHalfHour } from '../staffing/staff.ts';
import { sumStaffing } from '../staffing/sum-staffing.ts';
import type { Staffing } from './run-staffing.ts';
import { sayStaffing } from './say-staffing.ts';

const halfHour = (of: Partial<StaffedHalfHour>): StaffedHalfHour => ({
  ...{ at: Date.UTC(2026, 0, 5, 9), mean: 4, p10: 2, p90: 7, state: 'staffed', isSpecial: false },
  ...{
    agents: 3,
    byFormula: 3,
    agentsP10: 2,
    agentsP90: 4,
    reached: 0.9,
    oneLess: 0.7,
    oneMore: 0.95,
  },
  ...of,
});
const say = (halfHours: StaffedHalfHour[]) => {
  const found = {
    ...{ timeZone: 'UTC', calendar: null, backTest: null, notes: [], halfHours },
    target: { within: 60, share: 0.8 },
    forecast: { trend: 0, oddDays: [] },
    totals: sumStaffing(halfHours, null),
  } as unknown as Staffing;
  return sayStaffing(found).join('\n');
};
const nobody = { agents: null, agentsP10: null, agentsP90: null, oneLess: null, oneMore: null };

test('where nobody is enough, nothing is said of agents who work', () => {
  const said = say([halfHour({ ...nobody, state: 'beyond-reach', byFormula: null, reached: 0.2 })]);
  expect(said).toContain('In 1 half hours nobody is enough');
  expect(said).toContain('4 arrivals are expected in half hours without agents.');
  expect(said).not.toMatch(/Erlang A|agent-hours|One agent/);
});

test('where somebody works, it is said what they reach, and what one more would', () => {
  expect(say([halfHour({})])).toMatch(/^1.5 agent-hours for 4 arrivals; at most 3 agents/m);
  expect(say([halfHour({})])).toContain('Erlang A has the same numbers');
});

test('where nobody comes, nobody is needed', () => {
  const said = say([
    halfHour({
      ...nobody,
      mean: 0,
      p10: 0,
      p90: 0,
      state: 'nobody-comes',
      byFormula: null,
      reached: null,
    }),
  ]);
  expect(said).toContain('Nobody is needed in any half hour.');
});
