// Addresses, keys and tokens that a stranger chooses: bounded, refused in words, and without effect on others.
import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { startPushService } from '../../sandbox/push/start-push-service.ts';
import { addPerson, signInAs } from '../makers/browse.ts';
import { eventually, startTestUsher } from '../makers/start-test-usher.ts';
import {
  addPhonePerson,
  fallAsleep,
  pushed,
  startWithPush,
  subscribe,
} from '../makers/start-with-push.ts';

const online = { body: { availability: 'online' } };
const person = { name: 'Budi', email: 'budi@example.com', role: 'agent' as const };

test('an address that is private, not https or not an address is refused, with what to do', async () => {
  const usher = await startTestUsher();
  const { browser } = await addPerson(usher, person);
  const service = await startPushService();
  const { keys, endpoint: private_ } = service.addDevice().subscription;
  await service.stop();
  const put = (endpoint: string) =>
    browser.send('PUT', '/api/v1/session/push', {
      body: { endpoint, keys, sleeps: true, language: 'en' },
    });
  for (const [endpoint, detail] of [
    [private_, 'public internet'],
    ['https://127.0.0.1/push', 'public internet'],
    ['https://[::ffff:10.0.0.1]/push', 'public internet'],
    ['https://localhost/push', 'public internet'],
    ['http://push.example.com/1', 'https://'],
    ['https://user:secret@push.example.com/1', 'user name'],
    ['https://push.example.com:25/1', 'port'],
    ['javascript:alert(1)', 'https://'],
  ] as const) {
    const { status, body } = await put(endpoint);
    expect([endpoint, status, body.code]).toEqual([endpoint, 400, 'push.endpoint-refused']);
    expect(body.detail).toContain(detail);
  }
  const long = await put(`https://push.example.com/${'x'.repeat(1000)}`);
  expect([long.status, long.body.code]).toEqual([400, 'request.invalid']);
  expect((await put('https://push.example.com/1')).status).toBe(204);
});

test('a name that leads to a private network is not called, whatever it led to when it was kept', async () => {
  const world = await startWithPush();
  const { usher, service, open, heldBy } = world;
  const { agentId, browser } = await addPerson(usher, person);
  const { keys } = service.addDevice().subscription;
  await subscribe(browser, { endpoint: 'https://no-such-name.invalid/1', keys });
  await usher.call('PATCH', `/api/v1/agents/${agentId}`, online);
  await heldBy((await open()).id, agentId);
  await eventually(
    () => usher.database.pool.query('select from push where attempts = 1'),
    ({ rows }) => rows.length === 1,
  );
  expect(service.requests).toEqual([]);
});

test('a key that is no point of the curve is refused', async () => {
  const usher = await startTestUsher();
  const { browser } = await addPerson(usher, person);
  const p256dh = Buffer.concat([Buffer.of(4), randomBytes(64)]).toString('base64url');
  const keys = { p256dh, auth: randomBytes(16).toString('base64url') };
  const { status, body } = await browser.send('PUT', '/api/v1/session/push', {
    body: { endpoint: 'https://push.example.com/1', keys, sleeps: false, language: 'en' },
  });
  expect([status, body.code]).toEqual([400, 'push.key-invalid']);
});

test('a person has ten devices at most: the oldest makes room', async () => {
  const world = await startWithPush();
  const { usher, service } = world;
  const { browser: first, email, password } = await addPhonePerson(world);
  const devices = async () => (await first.send('GET', '/api/v1/session/push')).body;
  for (let more = 0; more < 9; more += 1) {
    await subscribe(await signInAs(usher, { email, password }), service.addDevice().subscription);
  }
  expect(await devices()).toMatchObject({ devices: 10, endpoint: expect.any(String) });
  await subscribe(await signInAs(usher, { email, password }), service.addDevice().subscription);
  expect(await devices()).toMatchObject({ devices: 10, endpoint: null });
});

test('a session has one device, and the same request twice is one', async () => {
  const world = await startWithPush();
  const { service } = world;
  const { browser, phone } = await addPhonePerson(world);
  await subscribe(browser, phone.subscription);
  const other = service.addDevice();
  await Promise.all([1, 2, 3].map(() => subscribe(browser, other.subscription)));
  const { body } = await browser.send('GET', '/api/v1/session/push');
  expect(body).toMatchObject({ devices: 1, endpoint: other.subscription.endpoint });
});

test('a browser in which somebody else signs in tells the one before nothing any more', async () => {
  const world = await startWithPush();
  const { usher } = world;
  const budi = await addPhonePerson(world);
  const ana = await addPerson(usher, { name: 'Ana', email: 'ana@example.com', role: 'agent' });
  await subscribe(ana.browser, budi.phone.subscription);
  const { body } = await budi.browser.send('GET', '/api/v1/session/push');
  expect(body).toMatchObject({ devices: 0, endpoint: null });
});

test('a token of somebody else, or of another session, acknowledges nothing', async () => {
  const world = await startWithPush({ asleepAnswerSeconds: 20 });
  const { usher, service, open, heldBy, agent } = world;
  const budi = await addPhonePerson(world);
  const ana = await addPhonePerson(world, { name: 'Ana' });
  const own = await signInAs(usher, { email: budi.email, password: budi.password });
  await fallAsleep(usher, budi.agentId);
  await heldBy((await open()).id, budi.agentId);
  const [one] = await pushed(service, budi.phone.id, 1);
  const body = { token: one?.content.token };
  for (const browser of [ana.browser, own]) {
    const answer = await browser.send('POST', '/api/v1/session/push/acknowledgement', { body });
    expect([answer.status, answer.body.code]).toEqual([404, 'push.not-found']);
  }
  const made = { body: { token: 'a'.repeat(64) } };
  const guessed = await budi.browser.send('POST', '/api/v1/session/push/acknowledgement', made);
  expect(guessed.status).toBe(404);
  await eventually(
    () => usher.database.pool.query('select from push where answer_until is not null'),
    ({ rows }) => rows.length === 1,
  );
  await usher.clock.advance(20_000);
  await eventually(
    () => agent(budi.agentId),
    ({ statusCause }) => statusCause === 'push-missed',
  );
});

test('a service that hangs or never ends holds up nobody else, and is not told again what it may have', async () => {
  const world = await startWithPush();
  const { usher, service, open } = world;
  const budi = await addPhonePerson(world);
  const ana = await addPhonePerson(world, { name: 'Ana' });
  service.setAnswer({ fault: 'hang' }, budi.phone.id);
  service.setAnswer({ fault: 'endless' }, ana.phone.id);
  const cara = await addPhonePerson(world, { name: 'Cara' });
  for (const { agentId } of [budi, ana, cara]) {
    await usher.call('PATCH', `/api/v1/agents/${agentId}`, online);
    await usher.call('PATCH', `/api/v1/agents/${agentId}`, { body: { capacity: 1 } });
  }
  for (let count = 0; count < 3; count += 1) await open();
  await pushed(service, cara.phone.id, 1);
  await eventually(
    () => usher.database.pool.query(`select state from push where state in ('failed', 'sent')`),
    ({ rows }) => rows.length === 3,
  );
  await usher.clock.advance(60_000);
  const asked = service.requests.map(({ device }) => device);
  expect(new Set(asked).size).toBe(3);
  expect(asked).toHaveLength(3);
});
