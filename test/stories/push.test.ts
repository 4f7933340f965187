// What waits for a person is pushed to their devices while nobody looks at a tab, and a phone that sleeps counts by its answers.
import { expect, test } from 'vitest';
import { signInAs } from '../makers/browse.ts';
import { eventually } from '../makers/start-test-usher.ts';
import { putOffer } from '../makers/start-with-offers.ts';
import {
  ASLEEP_MS,
  addPhonePerson,
  fallAsleep,
  pushed,
  startWithPush,
  subscribe,
} from '../makers/start-with-push.ts';

const online = { body: { availability: 'online' } };
const ANSWER_SECONDS = 20;

test('a conversation that is given is pushed once, encrypted and signed, with the name and no words', async () => {
  const world = await startWithPush();
  const { usher, service, open, write, heldBy } = world;
  const { agentId, phone } = await addPhonePerson(world);
  await usher.call('PATCH', `/api/v1/agents/${agentId}`, online);
  const conversation = await open('Eka');
  await heldBy(conversation.id, agentId);
  const [one] = await pushed(service, phone.id, 1);
  expect(one).toMatchObject({
    content: { kind: 'given', conversationId: conversation.id, name: 'Eka', text: null },
    urgency: 'high',
    sender: { sub: 'mailto:ops@example.com' },
  });
  expect(one?.ttl).toBeGreaterThan(3500);
  await usher.clock.advance(5000);
  await write(conversation, 'My card is 4111 1111');
  const [, two] = await pushed(service, phone.id, 2);
  expect(two?.content).toMatchObject({ kind: 'message', name: 'Eka', text: null });
  // An unread stretch is one cause, however much is written, and each look finds nothing new.
  await write(conversation, 'Hello?');
  for (let looks = 0; looks < 5; looks += 1) await usher.clock.advance(1000);
  expect(await pushed(service, phone.id, 2)).toHaveLength(2);
});

test('a device that has ten pushes waiting gets them one after another, and not one with each look', async () => {
  const world = await startWithPush();
  const { usher, service, open, heldBy } = world;
  const { agentId, phone } = await addPhonePerson(world);
  const { pool } = usher.database;
  service.setAnswer({ status: 503, headers: { 'retry-after': '100' } }, phone.id);
  await usher.call('PATCH', `/api/v1/agents/${agentId}`, {
    body: { availability: 'online', capacity: 10 },
  });
  for (let nth = 0; nth < 10; nth += 1) await heldBy((await open()).id, agentId);
  await eventually(
    async () =>
      (await pool.query(`select from push where state = 'due' and attempts = 1`)).rowCount,
    (refused) => refused === 10,
  );
  service.setAnswer({ status: 201 }, phone.id);
  await usher.clock.advance(120_000);
  await pushed(service, phone.id, 10);
  const { rows } = await pool.query(
    `select extract(epoch from max(taken_at) - min(taken_at))::float8 as seconds from push where state = 'sent'`,
  );
  expect(rows[0].seconds).toBeLessThan(5);
});

test('words are pushed only where the workspace allows it, and what was read begins a new stretch', async () => {
  const world = await startWithPush();
  const { usher, service, open, write, heldBy } = world;
  const { agentId, browser, phone } = await addPhonePerson(world);
  await usher.call('PATCH', '/api/v1/settings', { body: { pushTexts: true } });
  await usher.call('PATCH', `/api/v1/agents/${agentId}`, online);
  const conversation = await open();
  await heldBy(conversation.id, agentId);
  await pushed(service, phone.id, 1);
  await write(conversation, 'First');
  await pushed(service, phone.id, 2);
  await browser.send('POST', `/api/v1/conversations/${conversation.id}/read`, {
    body: { upToSeq: 9 },
  });
  await write(conversation, 'Second');
  const [, first, second] = await pushed(service, phone.id, 3);
  expect([first?.content.text, second?.content.text]).toEqual(['First', 'Second']);
});

