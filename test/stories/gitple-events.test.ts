// The Gitple Event APIs contract, as a receiver sees it (gitple-events.md §3–§9).
import { expect, test } from 'vitest';
import type { Receiver } from '../../sandbox/receiver/start-receiver.ts';
import type { EndpointTestResult } from '../../src/contract/endpoints.ts';
import { eventually } from '../makers/start-test-usher.ts';
import { SECRET, startWithReceiver } from '../makers/start-with-receiver.ts';

interface Body {
  triggerId: string;
  ctime: string;
  appCode: string;
  type: string;
  session: Record<string, unknown>;
}

const bodiesOf = ({ requests }: Receiver) =>
  requests.map(({ body }) => JSON.parse(body.toString()) as Body);
const arrived = (receiver: Receiver, count: number) =>
  eventually(
    () => receiver.requests.length,
    (found) => found >= count,
  );
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

test('G10: open, assigned and closed arrive in this order, signed, each with an id of its own', async () => {
  const { listen, open, addAgent, act } = await startWithReceiver();
  const { receiver } = await listen();
  const id = await open();
  await arrived(receiver, 1);
  const agentId = await addAgent();
  await arrived(receiver, 2);
  await act(id, 'close', { note: 'session_note_message', tags: ['sss'], categories: ['aaa'] });
  await arrived(receiver, 3);
  const bodies = bodiesOf(receiver);
  expect(bodies.map(({ type }) => type)).toEqual([
    'session_state_open',
    'session_state_inprogress',
    'session_state_close',
  ]);
  expect(new Set(bodies.map(({ triggerId }) => triggerId)).size).toBe(3);
  expect(receiver.unsigned()).toEqual([]);
  const [first, second, third] = bodies.map(({ session }) => session);
  expect(Object.keys(first ?? {})).toEqual([
    'id',
    'openTime',
    'reason',
    'userId',
    'userGroups',
    'categories',
    'tags',
    'note',
    'meta',
  ]);
  expect(first).toMatchObject({ id, reason: 'user', note: '', meta: [] });
  expect(second).toMatchObject({ id, reason: 'auto', assigneeType: 'agent', assigneeId: agentId });
  expect(Object.keys(third ?? {})).toEqual([
    'id',
    'openTime',
    'inprogressTime',
    'closeTime',
    'reason',
    'userId',
    'userGroups',
    'assigneeType',
    'assigneeId',
    'categories',
    'tags',
    'note',
    'meta',
  ]);
  expect(third).toMatchObject({
    reason: 'agent',
    assigneeId: agentId,
    categories: ['aaa'],
    tags: ['sss'],
    note: 'session_note_message',
  });
  for (const { ctime, session } of bodies) {
    for (const time of [ctime, session.openTime]) expect(time).toMatch(TIME);
  }
});

test('the headers are exactly those of the contract', async () => {
  const { listen, open } = await startWithReceiver();
  const { receiver } = await listen();
  await open();
  await arrived(receiver, 1);
  const [request] = receiver.requests;
  expect(request?.method).toBe('POST');
  expect(request?.headers['content-type']).toBe('application/json');
  expect(request?.headers['user-agent']).toMatch(/^Usher\/\d+\.\d+\.\d+$/);
  expect(request?.rawHeaders).toContain('X-Hub-Signature');
  expect(request?.headers['webhook-id']).toBe(bodiesOf(receiver)[0]?.triggerId);
});

test('G11: a conversation that is closed while it waits sends open and close, without an assignee', async () => {
  const { listen, open, act } = await startWithReceiver();
  const { receiver } = await listen();
  await act(await open(), 'close', { reason: 'userCancel' });
  await arrived(receiver, 2);
  const [first, second] = bodiesOf(receiver);
  expect([first?.type, second?.type]).toEqual(['session_state_open', 'session_state_close']);
  expect(second?.session.reason).toBe('userCancel');
  for (const key of ['assigneeId', 'assigneeType', 'inprogressTime']) {
    expect(second?.session).not.toHaveProperty(key);
  }
});

