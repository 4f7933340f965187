// Signs of life of several clients of one agent, which arrive in any order.
import { expect, test } from 'vitest';
import { makeDesk } from '../../test/makers/make-desk.ts';
import { hearOfAgent, missAgent, renewAgent } from './keep-presence.ts';
import { createAgent, updateAgent } from './update-agent.ts';

const MINUTE_MS = 60_000;

async function begin() {
  const { desk, workspaceId } = await makeDesk();
  const { agentId } = await createAgent(desk, workspaceId, { name: 'Ana' });
  const key = { workspaceId, agentId };
  return {
    come: () => updateAgent(desk, key, { availability: 'online' }),
    hear: (ttlMs: number) => hearOfAgent(desk, { ...key, ttlMs, onlyRenews: true, sleeps: false }),
    hearOfOther: (leftMs: number) => renewAgent(desk, { ...key, until: desk.clock.now() + leftMs }),
    miss: (graceMs: number) => missAgent(desk, { ...key, graceMs, awake: false }),
    leftMs: async (): Promise<number> => {
      const sql = `select extract(epoch from lease_until - clock_timestamp())::float8 * 1000 as left from agent
        where agent_id = $1`;
      return (await desk.db.query(sql, [agentId])).rows[0].left;
    },
  };
}

test('what is heard late of another client takes nothing from the lease', async () => {
  const { come, hear, hearOfOther, miss, leftMs } = await begin();
  await come();
  await hear(MINUTE_MS);
  await hearOfOther(MINUTE_MS / 6);
  expect(await leftMs()).toBeGreaterThan(MINUTE_MS / 2);
  await miss(1000);
  expect(await leftMs()).toBeLessThanOrEqual(1000);
  await hearOfOther(MINUTE_MS / 6);
  expect(await leftMs()).toBeGreaterThan(MINUTE_MS / 12);
});

test('who is present without a lease gets none from another client', async () => {
  const { come, hearOfOther, leftMs } = await begin();
  await come();
  await hearOfOther(MINUTE_MS);
  expect(await leftMs()).toBe(Number.POSITIVE_INFINITY);
});
