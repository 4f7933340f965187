// Rights that end while their owners are connected: the connection ends with them, on every node.
import { expect, test } from 'vitest';
import { addPerson, type Browser, signInAs, WITH_ADMIN } from '../makers/browse.ts';
import { eventually, startTestUsher, type TestUsher } from '../makers/start-test-usher.ts';
import {
  connectAgent,
  connectVisitor,
  connectWeb,
  type Login,
  startSession,
  type WebClient,
} from '../makers/web-client.ts';

const cut = (client: WebClient) => eventually(client.isClosed, (is) => is);
const refused = (login: Login) => expect(connectWeb(login)).rejects.toMatchObject({ code: 4 });
const ok = async (answer: Promise<{ status: number; text: string }>) => {
  const { status, text } = await answer;
  expect(status, text).toBeLessThan(300);
};

/** What a page of the back office connects with. */
async function loginOf(browser: Browser): Promise<Login> {
  const { status, body, text } = await browser.send('POST', '/api/v1/session/mqtt', { body: {} });
  if (status !== 200) throw new Error(`No login: ${text}`);
  return body as unknown as Login;
}

async function makePerson(usher: TestUsher, role: 'admin' | 'supervisor' | 'agent', name = 'Susi') {
  const person = await addPerson(usher, { name, role, email: `${name}@example.com` });
  const login = await loginOf(person.browser);
  return { ...person, login, client: await connectWeb(login) };
}

/** A conversation that an agent has, and its visitor. */
async function makeTalk(usher: TestUsher) {
  const agent = await connectAgent(usher, { name: 'Ana' });
  await agent.beat();
  const visitor = await connectVisitor(usher, { customer: { id: 'c1' } });
  const { sessionTopic } = visitor.session;
  await visitor.say(`${sessionTopic}/server/messages`, { content: 'one' });
  await agent.receives();
  return { agent, visitor, sessionTopic };
}

test('whose role is lowered hears no more of what others hold, and comes back with the lesser right', async () => {
  const usher = await startTestUsher(WITH_ADMIN);
  const { sessionTopic } = await makeTalk(usher);
  const susi = await makePerson(usher, 'supervisor');
  expect(await susi.client.listen(`${sessionTopic}/messages`)).toEqual([1]);
  await ok(usher.call('PATCH', `/api/v1/users/${susi.userId}`, { body: { role: 'agent' } }));
  await cut(susi.client);
  const again = await connectWeb(await loginOf(susi.browser));
  expect(await again.listen(`${sessionTopic}/messages`)).toEqual([128]);
  await ok(usher.call('PATCH', `/api/v1/users/${susi.userId}`, { body: { role: 'supervisor' } }));
  await cut(again);
});

test('an agent whose role is lowered without being a user is cut too; a new name cuts nobody', async () => {
  const usher = await startTestUsher();
  const agent = await connectAgent(usher, { role: 'supervisor' });
  const path = `/api/v1/agents/${agent.agentId}`;
  await ok(usher.call('PATCH', path, { body: { name: 'Anna', capacity: 5 } }));
  await ok(usher.call('PATCH', path, { body: { role: 'supervisor' } }));
  await agent.listen(`client/agents/${agent.agentId}/changes`);
  expect(agent.isClosed()).toBe(false);
  await ok(usher.call('PATCH', path, { body: { role: 'agent' } }));
  await cut(agent);
});

test('a token of a small role opens no more over MQTT than its role, whoever it is for', async () => {
  const usher = await startTestUsher();
  const { sessionTopic } = await makeTalk(usher);
  const boss = await connectAgent(usher, { name: 'Boss', role: 'supervisor' });
  const body = { name: 'small', role: 'agent', agentId: boss.agentId };
  const { token } = (await usher.call('POST', '/api/v1/tokens', { body })).body as {
    token: string;
  };
  const login = await usher.call('POST', '/api/v1/session/mqtt', { token, body: {} });
  const small = await connectWeb(login.body as Login);
  expect(await boss.listen(`${sessionTopic}/messages`)).toEqual([1]);
  expect(await small.listen(`${sessionTopic}/messages`)).toEqual([128]);
});

test('a user who is removed is sent away at once, and what their page still holds opens nothing', async () => {
  const usher = await startTestUsher(WITH_ADMIN);
  const { client, userId, login } = await makePerson(usher, 'agent');
  await ok(usher.call('DELETE', `/api/v1/users/${userId}`));
  await cut(client);
  await refused(login);
});

test('an agent who is removed is sent away at once, and their tokens open nothing', async () => {
  const usher = await startTestUsher();
  const agent = await connectAgent(usher);
  await ok(usher.call('DELETE', `/api/v1/agents/${agent.agentId}`));
  await cut(agent);
  const { token } = agent;
  expect((await usher.call('GET', '/api/v1/agents', { token })).status).toBe(401);
});