test('an offer is pushed for as long as it stands, a request of a colleague and a whisper with its kind', async () => {
  const world = await startWithPush();
  const { usher, service, open, get } = world;
  const ana = await addPhonePerson(world, { name: 'Ana', role: 'supervisor' });
  await putOffer(usher.call, { within: 60, misses: 2 });
  const budi = await addPhonePerson(world);
  await usher.call('PATCH', `/api/v1/agents/${budi.agentId}`, online);
  const { id } = await open();
  await eventually(
    () => get(id),
    (one) => one.offeredUntil !== null,
  );
  const [offer] = await pushed(service, budi.phone.id, 1);
  expect(offer?.content.kind).toBe('offer');
  expect(offer?.ttl).toBeLessThanOrEqual(60);
  expect((await budi.browser.send('POST', `/api/v1/conversations/${id}/accept`)).status).toBe(200);
  const consult = { body: { agentIds: [ana.agentId], note: 'Do you know her?' } };
  const asked = await budi.browser.send('POST', `/api/v1/conversations/${id}/consult`, consult);
  expect(asked.status, asked.text).toBe(200);
  const [request] = await pushed(service, ana.phone.id, 1);
  expect(request?.content).toMatchObject({ kind: 'consult', conversationId: id });
  const said = { body: { text: 'Offer her a voucher' } };
  const whispered = await ana.browser.send('POST', `/api/v1/conversations/${id}/whisper`, said);
  expect(whispered.status, whispered.text).toBeLessThan(300);
  const [, whisper] = await pushed(service, budi.phone.id, 2);
  expect(whisper?.content).toMatchObject({ kind: 'whisper', text: null });
  expect(service.messages).toHaveLength(3);
});

test('nothing is pushed while a tab of the person is visible, on whichever device, and what came then is not pushed later', async () => {
  const world = await startWithPush();
  const { usher, service, open, write, heldBy } = world;
  const { agentId, email, password, phone } = await addPhonePerson(world);
  const desk = await signInAs(usher, { email, password });
  const look = (visible: boolean) =>
    desk.send('PUT', '/api/v1/session/visible', { body: { visible } });
  expect((await look(true)).status).toBe(204);
  await usher.call('PATCH', `/api/v1/agents/${agentId}`, online);
  const conversation = await open();
  await heldBy(conversation.id, agentId);
  for (let looks = 0; looks < 5; looks += 1) await usher.clock.advance(1000);
  await look(false);
  await write(conversation, 'Are you there?');
  const [one] = await pushed(service, phone.id, 1);
  expect(one?.content.kind).toBe('message');
  expect(service.messages).toHaveLength(1);
});

test('a tab that says nothing any more counts as visible for 45 seconds', async () => {
  const world = await startWithPush();
  const { usher, service, open, heldBy } = world;
  const { agentId, browser, phone } = await addPhonePerson(world);
  await browser.send('PUT', '/api/v1/session/visible', { body: { visible: true } });
  await usher.call('PATCH', `/api/v1/agents/${agentId}`, online);
  await usher.clock.advance(46_000);
  await heldBy((await open()).id, agentId);
  await pushed(service, phone.id, 1);
});

test('what somebody takes themselves is not pushed to them', async () => {
  const world = await startWithPush();
  const { usher, service, open, write } = world;
  const { agentId, browser, phone } = await addPhonePerson(world, { role: 'supervisor' });
  const conversation = await open();
  const taken = { body: { agentId, force: true } };
  const path = `/api/v1/conversations/${conversation.id}/assign`;
  const answer = await browser.send('POST', path, taken);
  expect(answer.status, answer.text).toBe(200);
  for (let looks = 0; looks < 3; looks += 1) await usher.clock.advance(1000);
  await write(conversation, 'Hello');
  expect((await pushed(service, phone.id, 1))[0]?.content.kind).toBe('message');
});

const leftMs = async ({ usher }: Awaited<ReturnType<typeof startWithPush>>, agentId: string) => {
  const sql = `select extract(epoch from lease_until - clock_timestamp())::float8 * 1000 as left from agent
    where agent_id = $1`;
  return (await usher.database.pool.query(sql, [agentId])).rows[0].left as number;
};

test('a phone that sleeps and acknowledges a push counts on from then, once', async () => {
  const world = await startWithPush({ asleepAnswerSeconds: ANSWER_SECONDS });
  const { usher, service, open, heldBy, agent } = world;
  const { agentId, browser, phone } = await addPhonePerson(world);
  await fallAsleep(usher, agentId);
  await usher.clock.advance(ASLEEP_MS / 2);
  await heldBy((await open()).id, agentId);
  const [one] = await pushed(service, phone.id, 1);
  const acknowledge = () =>
    browser.send('POST', '/api/v1/session/push/acknowledgement', {
      body: { token: one?.content.token },
    });
  expect((await acknowledge()).status).toBe(204);
  expect(await leftMs(world, agentId)).toBeGreaterThan(ASLEEP_MS - 60_000);
  await usher.clock.advance(60_000);
  expect((await acknowledge()).status).toBe(204);
  expect(await leftMs(world, agentId)).toBeLessThan(ASLEEP_MS - 50_000);
  expect(await agent(agentId)).toMatchObject({ availability: 'online' });
});

