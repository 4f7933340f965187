// People who act on their own: agents go online and offline, an admin reassigns rooms.
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { makeRoom, receiveHooks, startOutsider } from './test-outsiders.ts';

test('agentFlapping: agents turn unavailable and available, until it is switched off', async () => {
  const { qiscus } = await startOutsider();
  for (const name of ['Ana', 'Ben', 'Cid']) qiscus.addAgent({ name });
  const look = () => qiscus.agents().map(({ isAvailable }) => isAvailable);
  await sleep(150);
  expect(look()).toEqual([true, true, true]);
  qiscus.switches.agentFlapping = { everyMs: 10 };
  const seen = new Set<string>();
  for (let n = 0; n < 40; n += 1) {
    await sleep(10);
    seen.add(String(look()));
  }
  expect(seen.size).toBeGreaterThan(3);
  qiscus.switches.agentFlapping = null;
  const last = look();
  await sleep(150);
  expect(look()).toEqual(last);
});

test('manualDashboard assign: waiting rooms get agents by hand', async () => {
  const outsider = await startOutsider({ manualDashboard: { everyMs: 10, actions: ['assign'] } });
  const { qiscus } = outsider;
  qiscus.addAgent({ name: 'Ana' });
  const rooms = [makeRoom(outsider), makeRoom(outsider)];
  await expect.poll(() => qiscus.assignments().length).toBe(2);
  expect(qiscus.assignments()).toMatchObject([{ byHand: true }, { byHand: true }]);
  expect(qiscus.agents()[0]?.roomIds.toSorted()).toEqual(rooms);
});

test('manualDashboard transfer: a held room goes to another agent', async () => {
  const outsider = await startOutsider();
  const { qiscus } = outsider;
  const [first, second] = [qiscus.addAgent({ name: 'Ana' }), qiscus.addAgent({ name: 'Ben' })];
  const roomId = makeRoom(outsider);
  qiscus.assignByHand({ roomId, agentId: first.id });
  qiscus.switches.manualDashboard = { everyMs: 20, actions: ['transfer'] };
  await expect.poll(() => qiscus.assignments().length).toBeGreaterThan(1);
  qiscus.switches.manualDashboard = null;
  expect(qiscus.assignments()[1]).toMatchObject({
    agentId: second.id,
    replaced: first.id,
    byHand: true,
  });
  expect(qiscus.room(roomId)?.agentIds).toHaveLength(1);
});

test('manualDashboard resolve: open rooms are resolved by the admin, with a webhook each', async () => {
  const outsider = await startOutsider();
  const { qiscus } = outsider;
  const arrivals = await receiveHooks(qiscus);
  const rooms = [makeRoom(outsider), makeRoom(outsider)];
  qiscus.assignByHand({ roomId: rooms[0] ?? '', agentId: qiscus.addAgent({ name: 'Ana' }).id });
  qiscus.switches.manualDashboard = { everyMs: 10, actions: ['resolve'] };
  await expect.poll(() => qiscus.rooms().every(({ isResolved }) => isResolved)).toBe(true);
  await qiscus.idle();
  const resolves = arrivals.filter(({ path }) => path === '/resolve');
  expect(resolves).toMatchObject([
    { payload: { resolved_by: { type: 'admin' } } },
    { payload: { resolved_by: { type: 'admin' } } },
  ]);
});

test('manualDashboard without a list of actions does all of them', async () => {
  const outsider = await startOutsider({ manualDashboard: { everyMs: 5 } });
  const { qiscus } = outsider;
  for (const name of ['Ana', 'Ben']) qiscus.addAgent({ name });
  for (let n = 0; n < 40; n += 1) makeRoom(outsider);
  const done = () => ({
    assigned: qiscus.assignments().some(({ replaced }) => replaced === null),
    transferred: qiscus.assignments().some(({ replaced }) => replaced !== null),
    resolved: qiscus.rooms().some(({ isResolved }) => isResolved),
  });
  await expect
    .poll(done, { timeout: 20_000 })
    .toEqual({ assigned: true, transferred: true, resolved: true });
});