test('G12: a transfer is a second inprogress with the new assignee, to an agent or by way of a team', async () => {
  const { usher, listen, open, addAgent, act } = await startWithReceiver();
  const { receiver } = await listen({ events: ['session_state_inprogress'] });
  const first = await addAgent({ name: 'Ana' });
  const id = await open();
  await arrived(receiver, 1);
  const second = await addAgent({ name: 'Budi' });
  await act(id, 'transfer', { agentId: second });
  await arrived(receiver, 2);
  const { body } = await usher.call('POST', '/api/v1/teams', { body: { name: 'Sales' } });
  const teamId = (body as { id: string }).id;
  await usher.call('PATCH', `/api/v1/agents/${first}`, { body: { teamIds: [teamId] } });
  await act(id, 'transfer', { teamId });
  await arrived(receiver, 3);
  expect(bodiesOf(receiver).map(({ session }) => [session.reason, session.assigneeId])).toEqual([
    ['auto', first],
    ['transfer', second],
    ['transfer', first],
  ]);
});

test('a return to the queue has no Gitple event, and the next assignment is told again', async () => {
  const { listen, open, addAgent, act } = await startWithReceiver();
  const gitple = await listen();
  const own = await listen({ events: ['conversation.requeued'] });
  await addAgent();
  const id = await open();
  await arrived(gitple.receiver, 2);
  await act(id, 'requeue', { reason: 'lunch' });
  await arrived(gitple.receiver, 3);
  expect(bodiesOf(gitple.receiver).map(({ type }) => type)).toEqual([
    'session_state_open',
    'session_state_inprogress',
    'session_state_inprogress',
  ]);
  await arrived(own.receiver, 1);
  const [requeued] = bodiesOf(own.receiver) as unknown as Record<string, unknown>[];
  expect(requeued).toMatchObject({
    type: 'conversation.requeued',
    subjectId: id,
    conversation: { id, state: 'waiting' },
    data: { reason: 'lunch' },
  });
});

test('what the agent filled in at the end is told item by item', async () => {
  const { listen, open, act } = await startWithReceiver();
  const { receiver } = await listen({ events: ['session_state_close'] });
  const meta = [
    { type: 'input', name: 'order', value: '4711' },
    { type: 'select', name: 'topic', value: [{ name: 'Refund', value: 'refund' }] },
    { type: 'textarea', name: 'remark', value: null },
  ];
  await act(await open(), 'close', { meta });
  await act(await open(), 'close', { meta: { order: '4712' } });
  await arrived(receiver, 2);
  const metas = bodiesOf(receiver).map(({ session }) => session.meta);
  expect(metas).toContainEqual(meta);
  expect(metas).toContainEqual([{ type: 'input', name: 'order', value: '4712' }]);
});

test('G13: two failures and a success are three times the same id and bytes, at the times of the schedule', async () => {
  const { usher, listen, open, advance } = await startWithReceiver();
  const { pool } = usher.database;
  const { receiver } = await listen(
    { events: ['session_state_open'] },
    { behaviour: [{ status: 500 }, { status: 500 }] },
  );
  let before = await clockOf(pool);
  await open();
  const waits: { least: number; most: number }[] = [];
  for (const [attempt, delay] of [
    [1, 5000],
    [2, 300_000],
  ] as const) {
    await arrived(receiver, attempt);
    const due = await eventually(
      () => nextDue(pool),
      (row) => row?.attempts === attempt,
    );
    // The attempt ended somewhere between the two looks at the clock.
    const took = (due?.now ?? 0) - before;
    const waitMs = due?.waitMs ?? 0;
    waits.push({ least: waitMs / delay, most: (waitMs + took) / delay });
    await advance(delay * 1.1);
    before = await clockOf(pool);
  }
  await arrived(receiver, 3);
  for (const { least, most } of waits) {
    expect(most).toBeGreaterThan(0.85);
    expect(least).toBeLessThan(1.11);
  }
  expect(receiver.repeats()).toEqual([
    { id: bodiesOf(receiver)[0]?.triggerId, times: 3, identical: true },
  ]);
  expect(receiver.unsigned()).toEqual([]);
});

