// A name that somebody claimed is worth nothing once the company has proved whose it is.
import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { mosquittoMissing } from '../makers/start-mosquitto.ts';
import { eventually, startTestUsher, type TestUsher } from '../makers/start-test-usher.ts';
import {
  connectAgent,
  connectVisitor,
  connectWeb,
  type SessionAnswer,
  startSession,
  type VisitorClient,
  type WebClient,
} from '../makers/web-client.ts';
import { mosquittoStand, startAt } from '../makers/webchat-stand.ts';

const SECRET = 'widget-secret';
const hashOf = (id: string) => createHmac('sha256', SECRET).update(id).digest('hex');
const cut = (client: WebClient) => eventually(client.isClosed, (is) => is);

async function makeChannel(usher: TestUsher, body: object = {}): Promise<string> {
  const made = await usher.call('POST', '/api/v1/channels', {
    body: { kind: 'webchat', name: 'Shop', ...body },
  });
  return (made.body as { id: string }).id;
}

async function setKey(usher: TestUsher, channelId: string): Promise<void> {
  const body = { secrets: { widgetSecret: SECRET } };
  const answer = await usher.call('PATCH', `/api/v1/channels/${channelId}`, { body });
  expect(answer.status, answer.text).toBe(200);
}

const prove = (channelId: string, id: string, more: object = {}) => ({
  channelId,
  customer: { id },
  identityHash: hashOf(id),
  ...more,
});

/** Begins a conversation, and says something in it. */
async function talk(visitor: VisitorClient, content: string): Promise<void> {
  const { sessionTopic, customerId, sessionId } = visitor.session;
  await visitor.say('server/sessions/request', { customerId, sessionId, requestID: 'r1' });
  await visitor.hears(`client/sessions/${customerId}/r1`);
  await visitor.say(`${sessionTopic}/server/messages`, { content, clientMessageId: content });
  await visitor.hears(`${sessionTopic}/messages`);
}

/** All that a token could do. */
async function tryToken(usher: TestUsher, { sessionId, mqtt, customerId }: SessionAnswer) {
  const token = mqtt.password;
  const tries: [string, string, object?][] = [
    ['GET', `/session/${sessionId}`],
    ['GET', `/session/${sessionId}/messages`],
    ['GET', `/customer/${customerId}/messages`],
    ['GET', `/customer/${customerId}/sessions/last`],
    ['POST', `/session/${sessionId}/transcript`, { email: 'a@example.com' }],
    ['POST', `/session/${sessionId}/rating`, { score: 1 }],
    ['POST', `/session/${sessionId}/attachments`, {}],
    ['POST', `/session/${sessionId}/forget`],
  ];
  const answers = tries.map(([method, path, body]) => usher.call(method, path, { token, body }));
  return [...new Set((await Promise.all(answers)).map(({ status }) => status))];
}

/** A guest under a name that is not theirs, on a channel that gets its key only later. */
async function makeImpostor(usher: TestUsher) {
  const open = await makeChannel(usher);
  const keyed = await makeChannel(usher, { secrets: { widgetSecret: SECRET } });
  const impostor = await connectVisitor(usher, { channelId: open, customer: { id: 'vip' } });
  await talk(impostor, 'send it to another address');
  return { open, keyed, impostor };
}

test('a proof ends what was begun under the name without one: tokens, connections, and the conversation', async () => {
  const usher = await startTestUsher();
  const { keyed, impostor } = await makeImpostor(usher);
  const customer = await connectVisitor(usher, prove(keyed, 'vip'));
  await cut(impostor);
  expect(await tryToken(usher, impostor.session)).toEqual([401]);
  await expect(connectWeb(impostor.session.mqtt)).rejects.toMatchObject({ code: 4 });
  await talk(customer, 'hello');
  const { mqtt, sessionId } = customer.session;
  const read = await usher.call('GET', `/session/${sessionId}/messages`, { token: mqtt.password });
  const said = (read.body as { message: { content: string } }[]).map((one) => one.message.content);
  expect(said).toEqual(['hello']);
  const [forged] = await usher.conversations('closed');
  expect(forged).toMatchObject({ closeReason: 'not-proved', contact: { verified: false } });
  const [own] = await usher.conversations('waiting');
  expect(own).toMatchObject({ contact: { externalId: 'vip', verified: true } });
});

