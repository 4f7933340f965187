// A delivery waits for what is in front of it, and no longer: for any schedule (gitple-events.md §7.5, decision 21).
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { End } from '../makers/join-order-node.ts';
import { makeDatabase } from '../makers/make-database.ts';
import { makeOrderWorld, type Step, TYPES } from '../makers/order-world.ts';

const pick = fc.nat({ max: 30 });
const node = fc.nat({ max: 1 });
const minutes = fc.constantFrom(5, 30, 120, 600);
const end: fc.Arbitrary<End> = fc.oneof(
  fc.record({ how: fc.constantFrom('done' as const, 'failed' as const) }),
  fc.record({ how: fc.constant('retry' as const), minutes, parked: fc.boolean() }),
);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('event' as const),
      stream: fc.nat({ max: 1 }),
      type: fc.nat({ max: TYPES.length - 1 }),
    }),
  },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('look' as const), node }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('end' as const), pick, end }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('redeliver' as const), pick }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const), minutes }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('pause' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('resume' as const),
      held: fc.constantFrom('send' as const, 'drop' as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('bind' as const),
      types: fc.subarray([...TYPES.keys()]),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('die' as const), node }) },
);

const AT_THE_END: Step[] = [
  { do: 'resume', held: 'send' },
  { do: 'look', node: 0 },
];
const schedules = Number(process.env.USHER_ORDER_SCHEDULES ?? 25);

test('for random schedules each is due no later than something in front of it or its own retry asks for, and none is sent before', async () => {
  const { pool } = await makeDatabase();
  const seen = { steps: 0, sent: 0 };
  const schedule = fc.array(step, { minLength: 20, maxLength: 60, size: 'max' });
  await fc.assert(
    fc.asyncProperty(schedule, async (steps) => {
      const world = await makeOrderWorld(pool);
      try {
        for (const one of [...steps, ...AT_THE_END]) {
          await world.run(one);
          expect(await world.late()).toEqual([]);
          seen.steps += 1;
          seen.sent += world.underWay();
        }
      } finally {
        world.stop();
      }
    }),
    { numRuns: schedules, endOnFailure: true },
  );
  // Without anything on its way nothing would have been shown.
  expect(seen.sent).toBeGreaterThan(seen.steps / 10);
}, 300_000);