type Pool = Awaited<ReturnType<typeof startWithReceiver>>['usher']['database']['pool'];

async function nextDue(
  pool: Pool,
): Promise<{ waitMs: number; attempts: number; now: number } | undefined> {
  const { rows } = await pool.query(
    `select extract(epoch from due_at - looked)::float8 * 1000 as "waitMs", attempts,
      extract(epoch from looked)::float8 * 1000 as now
    from delivery, clock_timestamp() as looked where state = 'pending'`,
  );
  return rows[0];
}

async function clockOf(pool: Pool): Promise<number> {
  const { rows } = await pool.query(
    'select extract(epoch from clock_timestamp())::float8 * 1000 as now',
  );
  return rows[0].now;
}

/** Until it is written down how so many attempts have ended: what has only arrived is under way. */
const ended = (pool: Pool, attempts: number) =>
  eventually(
    () => pool.query(`select attempts from delivery where state = 'pending'`),
    ({ rows }) => rows.some((row) => row.attempts === attempts),
  );

test('G15: a redirect is a failure and is not followed', async () => {
  const { usher, listen, open } = await startWithReceiver();
  const { receiver, endpoint } = await listen(
    { events: ['session_state_open'] },
    { behaviour: { status: 302 } },
  );
  await open();
  await eventually(
    () => nextDue(usher.database.pool),
    (row) => row?.attempts === 1,
  );
  expect(receiver.redirected).toEqual([]);
  const { body } = await usher.call('GET', `/api/v1/endpoints/${endpoint.id}/deliveries`);
  expect(body).toMatchObject({ items: [{ state: 'pending', outcome: 'answered 302' }] });
});

test('G16: 410 switches the endpoint off at once, and the admins are told by an event', async () => {
  const { usher, listen, open } = await startWithReceiver();
  const watcher = await listen({ events: ['endpoint.disabled'] });
  const { receiver, endpoint } = await listen({}, { behaviour: { status: 410 } });
  await open();
  await arrived(watcher.receiver, 1);
  const shown = await usher.call('GET', `/api/v1/endpoints/${endpoint.id}`);
  expect(shown.body).toMatchObject({ enabled: false, disabledReason: 'gone', state: 'disabled' });
  await open();
  await new Promise((done) => setTimeout(done, 400));
  expect(receiver.requests).toHaveLength(1);
  expect(bodiesOf(watcher.receiver)[0]).toMatchObject({
    type: 'endpoint.disabled',
    data: { reason: 'gone' },
  });
});

test('G17: an endpoint that asks for time gets it', async () => {
  const { usher, listen, open } = await startWithReceiver();
  await listen(
    { events: ['session_state_open'] },
    { behaviour: [{ status: 429, retryAfter: 120 }] },
  );
  await open();
  const due = await eventually(
    () => nextDue(usher.database.pool),
    (row) => row?.attempts === 1,
  );
  expect(due?.waitMs).toBeGreaterThan(115_000);
});

test('G18: an event that is refused four times no longer holds back those behind it', async () => {
  const { usher, listen, open, addAgent, act, advance } = await startWithReceiver();
  const { receiver } = await listen(
    {},
    {
      behaviour: ({ body }) => (body.includes('session_state_open') ? { status: 400 } : null),
    },
  );
  await addAgent();
  const id = await open();
  await arrived(receiver, 1);
  await eventually(
    () => usher.conversations('assigned'),
    (found) => found.length === 1,
  );
  await act(id, 'close');
  for (const [attempt, delay] of [
    [1, 6000],
    [2, 330_000],
    [3, 1_980_000],
  ] as const) {
    await arrived(receiver, attempt);
    expect(bodiesOf(receiver).every(({ type }) => type === 'session_state_open')).toBe(true);
    await ended(usher.database.pool, attempt);
    await advance(delay);
  }
  await arrived(receiver, 6);
  expect(bodiesOf(receiver).map(({ type }) => type)).toEqual([
    ...Array(4).fill('session_state_open'),
    'session_state_inprogress',
    'session_state_close',
  ]);
});