test('a phone that does not answer a push is offline from the moment at which it would have answered, and the record says so', async () => {
  const world = await startWithPush({ asleepAnswerSeconds: ANSWER_SECONDS });
  const { usher, service, open, heldBy, agent } = world;
  const { agentId, browser, phone } = await addPhonePerson(world);
  await fallAsleep(usher, agentId);
  await usher.clock.advance(60_000);
  await heldBy((await open()).id, agentId);
  const [one] = await pushed(service, phone.id, 1);
  const { rows } = await eventually(
    () => usher.database.pool.query('select answer_until from push where answer_until is not null'),
    (found) => found.rows.length === 1,
  );
  await usher.clock.advance(ANSWER_SECONDS * 1000);
  const gone = await eventually(
    () => agent(agentId),
    ({ availability }) => availability === 'offline',
  );
  const at = new Date(rows[0]?.answer_until).toISOString();
  expect(gone).toMatchObject({ lapsed: true, statusCause: 'push-missed', statusSince: at });
  const record = await usher.database.pool.query(
    'select at, availability, cause from agent_status_change where agent_id = $1 order by at desc limit 1',
    [agentId],
  );
  expect(record.rows).toEqual([
    { at: new Date(at), availability: 'offline', cause: 'push-missed' },
  ]);
  // Too late: it brings nobody back.
  const late = { body: { token: one?.content.token } };
  const answer = await browser.send('POST', '/api/v1/session/push/acknowledgement', late);
  expect(answer.status).toBe(204);
  expect((await agent(agentId)).availability).toBe('offline');
});

test('a missed push takes nothing from what another device keeps', async () => {
  const world = await startWithPush({ asleepAnswerSeconds: ANSWER_SECONDS });
  const { usher, service, open, heldBy, agent } = world;
  const { agentId, phone } = await addPhonePerson(world);
  await fallAsleep(usher, agentId);
  // A page in the background, of another browser.
  const lease = { body: { leaseSeconds: 120 } };
  await usher.call('PATCH', `/api/v1/agents/${agentId}`, lease);
  await heldBy((await open()).id, agentId);
  await pushed(service, phone.id, 1);
  await eventually(
    () => usher.database.pool.query('select from push where answer_until is not null'),
    ({ rows }) => rows.length === 1,
  );
  await usher.clock.advance(ANSWER_SECONDS * 1000 + 1000);
  await eventually(
    () => usher.database.pool.query('select from push where missed_at is not null'),
    ({ rows }) => rows.length === 1,
  );
  expect(await agent(agentId)).toMatchObject({ availability: 'online' });
  const left = await leftMs(world, agentId);
  expect(left).toBeGreaterThan(60_000);
  expect(left).toBeLessThanOrEqual(120_000);
});

test('a sign of life after the push was sent is as good as an answer', async () => {
  const world = await startWithPush({ asleepAnswerSeconds: ANSWER_SECONDS });
  const { usher, service, open, heldBy, agent } = world;
  const { agentId, phone } = await addPhonePerson(world);
  await fallAsleep(usher, agentId);
  await heldBy((await open()).id, agentId);
  await pushed(service, phone.id, 1);
  await eventually(
    () => usher.database.pool.query('select from push where answer_until is not null'),
    ({ rows }) => rows.length === 1,
  );
  await usher.clock.advance(5000);
  await fallAsleep(usher, agentId);
  await usher.clock.advance(LATER_MS);
  expect(await agent(agentId)).toMatchObject({ availability: 'online' });
});

const LATER_MS = 60_000;

test('without the setting a push that is not answered takes nothing', async () => {
  const world = await startWithPush();
  const { usher, service, open, heldBy, agent } = world;
  const { agentId, phone } = await addPhonePerson(world);
  await fallAsleep(usher, agentId);
  await heldBy((await open()).id, agentId);
  await pushed(service, phone.id, 1);
  await usher.clock.advance(ASLEEP_MS - 60_000);
  expect(await agent(agentId)).toMatchObject({ availability: 'online' });
});

test('a device is gone with its session, and when its service knows it no more', async () => {
  const world = await startWithPush();
  const { usher, service, open, heldBy } = world;
  const { agentId, browser, email, password } = await addPhonePerson(world);
  const other = await signInAs(usher, { email, password });
  const tablet = service.addDevice();
  await subscribe(other, tablet.subscription);
  const devices = async (one = other) =>
    (await one.send<{ devices: number }>('GET', '/api/v1/session/push')).body.devices;
  expect(await devices()).toBe(2);
  await browser.send('DELETE', '/api/v1/session');
  expect(await devices()).toBe(1);
  service.setAnswer({ status: 410 }, tablet.id);
  await usher.call('PATCH', `/api/v1/agents/${agentId}`, online);
  await heldBy((await open()).id, agentId);
  await eventually(devices, (count) => count === 0);
  expect(service.messages).toEqual([]);
});

