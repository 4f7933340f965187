// The switches of the emulator: how it answers when it is told to, and what takes effect then.
import { expect, test } from 'vitest';
import type { Behaviour, Plan } from './behaviour.ts';
import { repeatedly } from './behaviour.ts';
import { agentMessage, startTestMailroom, startTestWorld } from './test-mailroom.ts';

async function startWith(plan: Plan, options: { random?: () => number } = {}) {
  const world = await startTestWorld(options);
  const { ticketUuid } = await world.open();
  world.mailroom.setBehaviour(plan);
  let count = 0;
  const say = (timeoutMs = 10_000) =>
    world.post(agentMessage(ticketUuid, { text: `${++count}` }), { timeoutMs });
  const texts = () => world.organisation.ticket(ticketUuid)?.messages.map(({ text }) => text);
  return { ...world, say, texts, ticketUuid };
}

test.each([400, 401, 408, 418, 429, 500, 502, 503, 504])(
  'answers %i, without effect',
  async (status) => {
    const { say, texts, mailroom } = await startWith({ status });
    expect(await say()).toMatchObject({ status });
    expect(texts()).toEqual([]);
    expect(mailroom.callbacks[0]).toMatchObject({ handled: false, answer: { status } });
  },
);

test('speaks as mailroom does with a status, unless told a body', async () => {
  const { say, ticketUuid } = await startWith([
    { status: 401 },
    { status: 404 },
    { status: 400 },
    { status: 404, body: { error: 'no such ticketer x' } },
    { status: 502, body: '"<html>"' },
    { status: 202 },
    { status: 204, handled: true },
  ]);
  expect(await say()).toMatchObject({ json: { status: 'unauthorized' } });
  expect(await say()).toMatchObject({ json: { error: `no such ticket ${ticketUuid}` } });
  expect(await say()).toMatchObject({ json: { error: 'emulated 400' } });
  expect(await say()).toMatchObject({ json: { error: 'no such ticketer x' } });
  expect(await say()).toMatchObject({ json: '<html>' });
  expect(await say()).toMatchObject({ status: 202, json: { status: 'handled' } });
  expect(await say()).toMatchObject({ status: 204, json: '' });
});

test('says when to come back, in seconds or as a date', async () => {
  const at = new Date('2030-01-01T00:00:00Z');
  const { say } = await startWith([
    { status: 429, retryAfter: 3 },
    { status: 503, retryAfter: at },
  ]);
  expect(await say()).toMatchObject({ headers: { 'retry-after': '3' } });
  expect(await say()).toMatchObject({ headers: { 'retry-after': at.toUTCString() } });
});

test('counts those who follow its redirect', async () => {
  const { say, mailroom, post, texts } = await startWith([{ status: 307 }]);
  const answer = await say();
  const { headers } = answer as { headers: Record<string, string> };
  expect(await post('{}', { path: new URL(headers.location ?? '').pathname })).toMatchObject({
    status: 200,
  });
  expect([mailroom.callbacks.length, mailroom.redirected.length, texts()]).toEqual([1, 1, []]);
});

const faults: [Behaviour, unknown][] = [
  [{ fault: 'hang' }, { error: 'timeout' }],
  [{ fault: 'reset' }, { error: 'ECONNRESET' }],
  [{ fault: 'half-body' }, { status: 200, error: 'unexpected-end' }],
];
test.each(faults)('breaks off by %j, before the effect or after it', async (fault, seen) => {
  const { say, texts, mailroom } = await startWith([fault, { ...fault, handled: true }]);
  expect(await say(2000)).toMatchObject(seen as object);
  expect(await say(2000)).toMatchObject(seen as object);
  expect(texts()).toEqual(['2']);
  expect(mailroom.callbacks).toMatchObject([{ handled: false }, { handled: true }]);
});

test('processes at once and answers late', async () => {
  const { say, texts } = await startWith([{ afterMs: 6000 }]);
  expect(await say(2000)).toEqual({ error: 'timeout' });
  expect(texts()).toEqual(['1']);
  expect(await say()).toMatchObject({ status: 200 });
});

test('a status after the effect: the sender repeats what the customer has', async () => {
  const { post, texts, mailroom, ticketUuid } = await startWith([{ status: 500, handled: true }]);
  expect(await post(agentMessage(ticketUuid))).toMatchObject({ status: 500 });
  expect(await post(agentMessage(ticketUuid))).toMatchObject({ status: 200 });
  expect(texts()).toEqual(['Hi', 'Hi']);
  expect(mailroom.repeats()).toMatchObject([{ times: 2, handled: 2 }]);
});

test('refuses so many times, and then handles', async () => {
  const { say, texts } = await startWith(repeatedly(3, { status: 400 }));
  const seen = [await say(), await say(), await say(), await say()];
  expect(seen.map((answer) => 'status' in answer && answer.status)).toEqual([400, 400, 400, 200]);
  expect(texts()).toEqual(['4']);
});

test('draws from a lottery, and asks a function', async () => {
  // The first is for the wait that opening the ticket did not need.
  const drawn = [0.5, 0.1, 0.3, 0.9];
  const draws = [
    { probability: 0.2, behaviour: { status: 500 } },
    { probability: 0.2, behaviour: { status: 503 } },
  ];
  const random = () => drawn.shift() ?? 0;
  const { say, mailroom } = await startWith({ draws }, { random });
  const seen = [await say(), await say(), await say()];
  expect(seen).toMatchObject([{ status: 500 }, { status: 503 }, { status: 200 }]);
  mailroom.setBehaviour(({ event }) =>
    JSON.stringify(event?.data).includes('5') ? { status: 429 } : null,
  );
  expect([await say(), await say()]).toMatchObject([{ status: 200 }, { status: 429 }]);
});

test('goes down and comes back on the same port, with all it knew', async () => {
  const { say, mailroom, texts } = await startWith([{ fault: 'hang' }]);
  const hanging = say();
  while (mailroom.callbacks.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  await mailroom.goDown();
  expect(await hanging).toMatchObject({ error: expect.stringMatching(/RESET|unexpected-end/) });
  expect(await say()).toEqual({ error: 'ECONNREFUSED' });
  await mailroom.comeBack();
  expect(await say()).toMatchObject({ status: 200 });
  expect(texts()).toEqual(['3']);
});

test('tells of a request when it has been answered, and never of half a request', async () => {
  const told: unknown[] = [];
  const mailroom = await startTestMailroom({ onArrival: ({ answer }) => told.push(answer) });
  const organisation = mailroom.addOrganisation({
    ticketer: { baseUrl: mailroom.url, secret: 's', adminUserId: 'a', adminAuthToken: 't' },
  });
  const half = { upTo: 200, afterwards: 'cut' as const };
  await organisation.request({ method: 'POST', path: '/x', body: 'a'.repeat(99), travel: half });
  await organisation.request({ method: 'POST', path: '/x', body: 'b' });
  expect(told).toEqual([{ status: 404, body: '{"error":"not found: /x"}' }]);
  expect(mailroom.callbacks).toHaveLength(1);
});