test('a revoked token ends what was connected with it, and nothing else', async () => {
  const usher = await startTestUsher();
  const agent = await connectAgent(usher);
  const other = await connectAgent(usher, { agentId: agent.agentId });
  const made = await usher.call('POST', '/api/v1/tokens', {
    body: { name: 'watcher', role: 'supervisor' },
  });
  const service = await connectWeb({
    url: (await startSession(usher)).mqtt.url,
    username: 'service',
    password: (made.body as { token: string }).token,
  });
  const { body } = await usher.call('GET', '/api/v1/tokens');
  const tokens = (body as { items: { id: string; name: string; agentId: string | null }[] }).items;
  const first = tokens.find(({ agentId }) => agentId === agent.agentId);
  await ok(usher.call('DELETE', `/api/v1/tokens/${first?.id}`));
  await cut(agent);
  expect([other.isClosed(), service.isClosed()]).toEqual([false, false]);
  const watcher = tokens.find(({ name }) => name === 'watcher');
  await ok(usher.call('DELETE', `/api/v1/tokens/${watcher?.id}`));
  await cut(service);
  expect(other.isClosed()).toBe(false);
});

test('signing out ends the connection of that browser, everywhere those of all', async () => {
  const usher = await startTestUsher(WITH_ADMIN);
  const home = await makePerson(usher, 'agent');
  const who = { email: 'Susi@example.com', password: home.password };
  const [office, phone] = [await signInAs(usher, who), await signInAs(usher, who)];
  const [atOffice, byPhone] = await Promise.all(
    [office, phone].map(async (browser) => connectWeb(await loginOf(browser))),
  );
  const kept = await loginOf(office);
  await ok(office.send('DELETE', '/api/v1/session'));
  await cut(atOffice as WebClient);
  await refused(kept);
  expect([home.client.isClosed(), byPhone?.isClosed()]).toEqual([false, false]);
  await ok(phone.send('DELETE', '/api/v1/sessions'));
  await cut(home.client);
  await cut(byPhone as WebClient);
});

test('a new password ends every other browser’s connection', async () => {
  const usher = await startTestUsher(WITH_ADMIN);
  const here = await makePerson(usher, 'agent');
  const elsewhere = await signInAs(usher, { email: 'Susi@example.com', password: here.password });
  const there = await connectWeb(await loginOf(elsewhere));
  const body = { currentPassword: here.password, newPassword: 'another one of mine' };
  await ok(here.browser.send('PATCH', '/api/v1/session', { body }));
  await cut(there);
  expect(here.client.isClosed()).toBe(false);
  await ok(usher.call('POST', `/api/v1/users/${here.userId}/reset`, { body: {} }));
  await cut(here.client);
});

test('visitors of a channel that is deleted are sent away, and their tokens open nothing', async () => {
  const usher = await startTestUsher();
  const made = await usher.call('POST', '/api/v1/channels', {
    body: { kind: 'webchat', name: 'Shop' },
  });
  const { id: channelId } = made.body as { id: string };
  const visitor = await connectVisitor(usher, { channelId });
  const other = await connectVisitor(usher);
  await ok(usher.call('DELETE', `/api/v1/channels/${channelId}`));
  await cut(visitor);
  const { mqtt: login, sessionId } = visitor.session;
  await refused(login);
  const token = login.password;
  expect((await usher.call('GET', `/session/${sessionId}`, { token })).status).toBe(401);
  expect(other.isClosed()).toBe(false);
});

test('old clients without credentials are sent away when their channel lets them in no longer', async () => {
  const usher = await startTestUsher();
  const made = await usher.call('POST', '/api/v1/channels', {
    body: { kind: 'webchat', name: 'Old', config: { anonymousVisitors: true } },
  });
  const { id: channelId } = made.body as { id: string };
  const { mqtt, sessionId } = await startSession(usher, { channelId });
  const [unnamed, named] = [
    await connectWeb({ url: mqtt.url }),
    await connectWeb({ url: mqtt.url }),
  ];
  await named.say('server/sessions/request', { requestID: 'r', sessionId });
  const visitor = await connectWeb(mqtt);
  const config = { anonymousVisitors: false };
  await ok(usher.call('PATCH', `/api/v1/channels/${channelId}`, { body: { config } }));
  await cut(unnamed);
  await cut(named);
  expect(visitor.isClosed()).toBe(false);
});

test('what ends on one node ends the connections to the others', async () => {
  const first = await startTestUsher(WITH_ADMIN);
  const second = await startTestUsher({ DATABASE_URL: first.database.url });
  const session = await startSession(first);
  const url = session.mqtt.url.replace(new URL(first.url).host, new URL(second.url).host);
  const visitor = await connectWeb({ ...session.mqtt, url });
  const susi = await addPerson(first, { name: 'S', email: 's@example.com', role: 'supervisor' });
  const client = await connectWeb({ ...(await loginOf(susi.browser)), url });
  await ok(first.call('PATCH', `/api/v1/users/${susi.userId}`, { body: { role: 'agent' } }));
  await cut(client);
  expect(visitor.isClosed()).toBe(false);
  const { body } = await first.call('GET', '/api/v1/channels');
  const { items } = body as { items: { id: string; kind: string }[] };
  const webChat = items.find(({ kind }) => kind === 'webchat');
  await ok(first.call('DELETE', `/api/v1/channels/${webChat?.id}`));
  await cut(visitor);
});
