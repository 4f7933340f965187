// What becomes of an endpoint that fails and fails (gitple-events.md §7.6, §7.7).
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Behaviour } from '../../sandbox/receiver/behaviour.ts';
import type { ReceivedRequest } from '../../sandbox/receiver/received-request.ts';
import type { Receiver } from '../../sandbox/receiver/start-receiver.ts';
import { eventually } from '../makers/start-test-usher.ts';
import { type Listening, startWithReceiver } from '../makers/start-with-receiver.ts';

const DAY_MS = 86_400_000;
const arrived = (receiver: Receiver, count: number) =>
  eventually(
    () => receiver.requests.length,
    (found) => found >= count,
  );
/** Of so many different events: one that is sent again counts once. */
const seen = (receiver: Receiver, count: number) =>
  eventually(
    () => [...receiver.firstSeen().values()].flat().length,
    (found) => found >= count,
  );
const typesOf = ({ requests }: Receiver) =>
  requests.map(({ body }) => JSON.parse(body.toString()) as Record<string, unknown>);
const show = async ({ usher }: Listening, id: string) =>
  (await usher.call('GET', `/api/v1/endpoints/${id}`)).body as {
    state: string;
    failures: number;
    disabledReason: string | null;
  };
const failures = (listening: Listening, id: string, count: number) =>
  eventually(
    () => show(listening, id),
    (endpoint) => endpoint.failures >= count,
  );

test('after five days and ten failures without a success it is switched off, others are told, and it can be resumed', async () => {
  const listening = await startWithReceiver();
  const { listen, open, act, advance, usher } = listening;
  const watcher = await listen({ events: ['endpoint.disabled'] });
  const { receiver, endpoint } = await listen({}, { behaviour: { status: 500 } });
  for (let n = 0; n < 9; n += 1) await open();
  await failures(listening, endpoint.id, 9);
  await advance(6 * DAY_MS);
  // Days without a success alone are not enough, so the ninth repeats would do it: none may come before.
  await failures(listening, endpoint.id, 10);
  expect(await eventually(() => show(listening, endpoint.id), isDisabled)).toMatchObject({
    disabledReason: 'failing',
  });
  await arrived(watcher.receiver, 1);
  expect(typesOf(watcher.receiver)).toMatchObject([
    { type: 'endpoint.disabled', subjectId: endpoint.id, data: { reason: 'failing' } },
  ]);
  const [first] = await usher.conversations();
  await act(first?.id ?? '', 'close');
  const before = receiver.requests.length;
  await sleep(400);
  expect(receiver.requests).toHaveLength(before);
  receiver.setBehaviour({ status: 200 });
  receiver.forget();
  await usher.call('PATCH', `/api/v1/endpoints/${endpoint.id}`, { body: { enabled: true } });
  await seen(receiver, 10);
  expect(await eventually(() => show(listening, endpoint.id), isHealthy)).toMatchObject({
    failures: 0,
  });
  const types = new Map(typesOf(receiver).map((body) => [body.triggerId, body.type]));
  const order = receiver.firstSeen().get(first?.id ?? '');
  expect(order?.map((id) => types.get(id))).toEqual(['session_state_open', 'session_state_close']);
});

const isDisabled = ({ state }: { state: string }) => state === 'disabled';
const isHealthy = ({ state }: { state: string }) => state === 'healthy';

test('five days with fewer than ten failures, or ten failures within five days, switch nothing off', async () => {
  const listening = await startWithReceiver();
  const { listen, open, advance } = listening;
  const few = await listen({}, { behaviour: { status: 500 } });
  for (let n = 0; n < 4; n += 1) await open();
  await failures(listening, few.endpoint.id, 4);
  const quick = await listen({}, { behaviour: { status: 500 } });
  for (let n = 0; n < 4; n += 1) await open();
  await failures(listening, few.endpoint.id, 8);
  await advance(4.9 * DAY_MS);
  await failures(listening, quick.endpoint.id, 5);
  expect((await show(listening, quick.endpoint.id)).state).not.toBe('disabled');
});

/** Counts the requests that are under way at the same time. */
function countAtOnce(answer: () => Behaviour) {
  const atOnce = { now: 0, most: 0 };
  const behaviour = (_request: ReceivedRequest): Behaviour => {
    atOnce.now += 1;
    atOnce.most = Math.max(atOnce.most, atOnce.now);
    setTimeout(() => (atOnce.now -= 1), 50);
    return answer();
  };
  return { atOnce, behaviour };
}

test('after ten failures in a row it is probed by one request at a time, and after a success gets all in order', async () => {
  const listening = await startWithReceiver();
  const { listen, open, act, advance } = listening;
  let answer: Behaviour = { status: 500, afterMs: 50 };
  const { atOnce, behaviour } = countAtOnce(() => answer);
  const { receiver, endpoint } = await listen({}, { behaviour });
  const ids: string[] = [];
  for (let n = 0; n < 40; n += 1) ids.push(await open());
  await failures(listening, endpoint.id, 10);
  for (const id of ids) await act(id, 'close');
  // What was under way when the tenth failed has ended.
  await sleep(500);
  const before = receiver.requests.length;
  atOnce.most = 0;
  for (let n = 0; n < 3; n += 1) {
    await advance(6000);
    await arrived(receiver, before + n + 1);
    await sleep(300);
  }
  expect(atOnce.most).toBe(1);
  expect(receiver.requests.length).toBeLessThan(before + 10);
  answer = { status: 200, afterMs: 50 };
  receiver.forget();
  await advance(600_000);
  await seen(receiver, 80);
  const order = receiver.firstSeen();
  expect(order.size).toBe(40);
  const types = new Map(typesOf(receiver).map((body) => [body.triggerId, body.type]));
  for (const triggers of order.values()) {
    expect(triggers.map((id) => types.get(id))).toEqual([
      'session_state_open',
      'session_state_close',
    ]);
  }
  expect(atOnce.most).toBeGreaterThan(1);
  expect(atOnce.most).toBeLessThanOrEqual(8);
});