test.each([
  ['sessions by password end', { onlySingleSignOn: true }],
  ['sessions without a second factor end', { secondFactorRoles: ['agent'] }],
])('a device is gone when %s', async (_, body) => {
  const world = await startWithPush();
  const { usher } = world;
  const { userId } = await addPhonePerson(world);
  await usher.database.pool.query(
    `insert into user_identity (workspace_id, issuer, subject, user_id)
    select workspace_id, 'https://id.example.com', 'rini', user_id from user_account where user_id = $1`,
    [userId],
  );
  await usher.database.pool.query(`update user_account set role = 'admin' where user_id = $1`, [
    'onlySingleSignOn' in body ? userId : null,
  ]);
  expect((await usher.call('PATCH', '/api/v1/settings', { body })).status).toBe(200);
  expect((await usher.database.pool.query('select from push_subscription')).rows).toEqual([]);
});

test('a service that is busy is asked again, as it wishes, and one that refuses is not', async () => {
  const world = await startWithPush();
  const { usher, service, open, write, heldBy } = world;
  const { agentId, phone } = await addPhonePerson(world);
  service.setAnswer({ status: 429, headers: { 'retry-after': '40' } });
  await usher.call('PATCH', `/api/v1/agents/${agentId}`, online);
  const conversation = await open();
  await heldBy(conversation.id, agentId);
  await eventually(
    () => usher.database.pool.query(`select from push where state = 'due' and attempts = 1`),
    ({ rows }) => rows.length === 1,
  );
  service.setAnswer({ status: 201 });
  await usher.clock.advance(30_000);
  expect(service.messages).toEqual([]);
  await usher.clock.advance(11_000);
  await pushed(service, phone.id, 1);
  service.setAnswer({ status: 400 });
  await write(conversation, 'Hello');
  await eventually(
    () => usher.database.pool.query(`select from push where state = 'failed'`),
    ({ rows }) => rows.length === 1,
  );
  expect(service.messages).toHaveLength(1);
});

test('whom a note names is pushed that once, on each device, unless they look, have read it, may not see it or do not want it', async () => {
  const world = await startWithPush();
  const { usher, service, open, heldBy } = world;
  const { call } = usher;
  const budi = await addPhonePerson(world);
  const ana = await addPhonePerson(world, { name: 'Ana' });
  await call('PATCH', `/api/v1/agents/${ana.agentId}`, online);
  const { id } = await open('Eka');
  await heldBy(id, ana.agentId);
  const note = async (text: string) => {
    const body = { text, mention: { agentIds: [budi.agentId] } };
    const said = await ana.browser.send('POST', `/api/v1/conversations/${id}/notes`, { body });
    expect(said.status, said.text).toBeLessThan(300);
  };
  const look = (visible: boolean) =>
    budi.browser.send('PUT', '/api/v1/session/visible', { body: { visible } });
  const rest = async () => {
    for (let looks = 0; looks < 4; looks += 1) await usher.clock.advance(1000);
  };
  const toBudi = () =>
    service.messages.filter(({ device }) => device === budi.phone.id).map(({ content }) => content);

  await note('@Budi do you know her?');
  const [first] = await pushed(service, budi.phone.id, 1);
  expect(first?.content).toMatchObject({ kind: 'mention', conversationId: id, name: 'Eka' });
  expect(first?.content.text).toBe(null);
  await rest();
  expect(toBudi()).toHaveLength(1);

  await look(true);
  await note('@Budi while you look');
  await rest();
  await look(false);
  await rest();
  expect(toBudi(), 'what came while a tab was looked at').toHaveLength(1);

  await usher.clock.advance(1000);
  await note('@Budi and now you do not');
  await pushed(service, budi.phone.id, 2);

  const off = { body: { pushMentions: false } };
  expect((await budi.browser.send('PATCH', '/api/v1/session', off)).status).toBe(200);
  const state = await budi.browser.send('GET', '/api/v1/session/push');
  expect(state.body).toMatchObject({ mentions: false });
  await note('@Budi not wanted');
  await rest();
  expect(toBudi()).toHaveLength(2);

  await budi.browser.send('PATCH', '/api/v1/session', { body: { pushMentions: true } });
  await budi.browser.send('POST', '/api/v1/mentions/read', { body: { conversationId: id } });
  await call('PATCH', '/api/v1/settings', { body: { agentsSee: 'own-and-teams' } });
  await usher.clock.advance(1000);
  await note('@Budi out of your sight');
  await rest();
  expect(toBudi()).toHaveLength(2);
});
