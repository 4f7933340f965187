import { expect, test } from 'vitest';
import type { Scenario } from '../contract/scenario.ts';
import { addOutage } from './add-outage.ts';
import { readScenario } from './read-scenario.ts';
import { BEGINS_AT, finish, runScenario } from './run-scenario.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;
const came = Array.from({ length: 2000 }, (_, nth) => 9 * HOUR + nth * 5);
const service = { fixed: 60 };
const span: Scenario = {
  arrivals: came.length,
  kinds: [{ name: 'all', recorded: came, service }],
  agents: [{ name: 'some', count: 60 }],
};

const run = (scenario: Scenario) => {
  const read = readScenario(scenario, BEGINS_AT);
  if (read.scenario === null) throw new Error(JSON.stringify(read.faults));
  return finish(runScenario(read.scenario, read.policy));
};

test('in an outage nobody is given anything: who comes then waits for its end', () => {
  const outage = { from: 9.5 * HOUR, until: 10.5 * HOUR };
  const { hours = [] } = run(addOutage(span, outage));
  const { hours: usual = [] } = run(span);
  expect(usual.every(({ meanWait }) => meanWait < 60)).toBe(true);
  // From ten to half past ten a customer waits until then, and for those before at one a second: 36 min to 12.
  expect(hours[10]?.meanWait).toBeGreaterThan(720);
  expect(hours[9]?.waiting).toBeGreaterThan(300);
  expect(hours[10]?.waiting).toBe(0);
});

test('an outage is cut out of shifts of a day on its day alone, and out of those that pass the end of the week', () => {
  const agents = [
    { name: 'day', shifts: [{ from: 8 * HOUR, until: 16 * HOUR }] },
    {
      name: 'night',
      shifts: [{ from: 6 * DAY, until: 7 * DAY + 10 * HOUR }],
      shiftsEvery: 'week' as const,
    },
    {
      name: 'short',
      shifts: [{ from: 9 * HOUR, until: 9.5 * HOUR }],
      shiftsEvery: 'week' as const,
    },
  ];
  const cut = addOutage({ ...span, agents }, { from: 9 * HOUR, until: 10 * HOUR }).agents;
  expect(cut[0]?.shifts?.slice(0, 3)).toEqual([
    { from: 8 * HOUR, until: 9 * HOUR },
    { from: 10 * HOUR, until: 16 * HOUR },
    { from: 32 * HOUR, until: 40 * HOUR },
  ]);
  expect(cut[1]?.shifts).toEqual([{ from: 6 * DAY, until: 7 * DAY + 9 * HOUR }]);
  expect(cut[2]).toMatchObject({ capacity: 0 });
});
