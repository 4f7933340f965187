// The night's backlog in the morning: through the real router, with time moved.
import { expect, onTestFinished, test } from 'vitest';
import { startRouter } from '../../src/desk/router.ts';
import { createAgent } from '../../src/desk/update-agent.ts';
import { makeChannel, makeConversation } from '../makers/make-conversation.ts';
import { makeDesk } from '../makers/make-desk.ts';
import { eventually } from '../makers/start-test-usher.ts';

const MINUTE = 60_000;
const WAITING = 500;
const AGENTS = 10;
/** Each comes two minutes after the one before. */
const APART = 2;

/** What each agent holds after an hour, the first to come first. */
async function spendHour(fields: { capacity: number; pace: number }): Promise<number[]> {
  const world = await makeDesk();
  const { desk, workspaceId, clock, database } = world;
  const channel = await makeChannel(world);
  for (let nth = 0; nth < WAITING; nth += 1) await makeConversation(world, channel);
  const router = startRouter({ desk, sweepMs: 60 * MINUTE, onPass: () => {} });
  onTestFinished(() => router.stop());
  const loads = async () => {
    const { rows } = await database.pool.query('select load from agent order by created_at');
    return rows.map(({ load }) => load as number);
  };
  for (let step = 0; step * APART < 60; step += 1) {
    if (step > 0) await clock.advance(APART * MINUTE);
    if (step < AGENTS) {
      const name = `Agent ${step}`;
      await createAgent(desk, workspaceId, { name, availability: 'online', ...fields });
      router.wake(workspaceId);
    }
    const here = Math.min(step + 1, AGENTS);
    // With a pace of two minutes everybody who is here has one more; nobody is forgotten.
    const expected = Array.from({ length: here }, (_, nth) => step - nth + 1);
    await eventually(loads, (now) => String(now) === String(expected));
  }
  return loads();
}

test('with a pace, the first to come gets no more than a fair share of what waited over night', async () => {
  const loads = await spendHour({ capacity: 100, pace: APART * 60 });
  const mean = loads.reduce((sum, load) => sum + load, 0) / loads.length;
  expect(loads).toHaveLength(AGENTS);
  expect(loads[0]).toBeLessThanOrEqual(1.3 * mean);
}, 240_000);
