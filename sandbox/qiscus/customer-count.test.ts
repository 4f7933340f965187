// How far the count that the API shows may lag behind the true count.
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { makeRoom, type Outsider, startOutsider } from './test-outsiders.ts';

async function shownCount({ call }: Outsider, agentId: number): Promise<number | undefined> {
  const { json } = await call<{ data: { agent: { current_customer_count?: number } } }>(
    `/api/v2/admin/agent/${agentId}`,
  );
  return json.data.agent.current_customer_count;
}

function give(outsider: Outsider, agentId: number, rooms: number): void {
  for (let n = 0; n < rooms; n += 1) {
    outsider.qiscus.assignByHand({ roomId: makeRoom(outsider), agentId });
  }
}

test('without a lag the count is the number of unresolved rooms that the agent is in', async () => {
  const outsider = await startOutsider();
  const { id } = outsider.qiscus.addAgent({ name: 'Ana' });
  give(outsider, id, 2);
  expect(await shownCount(outsider, id)).toBe(2);
  outsider.qiscus.resolveByHand({ roomId: outsider.qiscus.agents()[0]?.roomIds[0] ?? '' });
  expect(await shownCount(outsider, id)).toBe(1);
});

test('with countLagMs the count shows what was true so long ago', async () => {
  const outsider = await startOutsider({ countLagMs: 3000 });
  const { id } = outsider.qiscus.addAgent({ name: 'Ana' });
  give(outsider, id, 2);
  expect(await shownCount(outsider, id)).toBe(0);
  await sleep(3050);
  give(outsider, id, 1);
  expect(await shownCount(outsider, id)).toBe(2);
});

test('a lag that lasts for ever shows the count that the agent began with, whoever read it meanwhile', async () => {
  const outsider = await startOutsider();
  const { id } = outsider.qiscus.addAgent({ name: 'Ana' });
  give(outsider, id, 2);
  expect(await shownCount(outsider, id)).toBe(2);
  outsider.qiscus.switches.countLagMs = 'forever';
  give(outsider, id, 1);
  expect(await shownCount(outsider, id)).toBe(0);
  outsider.qiscus.switches.countLagMs = 0;
  expect(await shownCount(outsider, id)).toBe(3);
});

test('with countAbsent the field is left out', async () => {
  const outsider = await startOutsider({ countAbsent: true });
  const { id } = outsider.qiscus.addAgent({ name: 'Ana' });
  expect(await shownCount(outsider, id)).toBeUndefined();
});

test('more changes within the lag than are kept do not make the count begin at nothing', async () => {
  const outsider = await startOutsider({ countLagMs: 60_000 });
  const { id } = outsider.qiscus.addAgent({ name: 'Ana' });
  const roomId = makeRoom(outsider);
  give(outsider, id, 3);
  for (let n = 0; n < 2500; n += 1) {
    outsider.qiscus.assignByHand({ roomId, agentId: id });
    outsider.qiscus.resolveByHand({ roomId });
    outsider.qiscus.customerMessage({ roomId, userId: 'c', name: 'C', text: 'Again' });
  }
  expect(await shownCount(outsider, id)).toBeGreaterThanOrEqual(3);
});
