// Leases that end are found in time, and nothing is left waiting for one.
import { Client } from 'pg';
import { expect, onTestFinished, test, vi } from 'vitest';
import { makeDesk } from '../../test/makers/make-desk.ts';
import { createAgent, updateAgent } from '../desk/update-agent.ts';
import { withRoutingLock } from '../store/tx.ts';
import { watchLeases } from './watch-leases.ts';

async function begin() {
  const { desk, workspaceId } = await makeDesk();
  const { agentId } = await createAgent(desk, workspaceId, { name: 'Ana' });
  const lease = (ms: number) =>
    updateAgent(
      desk,
      { workspaceId, agentId },
      { availability: 'online', leaseUntil: new Date(Date.now() + ms) },
    );
  return { desk, workspaceId, lease };
}

/** Those of a fraction of a millisecond, as loops have them that spread, and what the database's clock gave. */
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

test('a sweep asks for nothing that is being looked at, and what is waited for ends with the watch', async () => {
  const { desk, workspaceId, lease } = await begin();
  await lease(300);
  await createAgent(desk, workspaceId, { name: 'Budi', availability: 'online' });
  const asked = vi.spyOn(Client.prototype, 'query');
  onTestFinished(() => asked.mockRestore());
  const count = (name: string) =>
    asked.mock.calls.filter(([what]) => (what as { name?: string }).name === name).length;
  const timers = countTimers();
  const watch = watchLeases(desk, { leaseMs: 500, seen: null, onError: () => {} });
  await withRoutingLock(desk.db, workspaceId, async (tx) => {
    await tx.query('set local idle_in_transaction_session_timeout = 0');
    // The first sweep, and the timer that it set; what that found waits for the lock.
    await vi.waitFor(() => expect(count('lease-ends-in-ms')).toBe(2), 20_000);
    const sweeps = count('list-workspaces-with-ending-leases');
    await vi.waitFor(
      () => expect(count('list-workspaces-with-ending-leases')).toBeGreaterThan(sweeps + 2),
      20_000,
    );
    expect(count('lease-ends-in-ms')).toBe(2);
    await tx.query(`update agent set lease_until = clock_timestamp() + interval '900 milliseconds'
      where name = 'Budi'`);
  });
  await vi.waitFor(() => expect(count('lease-ends-in-ms')).toBe(3), 20_000);
  // It has set its timer, unless this process stood still for longer than the lease.
  await vi.waitFor(() => expect(timers.size).toBeGreaterThan(0)).catch(() => {});
  await watch.stop();
  expect(timers.size).toBe(0);
});
