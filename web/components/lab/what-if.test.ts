// A recorded span, changed.
import { expect, test } from 'vitest';
import type { Scenario } from '../../../src/contract/scenario.ts';
import { asItWas, changeSpan } from './what-if.ts';

const scenario: Scenario = {
  ...{ arrivals: 4, warmUp: 0 },
  kinds: [{ name: 'Shop', recorded: [10, 20, 30, 40], service: { exponential: 60 } }],
  agents: [
    { name: 'Ana', capacity: 2, shifts: [{ from: 0, until: 100 }], shiftsEvery: 'week' },
    { name: 'Budi', capacity: 2, shifts: [{ from: 40, until: 60 }], shiftsEvery: 'week' },
  ],
};

test('as many more come as are asked for, all of them, and fewer leave some out', () => {
  const more = changeSpan(scenario, { ...asItWas, volume: 50 });
  expect(more.arrivals).toBe(6);
  expect(more.kinds[0]?.recorded).toHaveLength(6);
  expect(changeSpan(scenario, { ...asItWas, volume: -50 }).arrivals).toBe(2);
});

test('somebody is left out by name', () => {
  const { agents } = changeSpan(scenario, { ...asItWas, without: 'Ana' });
  expect(agents.map(({ name }) => name)).toEqual(['Budi']);
});

test('an outage cuts the shifts around it, and who was there in it alone never is', () => {
  const { agents } = changeSpan(scenario, { ...asItWas, outage: { from: 30, until: 70 } });
  expect(agents).toMatchObject([
    {
      shifts: [
        { from: 0, until: 30 },
        { from: 70, until: 100 },
      ],
    },
    { name: 'Budi', capacity: 0 },
  ]);
});
