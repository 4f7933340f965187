// The whole queue beside a plain model of it: the same agent, the same order, the same loads after every step.
import fc from 'fast-check';
import { test } from 'vitest';
import { makeDatabase } from '../makers/make-database.ts';
import { STRATEGIES } from './queue-oracle.ts';
import { anySteps } from './queue-steps.ts';
import { makeQueueWorld } from './queue-world.ts';

const LONG = process.env.USHER_LONG_TESTS === '1';
const runs = LONG ? { numRuns: 10_000 } : { numRuns: 100, interruptAfterTimeLimit: 15_000 };

test(
  'whatever is done to two workspaces in any order, two nodes give every conversation to the agent whom the model names, in its order',
  async () => {
    const { pool } = await makeDatabase();
    const strategies = fc.tuple(fc.constantFrom(...STRATEGIES), fc.constantFrom(...STRATEGIES));
    await fc.assert(
      fc.asyncProperty(strategies, anySteps, async (wanted, steps) => {
        const { world, model } = await makeQueueWorld(pool, wanted);
        await fc.asyncModelRun(() => ({ model, real: world }), steps);
      }),
      runs,
    );
  },
  LONG ? 3 * 3_600_000 : 60_000,
);