test('a proof on one node ends the unproved connections to the others', async () => {
  const first = await startTestUsher();
  const second = await startTestUsher({ DATABASE_URL: first.database.url });
  const { keyed, impostor } = await makeImpostor(first);
  const { mqtt } = impostor.session;
  const url = mqtt.url.replace(new URL(first.url).host, new URL(second.url).host);
  const elsewhere = await connectWeb({ ...mqtt, url, clientId: 'elsewhere' });
  await startSession(first, prove(keyed, 'vip'));
  await cut(impostor);
  await cut(elsewhere);
});

test('an unproved session that nothing has ended still does not reach a proved name', async () => {
  const usher = await startTestUsher();
  const { impostor } = await makeImpostor(usher);
  const { sessionTopic, sessionId } = impostor.session;
  const tabs = await Promise.all(
    ['a', 'b', 'c'].map((clientId) => connectWeb({ ...impostor.session.mqtt, clientId })),
  );
  await tabs[0]?.say(`${sessionTopic}/server/messages`, { content: 'before' });
  await usher.database.pool.query('update web_identity set verified = true');
  expect(await tryToken(usher, impostor.session)).toEqual([401]);
  await expect(connectWeb(impostor.session.mqtt)).rejects.toMatchObject({ code: 4 });
  expect(await impostor.listen(`${sessionTopic}/messages`, 'client/vip/#')).toEqual([128, 128]);
  const publishes: [string, object][] = [
    [`${sessionTopic}/server/messages`, { content: 'after' }],
    ['server/sessions/request', { customerId: 'vip', sessionId, requestID: 'r2' }],
    ['server/sessions/close', { sessionId }],
  ];
  for (const [at, [topic, body]] of publishes.entries()) {
    tabs[at]?.mqtt.publish(topic, JSON.stringify(body), { qos: 1 });
    await cut(tabs[at] as WebClient);
  }
  const { rows } = await usher.database.pool.query(`select text from message where text = 'after'`);
  expect(rows).toEqual([]);
  expect(await usher.conversations('waiting')).toHaveLength(1);
});

test('an unproved session that is not cut yet begins nothing under a proved name', async () => {
  const usher = await startTestUsher();
  const impostor = await connectVisitor(usher, { customer: { id: 'vip', name: 'Eve' } });
  await usher.database.pool.query('update web_identity set verified = true');
  const topic = `${impostor.session.sessionTopic}/server/messages`;
  impostor.mqtt.publish(topic, JSON.stringify({ content: 'it is me' }), { qos: 1 });
  await cut(impostor);
  const { rows } = await usher.database.pool.query('select name from contact');
  expect(rows).toEqual([]);
  expect(await usher.conversations('waiting')).toEqual([]);
});

test('the first key ends the sessions under chosen names, and their browsers get no such name back unproved', async () => {
  const usher = await startTestUsher();
  const channelId = await makeChannel(usher);
  const named = await connectVisitor(usher, { channelId, customer: { id: 'vip' } });
  const guest = await connectVisitor(usher, { channelId });
  const elsewhere = await connectVisitor(usher, { customer: { id: 'c2' } });
  const { visitorKey } = guest.session;
  const returned = await connectVisitor(usher, { channelId, visitorKey });
  await setKey(usher, channelId);
  await cut(named);
  expect(await tryToken(usher, named.session)).toEqual([401]);
  expect([guest, returned, elsewhere].map((one) => one.isClosed())).toEqual([false, false, false]);
  const key = { channelId, visitorKey: named.session.visitorKey };
  const back = await startSession(usher, key);
  expect(back.customerId).not.toBe('vip');
  const refused = await usher.call('POST', '/session', {
    token: null,
    body: { ...key, customer: { id: 'vip' } },
  });
  expect(refused.status).toBe(403);
  const again = await startSession(usher, { channelId, visitorKey });
  expect(again.customerId).toBe(guest.session.customerId);
  // Another key is no first one.
  const proved = await connectVisitor(usher, prove(channelId, 'vip'));
  await setKey(usher, channelId);
  expect(proved.isClosed()).toBe(false);
});