test('G22: a certificate that nobody vouches for is refused unless its check is switched off', async () => {
  const { usher, listen, open, advance } = await startWithReceiver();
  const { receiver, endpoint } = await listen({ events: ['session_state_open'] }, { tls: true });
  await open();
  await eventually(
    () => nextDue(usher.database.pool),
    (row) => row?.attempts === 1,
  );
  const path = `/api/v1/endpoints/${endpoint.id}`;
  const { body } = await usher.call('GET', `${path}/deliveries`);
  expect(body).toMatchObject({ items: [{ outcome: 'tls' }] });
  expect(receiver.requests).toEqual([]);
  const changed = await usher.call('PATCH', path, { body: { verifyTls: false } });
  expect((changed.body as { warnings: string[] }).warnings.join()).toContain('certificate');
  await advance(6000);
  await arrived(receiver, 1);
});

test('G23: a replay has the same id and body, a fresh signature and an entry of its own in the log', async () => {
  const { usher, listen, open } = await startWithReceiver();
  const { receiver, endpoint } = await listen({ events: ['session_state_open'] });
  await open();
  await arrived(receiver, 1);
  const path = `/api/v1/endpoints/${endpoint.id}/deliveries`;
  const list = async () =>
    (await usher.call('GET', path)).body as {
      items: { id: string; state: string; replayOf: string | null }[];
    };
  const { items } = await eventually(list, (page) => page.items[0]?.state === 'done');
  const again = await usher.call('POST', `/api/v1/deliveries/${items[0]?.id}/redeliver`);
  expect(again.status).toBe(202);
  await arrived(receiver, 2);
  expect(receiver.repeats()).toMatchObject([{ times: 2, identical: true }]);
  expect(receiver.unsigned()).toEqual([]);
  const after = await eventually(list, (page) => page.items[0]?.state === 'done');
  expect(after.items.map(({ replayOf }) => replayOf)).toEqual([items[0]?.id, null]);
});

test('G24, G25: an external message reaches whoever is bound to it, and the agent sees what became of it', async () => {
  const { usher, listen, open, advance } = await startWithReceiver();
  const { receiver, endpoint } = await listen(
    { events: ['send_external_message'] },
    { behaviour: ({ time }) => (time < 5 ? { status: 503 } : null) },
  );
  const conversation = await usher.call('GET', `/api/v1/conversations/${await open()}`);
  const contact = (conversation.body as { contact: { id: string; externalId: string } }).contact;
  const path = `/api/v1/contacts/${contact.id}/external-message`;
  const text = '  안녕하세요 👋\n';
  const sent = await usher.call('POST', path, { body: { text } });
  expect(sent.status).toBe(202);
  await arrived(receiver, 1);
  expect(bodiesOf(receiver)[0]).toMatchObject({
    ...(sent.body as object),
    type: 'send_external_message',
    from: { type: 'agent' },
    to: {
      type: 'user',
      id: contact.id,
      identifier: contact.externalId,
      anonymous: false,
      lang: 'en',
      groups: [],
      tags: [],
    },
    message: { type: 'text/plain', content: text },
  });
  type Listed = {
    available: boolean;
    items: { state: string; deliveries: { id: string; status: number }[] }[];
  };
  const list = async () => (await usher.call('GET', `${path}s`)).body as Listed;
  expect((await list()).items[0]?.state).toBe('sending');
  for (const [attempt, delay] of [
    [1, 6000],
    [2, 330_000],
    [3, 1_980_000],
  ] as const) {
    await arrived(receiver, attempt);
    await ended(usher.database.pool, attempt);
    await advance(delay);
  }
  const failed = await eventually(list, ({ items }) => items[0]?.state === 'failed');
  expect(failed.items[0]?.deliveries).toMatchObject([{ status: 503 }]);
  const made = await usher.call('POST', '/api/v1/tokens', { body: { name: 'Ana', role: 'agent' } });
  const again = `/api/v1/deliveries/${failed.items[0]?.deliveries[0]?.id}/redeliver`;
  const { token } = made.body as { token: string };
  expect((await usher.call('POST', again, { token })).status).toBe(202);
  await eventually(list, ({ items }) => items[0]?.state === 'sent');
  await usher.call('PATCH', `/api/v1/endpoints/${endpoint.id}`, { body: { events: [] } });
  const refused = await usher.call('POST', path, { body: { text } });
  expect([refused.status, (refused.body as { code: string }).code]).toEqual([
    409,
    'external-message.no-endpoint',
  ]);
  expect((await list()).available).toBe(false);
});

