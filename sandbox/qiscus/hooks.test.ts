// How webhooks are sent: once for each message, or, if switched so, repeated, late, lost or retried.
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { makeRoom, receiveHooks, startOutsider } from './test-outsiders.ts';

test('each message in a room without an agent sends one webhook, and none once it has one', async () => {
  const outsider = await startOutsider();
  const { qiscus } = outsider;
  const arrivals = await receiveHooks(qiscus);
  const roomId = makeRoom(outsider);
  await qiscus.idle();
  const again = () => qiscus.customerMessage({ roomId, userId: 'c', name: 'C', text: 'Hello?' });
  again();
  await qiscus.idle();
  qiscus.assignByHand({ roomId, agentId: qiscus.addAgent({ name: 'Ana' }).id });
  again();
  await qiscus.idle();
  expect(arrivals.map(({ path, payload }) => [path, payload.is_new_session])).toEqual([
    ['/allocate', true],
    ['/allocate', false],
  ]);
});

test('a webhook that is turned off, or has no URL, is not sent', async () => {
  const outsider = await startOutsider();
  makeRoom(outsider);
  const arrivals = await receiveHooks(outsider.qiscus);
  outsider.qiscus.setWebhooks({ allocateAgentUrl: null });
  makeRoom(outsider);
  await outsider.qiscus.idle();
  expect(arrivals).toEqual([]);
});

test('duplicateHooks: each arrives again, so many times, at once or within the spread', async () => {
  const duplicateHooks = { probability: 1, copies: 2, spreadMs: 0 };
  const outsider = await startOutsider({ duplicateHooks });
  const arrivals = await receiveHooks(outsider.qiscus);
  const roomId = makeRoom(outsider);
  await outsider.qiscus.idle();
  expect(arrivals.map(({ payload }) => payload.room_id)).toEqual([roomId, roomId, roomId]);
  outsider.qiscus.switches.duplicateHooks = { probability: 1, spreadMs: 2000 };
  arrivals.length = 0;
  makeRoom(outsider);
  await outsider.qiscus.idle();
  expect(arrivals).toHaveLength(2);
  expect(Number(arrivals[1]?.at) - Number(arrivals[0]?.at)).toBeGreaterThan(20);
});

test('reorderHooks: later webhooks overtake those that are held back', async () => {
  const outsider = await startOutsider({ reorderHooks: { probability: 0.5, delayMs: 600 } });
  const arrivals = await receiveHooks(outsider.qiscus);
  const rooms = Array.from({ length: 12 }, () => makeRoom(outsider));
  await outsider.qiscus.idle();
  const arrived = arrivals.map(({ payload }) => payload.room_id);
  expect(arrived.toSorted()).toEqual(rooms.toSorted());
  expect(arrived).not.toEqual(rooms);
  const [first, last] = [arrivals[0], arrivals.at(-1)];
  expect(Number(last?.at) - Number(first?.at)).toBeGreaterThan(100);
});

test('dropHooks: nothing is sent', async () => {
  const outsider = await startOutsider({ dropHooks: 1 });
  const arrivals = await receiveHooks(outsider.qiscus);
  makeRoom(outsider);
  await outsider.qiscus.idle();
  expect(arrivals).toEqual([]);
  expect(outsider.qiscus.hooks()).toEqual([]);
});

test('without hookRetries a failed webhook is not repeated', async () => {
  const outsider = await startOutsider();
  const arrivals = await receiveHooks(outsider.qiscus, () => ({ status: 500 }));
  makeRoom(outsider);
  await outsider.qiscus.idle();
  expect(arrivals).toHaveLength(1);
  expect(outsider.qiscus.hooks()).toMatchObject([{ kind: 'agent_allocation', status: 500 }]);
});

test('hookRetries: a failed webhook comes again after hookRetryDelayMs, until it is taken', async () => {
  const outsider = await startOutsider({ hookRetries: 3, hookRetryDelayMs: 1500 });
  const arrivals = await receiveHooks(outsider.qiscus, (_, number) => ({
    status: number < 3 ? 503 : 200,
  }));
  makeRoom(outsider);
  await outsider.qiscus.idle();
  expect(outsider.qiscus.hooks().map(({ status }) => status)).toEqual([503, 503, 200]);
  const waitedMs = Number(arrivals[1]?.at) - Number(arrivals[0]?.at);
  // Unless told otherwise it would be a second.
  expect(waitedMs).toBeGreaterThanOrEqual(1495);
  expect(arrivals[2]?.text).toBe(arrivals[0]?.text);
});

test('hookTimeoutMs: a slow receiver has failed, and delays no other webhook', async () => {
  const outsider = await startOutsider({
    ...{ hookTimeoutMs: 1500, hookRetries: 1, hookRetryDelayMs: 1 },
  });
  const arrivals = await receiveHooks(outsider.qiscus, (_, number) => ({
    status: 200,
    afterMs: number === 1 ? 6000 : 0,
  }));
  makeRoom(outsider);
  await sleep(50);
  makeRoom(outsider);
  await outsider.qiscus.idle();
  expect(arrivals).toHaveLength(3);
  expect(outsider.qiscus.hooks().map(({ status }) => status)).toEqual([null, 200, 200]);
  expect(outsider.qiscus.hooks()[0]?.answeredMs).toBeGreaterThanOrEqual(1490);
});

test('idle waits for what is held back, and not for ever once the emulator is closed', async () => {
  const outsider = await startOutsider({ reorderHooks: { probability: 1, delayMs: 400 } });
  const arrivals = await receiveHooks(outsider.qiscus);
  for (let n = 0; n < 4; n += 1) makeRoom(outsider);
  await outsider.qiscus.idle();
  expect(arrivals).toHaveLength(4);
  outsider.qiscus.switches.reorderHooks = { probability: 1, delayMs: 60_000 };
  makeRoom(outsider);
  await outsider.qiscus.close();
  await outsider.qiscus.idle();
});