test('who proves to be whom the same browser claimed to be goes on where they were', async () => {
  const usher = await startTestUsher();
  const { keyed, impostor: claimed } = await makeImpostor(usher);
  const { visitorKey } = claimed.session;
  const proved = await connectVisitor(usher, prove(keyed, 'vip', { visitorKey }));
  await cut(claimed);
  expect(await usher.conversations('closed')).toEqual([]);
  const [open] = await usher.conversations('waiting');
  expect(open?.contact).toMatchObject({ externalId: 'vip', verified: true });
  expect(proved.isClosed()).toBe(false);
});

test('a guest’s old session has no part in what became the customer’s', async () => {
  const usher = await startTestUsher();
  const channelId = await makeChannel(usher, { secrets: { widgetSecret: SECRET } });
  const guest = await connectVisitor(usher, { channelId });
  await talk(guest, 'hello');
  const { visitorKey, sessionId, mqtt } = guest.session;
  const [before] = await usher.conversations('waiting');
  expect(before?.contact.verified).toBe(false);
  await startSession(usher, prove(channelId, 'vip', { visitorKey }));
  const [after] = await usher.conversations('waiting');
  expect(after).toMatchObject({ id: before?.id, contact: { externalId: 'vip', verified: true } });
  for (const [what, body] of [
    ['transcript', { email: 'a@example.com' }],
    ['rating', { score: 1 }],
  ] as const) {
    const path = `/session/${sessionId}/${what}`;
    const answer = await usher.call('POST', path, { token: mqtt.password, body });
    expect(answer.status, what).toBe(404);
  }
});

test('a keep-alive that a guest sent before they learnt that they are the customer begins nothing', async () => {
  const usher = await startTestUsher();
  const channelId = await makeChannel(usher, { secrets: { widgetSecret: SECRET } });
  const guest = await connectVisitor(usher, { channelId });
  await talk(guest, 'hello');
  const { visitorKey, sessionId, sessionTopic, customerId } = guest.session;
  const customer = await startSession(usher, prove(channelId, 'vip', { visitorKey }));
  const alive = { sessionTopic, sessionId, requestID: 'r1', customer: { id: customerId } };
  await guest.say('server/sessions/online', alive);
  expect(await usher.conversations()).toHaveLength(1);
  // The customer still calls the conversation by the session that began it.
  const token = customer.mqtt.password;
  const answer = await usher.call('GET', `/session/${sessionId}/messages?afterSeq=0`, { token });
  expect(answer.status).toBe(200);
  expect(answer.body).toHaveLength(1);
});

test('agents see in lists, in the conversation, at the contact and over MQTT whether a customer is proved', async () => {
  const usher = await startTestUsher();
  const { keyed } = await makeImpostor(usher);
  const customer = await connectVisitor(usher, prove(keyed, 'c1'));
  await talk(customer, 'hello');
  const items = await usher.conversations('waiting');
  const seen = items.map(({ contact }) => [contact.externalId, contact.verified]);
  expect(seen.toSorted()).toEqual([
    ['c1', true],
    ['vip', false],
  ]);
  const agent = await connectAgent(usher);
  for (const { id, contact } of items) {
    const one = await usher.call('GET', `/api/v1/conversations/${id}`, { token: agent.token });
    expect(one.body).toMatchObject({ contact: { verified: contact.verified } });
    const path = `/api/v1/contacts/${contact.id}`;
    const known = await usher.call('GET', path, { token: agent.token });
    expect(known.body).toMatchObject({ verified: contact.verified });
  }
  await agent.beat();
  for (const { contact } of items) {
    const shown = await agent.receives(({ customer: { id } }) => id === contact.externalId);
    expect(shown.customer).toMatchObject({ verified: contact.verified });
  }
});

