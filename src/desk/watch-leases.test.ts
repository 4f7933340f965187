// Leases of agents: judged by the clock wherever they are read, and ended on record.
import { Client } from 'pg';
import { expect, onTestFinished, test, vi } from 'vitest';
import { makeDesk } from '../../test/makers/make-desk.ts';
import { listAgents } from '../store/agents.ts';
import { withRoutingLock } from '../store/tx.ts';
import { createAgent, updateAgent } from './update-agent.ts';
import { endLapsedLeases, watchLeases } from './watch-leases.ts';

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
    `select data ->> 'availability' as said from event where stream_id = $1 order by seq`,
    [agentId],
  );
  expect(rows).toEqual([{ said: 'online' }, { said: 'offline' }]);
});

/** Those that wait for a fraction of a millisecond too, as only what the database's clock gave does. */
function countTimers(): Set<unknown> {
  const alive = new Set<unknown>();
  const [set, clear] = [setTimeout, clearTimeout];
  vi.stubGlobal('setTimeout', (act: () => void, ms: number) => {
    const timer = set(() => {
      alive.delete(timer);
      act();
    }, ms);
    if (!Number.isInteger(ms)) alive.add(timer);
    return timer;
  });
  vi.stubGlobal('clearTimeout', (timer: NodeJS.Timeout) => {
    alive.delete(timer);
    clear(timer);
  });
  onTestFinished(() => void vi.unstubAllGlobals());
  return alive;
}

test('a timer and the sweep that look at the same moment wait for the next lease together, and stop with the watch', async () => {
  const { desk, workspaceId, lease } = await begin();
  await lease(300);
  await createAgent(desk, workspaceId, { name: 'Budi', availability: 'online' });
  const asked = vi.spyOn(Client.prototype, 'query');
  onTestFinished(() => asked.mockRestore());
  const looks = () => {
    const names = asked.mock.calls.map(([what]) => (what as { name?: string }).name);
    return names.filter((name) => name === 'lease-ends-in-ms').length;
  };
  const timers = countTimers();
  const watch = watchLeases(desk, { sweepMs: 2000, isSeen: null, onError: () => {} });
  await withRoutingLock(desk.db, workspaceId, async (tx) => {
    await tx.query('set local idle_in_transaction_session_timeout = 0');
    // The first sweep, the timer that it set, and the second sweep.
    await vi.waitFor(() => expect(looks()).toBe(3), 20_000);
    await tx.query(`update agent set lease_until = clock_timestamp() + interval '1.9 seconds'
      where name = 'Budi'`);
  });
  await vi.waitFor(() => expect(looks()).toBe(5), 20_000);
  // Both have set theirs, unless this process stood still for longer than the lease.
  await vi.waitFor(() => expect(timers.size).toBeGreaterThan(0)).catch(() => {});
  await watch.stop();
  expect(timers.size).toBe(0);
});
