// A phone that sleeps sends no sign of life, and its agent counts for as long as the policy says.
import { expect, test } from 'vitest';
import type { Agent } from '../../src/contract/agents.ts';
import { addPerson, type Browser, openBrowser, signInAs } from '../makers/browse.ts';
import { eventually, startTestUsher, type TestUsher } from '../makers/start-test-usher.ts';
import { type AgentClient, connectAgent, connectWeb, type Login } from '../makers/web-client.ts';

const LEASE_MS = 30_000;
const GRACE_MS = 10_000;
const ASLEEP_MS = 600_000;

async function begin({ asleepSeconds }: { asleepSeconds?: number } = {}) {
  const usher = await startTestUsher({ ATTENDANT_KEEP_ALIVE_TIME: String(LEASE_MS) });
  if (asleepSeconds !== undefined) {
    const { body } = await usher.call('GET', '/api/v1/policy');
    const policy = { ...(body as { policy: object }).policy, asleepSeconds };
    expect((await usher.call('PUT', '/api/v1/policy', { body: policy })).status).toBe(200);
  }
  const phone = await connectAgent(usher, { name: 'Ana' });
  const now = async (): Promise<Agent> =>
    (await usher.call('GET', `/api/v1/agents/${phone.agentId}`)).body as Agent;
  const leftMs = async (agentId = phone.agentId): Promise<number> => {
    const sql = `select extract(epoch from lease_until - clock_timestamp())::float8 * 1000 as left from agent
      where agent_id = $1`;
    return (await usher.database.pool.query(sql, [agentId])).rows[0].left;
  };
  return {
    ...{ usher, phone, now },
    beat: async ({ mqtt, agentId }: AgentClient, sleeps: boolean) => {
      const said = { attendantInfo: { id: agentId }, sleeps };
      await mqtt.publishAsync('server/attendants/online', JSON.stringify(said), { qos: 1 });
      const isOnline = async () =>
        (await usher.call('GET', `/api/v1/agents/${agentId}`)).body as Agent;
      await eventually(isOnline, ({ availability }) => availability === 'online');
    },
    /** Until the server has noticed that a client is gone. */
    untilMissed: async (leave: () => Promise<void>) => {
      const sql = 'select roster_version as version from agent where agent_id = $1';
      const version = async (): Promise<string> =>
        (await usher.database.pool.query(sql, [phone.agentId])).rows[0].version;
      const before = await version();
      await leave();
      await eventually(version, (after) => after !== before);
    },
    untilLeft: (most: number) =>
      eventually(
        () => leftMs(),
        (ms) => ms <= most,
      ),
    leftMs,
    pass: (ms: number) => usher.clock.advance(ms),
  };
}

test('the agent of a phone whose line is gone is online for as long as the policy says, and offline from then on', async () => {
  const { phone, beat, pass, now } = await begin({ asleepSeconds: ASLEEP_MS / 1000 });
  await beat(phone, true);
  phone.mqtt.stream.destroy();
  await pass(ASLEEP_MS - 60_000);
  expect(await now()).toMatchObject({ availability: 'online' });
  await pass(60_000);
  const gone = await eventually(now, ({ availability }) => availability === 'offline');
  expect(gone).toMatchObject({ lapsed: true, statusCause: 'no-sign-of-life' });
});

test('without that in the policy a phone counts like any other client', async () => {
  const { phone, beat, untilLeft, leftMs } = await begin();
  await beat(phone, true);
  expect(await leftMs()).toBeLessThanOrEqual(LEASE_MS);
  phone.mqtt.stream.destroy();
  await untilLeft(GRACE_MS);
});

test('another browser that beats and is closed takes nothing from the phone’s time', async () => {
  const { usher, phone, beat, untilMissed, leftMs } = await begin({
    asleepSeconds: ASLEEP_MS / 1000,
  });
  await beat(phone, true);
  await untilMissed(async () => void phone.mqtt.stream.destroy());
  const desk = await connectAgent(usher, { agentId: phone.agentId });
  await beat(desk, false);
  await untilMissed(desk.close);
  expect(await leftMs()).toBeGreaterThan(ASLEEP_MS / 2);
});

test('a phone that says itself that it leaves counts for the grace, and its last will says no such thing', async () => {
  const { phone, beat, untilLeft, leftMs } = await begin({ asleepSeconds: ASLEEP_MS / 1000 });
  await beat(phone, true);
  const quit = (more: object) =>
    phone.mqtt.publishAsync(
      'server/attendants/quit',
      JSON.stringify({ attendantInfo: { id: phone.agentId }, ...more }),
      { qos: 1 },
    );
  await quit({ sleeps: true });
  expect(await leftMs()).toBeGreaterThan(ASLEEP_MS / 2);
  await quit({});
  await untilLeft(GRACE_MS);
});

test('who chooses to be offline, and comes back in a browser, is not kept by the phone', async () => {
  const { usher, phone, beat, untilLeft, leftMs } = await begin({
    asleepSeconds: ASLEEP_MS / 1000,
  });
  await beat(phone, true);
  phone.mqtt.stream.destroy();
  const choose = (availability: string) =>
    usher.call('PATCH', `/api/v1/agents/${phone.agentId}`, { body: { availability } });
  await choose('offline');
  await choose('online');
  const desk = await connectAgent(usher, { agentId: phone.agentId });
  await beat(desk, false);
  expect(await leftMs()).toBeLessThanOrEqual(LEASE_MS);
  await desk.close();
  await untilLeft(GRACE_MS);
});