test('a proved customer’s session reads what was begun in its own channel, and keeps nothing of another alive', async () => {
  const usher = await startTestUsher();
  const secrets = { widgetSecret: SECRET };
  const help = await makeChannel(usher, { name: 'Help', secrets });
  const shop = await makeChannel(usher, { secrets });
  const begun = await connectVisitor(usher, prove(help, 'vip'));
  await talk(begun, 'hello');
  const last = async ({ mqtt }: SessionAnswer) =>
    (await usher.call('GET', '/customer/vip/sessions/last', { token: mqtt.password })).body;
  const { sessionId, sessionTopic, customerId } = begun.session;
  const again = await startSession(usher, prove(help, 'vip'));
  expect(await last(again)).toMatchObject([{ sessionId, channelId: help }]);
  const other = await connectVisitor(usher, prove(shop, 'vip'));
  expect(await last(other.session)).toEqual([]);
  const alive = { sessionTopic, sessionId, requestID: 'r2', customer: { id: customerId } };
  await other.say('server/sessions/online', alive);
  expect(await usher.conversations()).toHaveLength(1);
  const own = { sessionId: other.session.sessionId, customer: { id: customerId } };
  await other.say('server/sessions/online', own);
  expect(await usher.conversations()).toHaveLength(2);
  expect(await last(other.session)).toMatchObject([{ channelId: shop }]);
  const { password: token } = other.session.mqtt;
  const history = '/customer/vip/messages';
  expect((await usher.call('GET', history, { token })).text).not.toContain('hello');
  expect((await usher.call('GET', history, { token: again.mqtt.password })).text).toContain(
    'hello',
  );
  for (const path of [`/session/${sessionId}`, `/session/${sessionId}/messages?afterSeq=0`]) {
    expect(await usher.call('GET', path, { token })).toMatchObject({ status: 403 });
    expect((await usher.call('GET', path, { token: again.mqtt.password })).status).toBe(200);
  }
  const agents = await connectAgent(usher);
  const all = await usher.call('GET', '/customer/vip/sessions/last', { token: agents.token });
  expect(all.body).toMatchObject([{ channelId: shop }, { channelId: help }]);
});

test('who asks for a session only if the proof holds gets none without a key, and claims no name', async () => {
  const usher = await startTestUsher();
  const open = await makeChannel(usher);
  const keyed = await makeChannel(usher, { secrets: { widgetSecret: SECRET } });
  const guest = await startSession(usher, { channelId: open });
  const ask = (body: object) =>
    usher.call('POST', '/session', { token: null, body: { ...body, provedOnly: true } });
  const { visitorKey } = guest;
  for (const more of [{}, { visitorKey }]) {
    expect((await ask(prove(open, 'vip', more))).status).toBe(403);
  }
  expect((await ask({ channelId: open, visitorKey })).status).toBe(403);
  expect((await ask({ channelId: keyed, customer: { id: 'vip' } })).status).toBe(403);
  expect((await startSession(usher, { channelId: open, visitorKey })).customerId).toBe(
    guest.customerId,
  );
  const claimed = await startSession(usher, prove(open, 'vip'));
  expect(claimed).toMatchObject({ customerId: 'vip', visitorKey: expect.any(String) });
  const proved = await ask(prove(keyed, 'vip'));
  expect(proved).toMatchObject({ status: 200, body: { customerId: 'vip', verified: true } });
});

describe.skipIf(mosquittoMissing !== null)(`beside mosquitto ${mosquittoMissing ?? ''}`, () => {
  test('a proof ends the unproved connections at a broker beside Usher', async () => {
    const { usher } = await startAt(mosquittoStand);
    const { keyed, impostor } = await makeImpostor(usher);
    const other = await connectVisitor(usher, { customer: { id: 'other' } });
    await startSession(usher, prove(keyed, 'vip'));
    await cut(impostor);
    expect(other.isClosed()).toBe(false);
  });
});
