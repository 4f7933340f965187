import { expect, test } from 'vitest';
import type { Plan } from '../../contract/policy/plan.ts';
import { findFittingStep } from './find-fitting-step.ts';
import type { Asked, Placed } from './place-in-plan.ts';

const asked: Asked = {
  ...{ teamId: null, skillIds: [], priority: 'normal' },
  ...{ needsByHand: false, priorityByHand: false },
};
const find = (steps: Plan['steps'], fits: (placed: Placed, at: number) => boolean, now = 5000) =>
  findFittingStep(
    { plans: new Map([['P', { name: 'P', steps }]]), calendars: new Map() },
    { asked, entered: { plan: 'P', since: 1000 }, now, fits },
  );

const steps = [
  { after: 0, team: 'a' },
  { after: 60, team: 'b' },
  { after: 90, team: 'c' },
];

test('the present place is the first that may fit', () => {
  expect(find(steps, () => true)).toMatchObject({ step: 0, teamId: 'a', at: 5000 });
});

test('a later step fits from the moment at which it begins', () => {
  const seen: number[] = [];
  const found = find(steps, ({ teamId }, at) => {
    seen.push(at);
    return teamId === 'c';
  });
  expect(found).toMatchObject({ step: 2, teamId: 'c', at: 91_000 });
  expect(seen).toEqual([5000, 61_000, 91_000]);
});

test('a step that is over is not asked', () => {
  expect(find(steps, ({ teamId }) => teamId === 'a', 70_000)).toBeNull();
});

test('where none fits there is none, and of a plan without end no more than a hundred are asked', () => {
  expect(find(steps, () => false)).toBeNull();
  const endless = Array.from({ length: 150 }, (_, nth) => ({ after: nth }));
  let tries = 0;
  const count = () => {
    tries += 1;
    return false;
  };
  expect(find(endless, count, 1000)).toBeNull();
  expect(tries).toBe(100);
});
