// Order and isolation of deliveries, as receivers see them (gitple-events.md §7.5, §7.6).
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Receiver } from '../../sandbox/receiver/start-receiver.ts';
import { fillBacklog } from '../makers/fill-backlog.ts';
import { eventually } from '../makers/start-test-usher.ts';
import { type Listening, startWithReceiver } from '../makers/start-with-receiver.ts';

interface Body {
  type: string;
  subjectId: string;
  seq: number;
}

const OWN = ['conversation.opened', 'conversation.assigned', 'conversation.requeued'];
const bodiesOf = ({ requests }: Receiver) =>
  requests.map(({ body }) => JSON.parse(body.toString()) as Body);
const seqsOf = (receiver: Receiver, id: string) =>
  bodiesOf(receiver)
    .filter(({ subjectId }) => subjectId === id)
    .map(({ seq }) => seq);
const arrived = (receiver: Receiver, count: number) =>
  eventually(
    () => receiver.requests.length,
    (found) => found >= count,
  );
const change = async ({ usher }: Listening, id: string, body: object) => {
  const answer = await usher.call('PATCH', `/api/v1/endpoints/${id}`, { body });
  expect(answer.status).toBe(200);
};
const unfinished = async ({ usher }: Listening) =>
  (await usher.database.pool.query(`select state from delivery where state in ('pending', 'held')`))
    .rowCount;
/** Back to the queue, and at once assigned again. */
const goAround = async (listening: Listening, id: string) => {
  const isAssigned = async () =>
    (await listening.usher.conversations('assigned')).some((one) => one.id === id);
  await eventually(isAssigned, Boolean);
  await listening.act(id, 'requeue');
  await eventually(isAssigned, Boolean);
};

/** With the spread of its intervals. */
const SWEEP_MS = 70_000;
const OPENED = 150;
/** For so long none of those that hang has been given up, which is after fifteen seconds. */
const NOT_GIVEN_UP_MS = 10_000;

test('G19: what an endpoint that never answers is sent delays no other, not even one at the same address', async () => {
  const { listen, open } = await startWithReceiver();
  const events = ['session_state_open'];
  const never = await listen({ events }, { behaviour: { fault: 'hang' } });
  const healthy = await listen({ events });
  const behaviour = ({ path }: { path: string }) =>
    path === '/hang' ? ({ fault: 'hang' } as const) : null;
  const shared = await listen({ events }, { behaviour });
  await listen({ events, url: `${shared.receiver.url}/hang` });
  for (let n = 0; n < OPENED; n += 1) await open();
  await arrived(healthy.receiver, OPENED);
  const sharedAt = (path: string) =>
    shared.receiver.requests.filter((request) => request.path === path);
  await eventually(
    () => sharedAt('/hook').length,
    (count) => count === OPENED,
  );
  const hanging = [...never.receiver.requests, ...sharedAt('/hang')];
  const until = Math.min(...hanging.map(({ at }) => at)) + NOT_GIVEN_UP_MS;
  const early = (requests: readonly { at: number }[]) =>
    requests.filter(({ at }) => at < until).length;
  expect([early(healthy.receiver.requests), early(sharedAt('/hook'))]).toEqual([OPENED, OPENED]);
  // Eight at a time, and none of them has been answered yet.
  expect([early(never.receiver.requests), early(sharedAt('/hang'))]).toEqual([8, 8]);
});

const deliveriesOf = async ({ usher }: Listening, endpointId: string) => {
  const { body } = await usher.call('GET', `/api/v1/endpoints/${endpointId}/deliveries`);
  return (body as { items: { id: string; type: string; attempts: number }[] }).items;
};

test('what waits behind a failed one is sent as soon as that is sent by hand, or no longer wanted', async () => {
  const listening = await startWithReceiver();
  const { listen, open, act, usher } = listening;
  const refuseOpening = ({ body }: { body: Buffer }) =>
    JSON.parse(body.toString()).type === 'conversation.opened' ? { status: 500 } : { status: 200 };
  const events = ['conversation.opened', 'conversation.closed'];
  const byHand = await listen({ events }, { behaviour: refuseOpening });
  const unbound = await listen({ events }, { behaviour: refuseOpening });
  const id = await open();
  for (const { endpoint } of [byHand, unbound]) {
    await eventually(
      () => deliveriesOf(listening, endpoint.id),
      ([opening]) => opening?.attempts === 1,
    );
  }
  // Further away than the test lasts.
  await usher.database.pool.query(`update delivery set due_at = due_at + interval '1 hour'`);
  await act(id, 'close');
  const putOff = async () =>
    (await usher.database.pool.query('select from delivery where behind_until is not null'))
      .rowCount;
  await eventually(putOff, (count) => count === 2);

  byHand.receiver.setBehaviour({ status: 200 });
  const [failed] = (await deliveriesOf(listening, byHand.endpoint.id)).filter(
    ({ type }) => type === 'conversation.opened',
  );
  await usher.call('POST', `/api/v1/deliveries/${failed?.id}/redeliver`);
  await arrived(byHand.receiver, 3);
  await change(listening, unbound.endpoint.id, { events: ['conversation.closed'] });
  await arrived(unbound.receiver, 2);
  expect(bodiesOf(unbound.receiver).at(-1)).toMatchObject({ type: 'conversation.closed' });
});

