// A room whose agent was taken out in Qiscus' dashboard: its customer's next message says that nobody is there.
import { expect, test } from 'vitest';
import { eventually } from '../makers/start-test-usher.ts';
import { type Pair, SECRET, startWithQiscus } from '../makers/start-with-qiscus.ts';

const sari = { userId: 'sari@example.com', name: 'Sari' };

/** One room with one agent, and nothing but its webhooks to tell of it. */
async function startServed(agents: number): Promise<Pair & { roomId: string; agentId: number }> {
  const pair = await startWithQiscus({
    agents,
    environment: { QISCUS_SYNC_ROOMS_MS: '3600000' },
  });
  const { roomId } = pair.qiscus.customerMessage({ ...sari, text: 'Hi' });
  await pair.served(1);
  const agentId = pair.qiscus.room(roomId)?.agentIds[0] ?? 0;
  await eventually(
    () => pair.usher.conversations('assigned'),
    ([one]) => one !== undefined && one.confirmedAt !== null,
  );
  return { ...pair, roomId, agentId };
}

const assignsOf = ({ qiscus }: Pair) =>
  qiscus.calls().filter(({ path }) => path.endsWith('assign_agent')).length;

const loadsOf = async ({ usher }: Pair) => {
  const { body } = await usher.call('GET', '/api/v1/agents?limit=200');
  return (body as { items: { load: number }[] }).items.map(({ load }) => load).toSorted();
};

test('a room whose agent was taken out is given out again at the next message, also to the same agent', async () => {
  const pair = await startServed(1);
  const { qiscus, roomId, agentId } = pair;
  qiscus.emptyByHand({ roomId });
  qiscus.customerMessage({ roomId, ...sari, text: 'Are you still there?' });
  await eventually(
    () => qiscus.room(roomId)?.agentIds,
    (ids) => ids?.length === 1,
  );
  expect(qiscus.room(roomId)?.agentIds).toEqual([agentId]);
  expect(assignsOf(pair)).toBe(2);
  expect(await pair.usher.conversations()).toMatchObject([{ state: 'assigned' }]);
  expect(await loadsOf(pair)).toEqual([1]);
});

test('a room whose agent was taken out goes to another where that one is away', async () => {
  const pair = await startServed(2);
  const { qiscus, roomId, agentId } = pair;
  qiscus.emptyByHand({ roomId });
  qiscus.updateAgent(agentId, { available: false });
  await eventually(
    async () => (await pair.usher.database.pool.query('select availability from agent')).rows,
    (rows) => rows.some(({ availability }) => availability === 'offline'),
  );
  qiscus.customerMessage({ roomId, ...sari, text: 'Are you still there?' });
  await eventually(
    () => qiscus.room(roomId)?.agentIds,
    (ids) => ids?.length === 1,
  );
  expect(qiscus.room(roomId)?.agentIds).not.toEqual([agentId]);
  expect(await loadsOf(pair)).toEqual([0, 1]);
});

test('a webhook that comes late, after the room has its agent, is looked into and moves nothing', async () => {
  const pair = await startServed(2);
  const { qiscus, usher, roomId, agentId } = pair;
  const hook = {
    ...{ app_id: qiscus.app.appId, source: 'qiscus', room_id: roomId },
    ...{ name: 'Sari', email: 'sari@example.com' },
  };
  for (let n = 0; n < 3; n += 1) {
    await usher.call('POST', `/api/v1/webhook/agent_allocation/${SECRET}`, { body: hook });
  }
  await eventually(
    () => qiscus.calls().filter(({ path }) => path.endsWith(`/customer_rooms/${roomId}`)).length,
    (looks) => looks > 0,
  );
  await pair.served(1);
  expect(qiscus.room(roomId)?.agentIds).toEqual([agentId]);
  expect(assignsOf(pair)).toBe(1);
});

test('an assignment that is refused with the status 200 is no confirmation', async () => {
  const pair = await startWithQiscus({
    agents: 2,
    switches: { refusalsAs200: true, freshRoom400: 1 },
  });
  const { qiscus, usher } = pair;
  const { roomId } = qiscus.customerMessage({ ...sari, text: 'Hi' });
  await eventually(
    () => qiscus.room(roomId)?.agentIds,
    (ids) => ids?.length === 1,
  );
  const confirmed = async () => (await usher.conversations('assigned'))[0]?.confirmedAt ?? null;
  await eventually(confirmed, (at) => at !== null);
  expect(assignsOf(pair)).toBe(2);
});
