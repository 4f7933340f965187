// Leases of agents: judged by the clock wherever they are read, and ended on record.
import { expect, test } from 'vitest';
import { makeDesk } from '../../test/makers/make-desk.ts';
import { listAgents } from '../store/agents.ts';
import { endLapsedLeases } from './end-leases.ts';
import { createAgent, updateAgent } from './update-agent.ts';

async function begin() {
  const { desk, workspaceId } = await makeDesk();
  const { agentId } = await createAgent(desk, workspaceId, { name: 'Ana' });
  const lease = (ms: number) =>
    updateAgent(
      desk,
      { workspaceId, agentId },
      { availability: 'online', leaseUntil: new Date(Date.now() + ms) },
    );
  const shown = async () => {
    const [agent] = await listAgents(desk.db, {
      ...{ workspaceId, limit: 1 },
      after: '00000000-0000-0000-0000-000000000000',
    });
    return { availability: agent?.availability, lapsed: agent?.lapsed };
  };
  return { desk, workspaceId, agentId, lease, shown };
}

test('whose lease is over is shown offline before anybody has looked for it', async () => {
  const { lease, shown } = await begin();
  await lease(60_000);
  expect(await shown()).toEqual({ availability: 'online', lapsed: false });
  await lease(-1000);
  expect(await shown()).toEqual({ availability: 'offline', lapsed: true });
});

test('a lease that is over is ended once, and the next one is waited for', async () => {
  const { desk, workspaceId, agentId, lease, shown } = await begin();
  expect(await endLapsedLeases(desk, workspaceId)).toBeNull();
  await lease(60_000);
  const leftMs = await endLapsedLeases(desk, workspaceId);
  expect(leftMs).toBeGreaterThan(30_000);
  expect(leftMs).toBeLessThanOrEqual(60_000);
  await lease(-1000);
  expect(await endLapsedLeases(desk, workspaceId)).toBeNull();
  expect(await endLapsedLeases(desk, workspaceId)).toBeNull();
  expect(await shown()).toEqual({ availability: 'offline', lapsed: true });
  const { rows } = await desk.db.query(
    `select data ->> 'availability' as said from event
    where stream_id = $1 and type = 'agent.availability-changed' order by seq`,
    [agentId],
  );
  expect(rows).toEqual([{ said: 'online' }, { said: 'offline' }]);
});