test('a failing replay holds up nothing that happens after it', async () => {
  const listening = await startWithReceiver();
  const { listen, open, act, usher } = listening;
  const events = ['conversation.opened', 'conversation.closed'];
  const { receiver, endpoint } = await listen({ events });
  const id = await open();
  await arrived(receiver, 1);
  receiver.setBehaviour(({ body }) =>
    JSON.parse(body.toString()).type === 'conversation.opened' ? { status: 500 } : { status: 200 },
  );
  const [sent] = await deliveriesOf(listening, endpoint.id);
  await usher.call('POST', `/api/v1/deliveries/${sent?.id}/redeliver`);
  await arrived(receiver, 2);
  await eventually(
    () => deliveriesOf(listening, endpoint.id),
    (all) => all.some(({ attempts }, place) => place === 0 && attempts === 1),
  );
  await usher.database.pool.query(
    `update delivery set due_at = due_at + interval '1 hour' where state = 'pending'`,
  );
  await act(id, 'close');
  await arrived(receiver, 3);
  expect(bodiesOf(receiver).at(-1)).toMatchObject({ type: 'conversation.closed' });
});

test('a paused endpoint is sent later what happened meanwhile, in order', async () => {
  const listening = await startWithReceiver();
  const { listen, open, addAgent } = listening;
  const { receiver, endpoint } = await listen({ events: OWN });
  await addAgent();
  const id = await open();
  await arrived(receiver, 2);
  receiver.setBehaviour({ status: 500 });
  await goAround(listening, id);
  await arrived(receiver, 3);
  await change(listening, endpoint.id, { enabled: false });
  await goAround(listening, id);
  await goAround(listening, id);
  await sleep(300);
  const before = seqsOf(receiver, id);
  expect([...new Set(before)]).toEqual([1, 2, 3]);
  receiver.setBehaviour({ status: 200 });
  await change(listening, endpoint.id, { enabled: true });
  await eventually(() => seqsOf(receiver, id).at(-1) === 8, Boolean);
  expect(seqsOf(receiver, id)).toEqual([...before, 3, 4, 5, 6, 7, 8]);
  await eventually(
    () => unfinished(listening),
    (left) => left === 0,
  );
});

test('a paused endpoint that drops what was held is sent only what happens afterwards', async () => {
  const listening = await startWithReceiver();
  const { listen, open, addAgent } = listening;
  const { receiver, endpoint } = await listen({ events: OWN });
  await addAgent();
  const id = await open();
  await arrived(receiver, 2);
  // Paused while the third is under way, which then has to be repeated.
  receiver.setBehaviour({ status: 500, afterMs: 300 });
  await goAround(listening, id);
  await arrived(receiver, 3);
  await change(listening, endpoint.id, { enabled: false });
  await goAround(listening, id);
  await eventually(
    async () => (await heldOf(listening, endpoint.id)).length,
    (held) => held === 4,
  );
  receiver.setBehaviour({ status: 200 });
  await change(listening, endpoint.id, { enabled: true, held: 'drop' });
  await goAround(listening, id);
  await eventually(() => seqsOf(receiver, id).at(-1) === 8, Boolean);
  await eventually(
    () => unfinished(listening),
    (left) => left === 0,
  );
  // On a slow machine the third is repeated before the pause comes.
  expect([...new Set(seqsOf(receiver, id))]).toEqual([1, 2, 3, 7, 8]);
});

test('what is written as held at the very moment of the resuming is sent all the same', async () => {
  const listening = await startWithReceiver();
  const { listen, open, usher } = listening;
  const { receiver, endpoint } = await listen({ events: OWN, enabled: false });
  const id = await open();
  const late = await usher.database.pool.connect();
  await late.query('begin; set local idle_in_transaction_session_timeout = 0');
  await fillBacklog(late, { endpointId: endpoint.id, events: 3 });
  await change(listening, endpoint.id, { enabled: true });
  await late.query('commit');
  late.release();
  // No news tells of it: a sweep finds it.
  await listening.advance(SWEEP_MS);
  await arrived(receiver, 3);
  expect(seqsOf(receiver, id)).toEqual([1, 2, 3]);
});

const heldOf = async ({ usher }: Listening, endpointId: string) => {
  const path = `/api/v1/endpoints/${endpointId}/deliveries?state=held`;
  return ((await usher.call('GET', path)).body as { items: unknown[] }).items;
};

test('a backlog of 2,000, a quarter of it of one conversation, drains completely and in order', async () => {
  const listening = await startWithReceiver();
  const { listen, open, usher } = listening;
  const { receiver, endpoint } = await listen({ events: ['conversation.opened'], enabled: false });
  const { pool } = usher.database;
  await open();
  await fillBacklog(pool, { endpointId: endpoint.id, events: 500 });
  await pool.query(`update delivery set state = 'failed'`);
  for (let n = 0; n < 50; n += 1) await open();
  await fillBacklog(pool, { endpointId: endpoint.id, events: 30 });
  await pool.query(`update delivery set state = 'held'`);
  await change(listening, endpoint.id, { enabled: true });
  await eventually(
    () => unfinished(listening),
    (left) => left === 0,
    90_000,
  );
  const streams = Map.groupBy(bodiesOf(receiver), ({ subjectId }) => subjectId);
  expect([...streams.values()].map((all) => all.length).sort((a, b) => b - a)).toEqual([
    500,
    ...Array(50).fill(30),
  ]);
  for (const all of streams.values()) {
    expect(all.map(({ seq }) => seq)).toEqual(all.map((_, index) => index + 1));
  }
}, 120_000);