test('a page that names a lease, as one without a line does, takes nothing from the phone’s time', async () => {
  const { usher, phone, beat, untilMissed, leftMs } = await begin({
    asleepSeconds: ASLEEP_MS / 1000,
  });
  await beat(phone, true);
  await untilMissed(async () => void phone.mqtt.stream.destroy());
  for (const body of [{ leaseSeconds: 30 }, { availability: 'online', leaseSeconds: 30 }]) {
    await usher.call('PATCH', `/api/v1/agents/${phone.agentId}`, { body });
    expect(await leftMs()).toBeGreaterThan(ASLEEP_MS / 2);
  }
});

test.each([
  ['signs out', async ({ browser }: Person) => browser.send('DELETE', '/api/v1/session')],
  [
    'is signed out by an admin',
    async ({ usher, userId }: Person) => usher.call('DELETE', `/api/v1/users/${userId}/sessions`),
  ],
  [
    'has no second factor when the role needs one',
    async ({ usher }: Person) =>
      usher.call('PATCH', '/api/v1/settings', { body: { secondFactorRoles: ['agent'] } }),
  ],
  [
    'gets a role that needs a second factor',
    async ({ usher, userId }: Person) => {
      await usher.call('PATCH', '/api/v1/settings', {
        body: { secondFactorRoles: ['supervisor'] },
      });
      return usher.call('PATCH', `/api/v1/users/${userId}`, { body: { role: 'supervisor' } });
    },
  ],
  [
    'signed in by password when the identity provider is the only way left',
    async ({ usher }: Person) => {
      await bindAdmin(usher);
      return usher.call('PATCH', '/api/v1/settings', { body: { onlySingleSignOn: true } });
    },
  ],
])('the sleeping phone of whoever %s counts for the grace', async (_, end) => {
  const { usher, beat, pass } = await begin({ asleepSeconds: ASLEEP_MS / 1000 });
  const person = { name: 'Budi', email: 'budi@example.com', role: 'agent' as const };
  const { browser, userId, agentId } = await addPerson(usher, person);
  const phone = await connectAgent(usher, { agentId });
  await beat(phone, true);
  phone.mqtt.stream.destroy();
  expect((await end({ usher, browser, userId })).status).toBeLessThan(300);
  await pass(GRACE_MS);
  const { body } = await usher.call('GET', `/api/v1/agents/${agentId}`);
  expect(body).toMatchObject({ availability: 'offline', statusCause: 'signed-out' });
});

test('the sleeping phone of whoever chooses a new password by a link counts for the grace', async () => {
  const { usher, beat, leftMs } = await begin({ asleepSeconds: ASLEEP_MS / 1000 });
  const person = { name: 'Budi', email: 'budi@example.com', role: 'agent' as const };
  const { userId, agentId } = await addPerson(usher, person);
  const { body } = await usher.call('POST', `/api/v1/users/${userId}/reset`);
  const phone = await connectAgent(usher, { agentId });
  await beat(phone, true);
  const code = (body as { inviteUrl: string }).inviteUrl.split('/').at(-1);
  const chosen = { body: { password: 'another long password' } };
  const answer = await openBrowser(usher).send('POST', `/api/v1/invites/${code}`, chosen);
  expect(answer.status).toBe(200);
  expect(await leftMs(agentId)).toBeLessThanOrEqual(GRACE_MS);
});

test('the sleeping phone of whoever is removed, and still answers in an outside system, counts for the grace', async () => {
  const { usher, beat, leftMs } = await begin({ asleepSeconds: ASLEEP_MS / 1000 });
  const person = { name: 'Budi', email: 'budi@example.com', role: 'agent' as const };
  const { userId, agentId } = await addPerson(usher, person);
  await usher.database.pool.query(
    `insert into agent_identity (workspace_id, channel_id, external_id, agent_id)
    select workspace_id, channel_id, 'qiscus-1', $1 from channel limit 1`,
    [agentId],
  );
  const phone = await connectAgent(usher, { agentId });
  await beat(phone, true);
  phone.mqtt.stream.destroy();
  expect((await usher.call('DELETE', `/api/v1/users/${userId}`)).status).toBe(204);
  expect(await leftMs(agentId)).toBeLessThanOrEqual(GRACE_MS);
});

/** An admin whom the identity provider knows: passwords may be switched off. */
async function bindAdmin(usher: TestUsher): Promise<void> {
  const boss = { name: 'Rini', email: 'rini@example.com', role: 'admin' as const };
  const { userId } = await addPerson(usher, boss);
  await usher.database.pool.query(
    `insert into user_identity (workspace_id, issuer, subject, user_id)
    select workspace_id, 'https://id.example.com', 'rini', user_id from user_account where user_id = $1`,
    [userId],
  );
}

type Person = { usher: TestUsher; browser: Browser; userId: string };

test('a phone that is signed out while it is connected does not sleep, though another browser is signed in', async () => {
  const { usher, leftMs } = await begin({ asleepSeconds: ASLEEP_MS / 1000 });
  const person = { name: 'Budi', email: 'budi@example.com', role: 'agent' as const };
  const { browser, agentId, password } = await addPerson(usher, person);
  await signInAs(usher, { email: person.email, password });
  const { body: login } = await browser.send<Login>('POST', '/api/v1/session/mqtt', { body: {} });
  const phone = await connectWeb(login);
  const said = { attendantInfo: { id: agentId }, sleeps: true };
  await phone.say('server/attendants/online', said);
  await eventually(
    () => leftMs(agentId),
    (ms) => ms > ASLEEP_MS / 2,
  );
  await browser.send('DELETE', '/api/v1/session');
  await eventually(
    () => leftMs(agentId),
    (ms) => ms <= GRACE_MS,
  );
});