test('a test event is sent once, with an id that says so, and its answer is shown', async () => {
  const { usher, listen } = await startWithReceiver();
  const { receiver, endpoint } = await listen({}, { behaviour: [{ status: 418 }] });
  const path = `/api/v1/endpoints/${endpoint.id}/test`;
  const failed = (await usher.call('POST', path, { body: {} })).body as EndpointTestResult;
  expect(failed).toMatchObject({ delivered: false, status: 418 });
  const type = 'session_state_close';
  const done = (await usher.call('POST', path, { body: { type } })).body as EndpointTestResult;
  expect(done).toMatchObject({ delivered: true, type, result: 'delivered' });
  expect(receiver.requests.map(({ id }) => id)).toEqual([failed.triggerId, done.triggerId]);
  expect(done.triggerId).toMatch(/^test_/);
  expect(bodiesOf(receiver)[1]?.triggerId).toBe(done.triggerId);
  expect(receiver.unsigned()).toEqual([]);
  const unbound = await usher.call('POST', path, { body: { type: 'conversation.closed' } });
  expect(unbound.status).toBe(409);
});

test('rotation: the old secret signs too until its time is over, and neither is ever shown', async () => {
  const { usher, listen, open, advance } = await startWithReceiver();
  const { receiver, endpoint } = await listen({ events: ['session_state_open'] });
  const path = `/api/v1/endpoints/${endpoint.id}`;
  const body = { secret: 'newsecret', keepOldSecretSeconds: 3600 };
  const changed = await usher.call('PATCH', path, { body });
  expect(changed.body).toMatchObject({ hasSecret: true, librarySecret: 'whsec_bmV3c2VjcmV0' });
  // By then every node knows it.
  await advance(1000);
  await open();
  await arrived(receiver, 1);
  const signatures = (n: number) =>
    String(receiver.requests[n]?.headers['webhook-signature']).split(' ');
  expect(signatures(0)).toHaveLength(2);
  receiver.setSecrets(['newsecret']);
  await advance(3_600_000);
  await open();
  await arrived(receiver, 2);
  expect(signatures(1)).toHaveLength(1);
  expect(receiver.unsigned()).toEqual([]);
  const shown = [await usher.call('GET', path), await usher.call('GET', '/api/v1/audit')];
  for (const { text } of shown) expect(text).not.toMatch(new RegExp(`${SECRET}|newsecret`));
});

test('without a secret there is no signature, and the answer warns', async () => {
  const { usher, listen, open } = await startWithReceiver();
  const { receiver, endpoint } = await listen({ secret: '' });
  const shown = await usher.call('GET', `/api/v1/endpoints/${endpoint.id}`);
  expect((shown.body as { warnings: string[] }).warnings.join()).toMatch(/HTTPS.*no secret/);
  await open();
  await arrived(receiver, 1);
  const { headers } = receiver.requests[0] ?? { headers: {} };
  expect(headers).not.toHaveProperty('x-hub-signature');
  expect(headers).not.toHaveProperty('webhook-signature');
  expect(headers).toHaveProperty('webhook-id');
});
