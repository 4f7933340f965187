// The stream of a channel's updates, over a line that breaks, and what a program says besides messages.
import { expect, test } from 'vitest';
import type { Conversation } from '../../src/contract/conversation.ts';
import { importClient, installClient } from '../makers/install-client.ts';
import { makeApiChannel } from '../makers/make-api-channel.ts';
import { startLosingProxy } from '../makers/start-losing-proxy.ts';
import { eventually, startTestUsher } from '../makers/start-test-usher.ts';

async function start() {
  const client = await importClient(await installClient());
  const usher = await startTestUsher();
  const channel = await makeApiChannel(usher);
  const ben = await channel.addAgent('Ben');
  const proxy = await startLosingProxy(usher.url);
  const connect = (token = channel.token) =>
    client.makeUsher({ url: proxy.url, token, timeoutMs: 10_000 }).channel(channel.id);
  const shop = connect();
  const open = async (externalId = 'case-17') => {
    const { id } = await shop.open({ externalId, contact: { externalId: 'customer-4' } });
    await eventually(
      async () => (await usher.call('GET', `/api/v1/conversations/${id}`)).body as Conversation,
      ({ agentId }) => agentId === ben.id,
    );
    return id;
  };
  const answer = async (id: string, text: string) => {
    const path = `/api/v1/conversations/${id}/messages`;
    const said = await usher.call('POST', path, { body: { text }, token: ben.token });
    expect(said.status, said.text).toBe(201);
  };
  return { client, usher, proxy, connect, shop, open, answer };
}

type Shop = Awaited<ReturnType<typeof start>>['shop'];

/** Texts of messages, until the last. `after` of the stream when it was taken. */
async function readUntil(shop: Shop, last: string, after: string) {
  const texts: string[] = [];
  const updates = shop.updates({ after, wait: 5 });
  for await (const update of updates) {
    if (update.type !== 'message') continue;
    texts.push(update.message.text);
    if (update.message.text === last) break;
  }
  return { texts, after: updates.after };
}

test('each update comes once and in order, whatever answers are lost or refused meanwhile', async () => {
  const { proxy, shop, open, answer } = await start();
  const after = await shop.now();
  const id = await open();
  const texts = Array.from({ length: 12 }, (_, nth) => `answer ${nth}`);
  let asked = 0;
  proxy.decide(({ path }) => {
    if (!path.includes('/updates?')) return 'passes';
    asked += 1;
    const fates = ['is lost', 'passes', 'is half', { status: 503 }, 'passes'] as const;
    return fates[asked % fates.length] ?? 'passes';
  });
  const reading = readUntil(shop, 'answer 11', after);
  for (const text of texts) {
    await answer(id, text);
    // One at a time: the next is said when this one has been asked for.
    const before = asked;
    await expect.poll(() => asked).toBeGreaterThan(before);
  }
  expect((await reading).texts).toEqual(texts);
});

test('a program that goes on from where it was misses nothing, and gets again only what it had not finished', async () => {
  const { shop, open, answer, connect } = await start();
  const after = await shop.now();
  const id = await open();
  await answer(id, 'one');
  const first = await readUntil(shop, 'one', after);
  await answer(id, 'two');
  const second = await readUntil(connect(), 'two', first.after ?? '');
  // It had taken this one and not asked on.
  expect(second.texts).toEqual(['one', 'two']);
  const updates = connect().updates({ after: second.after ?? '', wait: 0 });
  const seen: string[] = [];
  for await (const update of updates) {
    if (update.type === 'message') seen.push(update.message.text);
    if (update.type === 'message' && update.message.text === 'two') await answer(id, 'three');
    if (seen.at(-1) === 'three') break;
  }
  const texts = (await readUntil(connect(), 'three', updates.after ?? '')).texts;
  expect(texts).toEqual(['three']);
});

test('a stream waits with the server, and ends quietly by its signal', async () => {
  const { shop, proxy } = await start();
  const controller = new AbortController();
  const updates = shop.updates({ after: await shop.now(), signal: controller.signal });
  const asked = proxy.passed.length;
  const ended = (async () => {
    for await (const _ of updates) throw new Error('Nothing happens here.');
    return 'ended';
  })();
  await expect.poll(() => proxy.passed.length).toBe(asked + 1);
  controller.abort();
  expect(await ended).toBe('ended');
});

test('a refusal ends the stream with its code', async () => {
  const { usher, connect, shop } = await start();
  const next = async (stream: AsyncGenerator<unknown>) => stream.next();
  await expect(next(connect(usher.token).updates())).rejects.toMatchObject({
    ...{ name: 'UsherProblem', code: 'channel.own-token-needed' },
  });
  await expect(next(shop.updates({ after: '999999' }))).rejects.toMatchObject({
    code: 'cursor.invalid',
  });
});

test('typing, reading, who the contact is, and the end are told to the agent’s side', async () => {
  const { usher, shop, open, answer } = await start();
  const id = await open();
  await answer(id, 'Hello');
  const { id: contactId, created } = await shop.contact('customer-4', { name: 'Ana' });
  expect(created).toBe(false);
  const contact = await usher.call('GET', `/api/v1/contacts/${contactId}`);
  expect(contact.body).toMatchObject({ name: 'Ana' });
  await shop.typing('case-17');
  await shop.read('case-17', 1);
  expect(await shop.close('case-17')).toEqual({ id, closed: true });
  expect(await shop.close('case-17')).toEqual({ id, closed: false });
  const { body } = await usher.call('GET', `/api/v1/conversations/${id}`);
  expect(body).toMatchObject({ state: 'closed' });
});

test('what web chat’s visitors have, a program has by the client, over a line that loses answers', async () => {
  const { proxy, usher, shop, open } = await start();
  const lost = new Set<string>();
  proxy.decide(({ path }) => {
    if (lost.has(path)) return 'passes';
    lost.add(path);
    return 'is lost';
  });
  expect(await shop.presence()).toBe('here');
  const id = await open();
  await shop.say({ conversation: 'case-17', text: 'one' });
  expect(await shop.standing('case-17')).toMatchObject({
    ...{ id, state: 'assigned', place: null, agent: { name: 'Ben', present: true } },
    ...{ lastSeq: 1, readSeq: { contact: 0, agent: 0 }, transcript: 'download' },
  });
  await shop.close('case-17');
  await shop.rate({ conversation: 'case-17', score: 5, comment: 'Quick' });
  const rated = await usher.call('GET', `/api/v1/conversations/${id}`);
  expect(rated.body).toMatchObject({ rating: { score: 5, comment: 'Quick' } });
  await expect(shop.transcript('case-17', 'ana@example.com')).rejects.toMatchObject({
    code: 'transcript.nobody-sends',
  });
  await open();
  await shop.say({ conversation: 'case-17', text: 'two' });
  expect(await shop.merge('customer-4', 'customer-5')).toMatchObject({ conversations: 2 });
  const texts: string[][] = [];
  for await (const past of shop.history('customer-5')) {
    const said: string[] = [];
    for await (const { text } of shop.messages(past.conversation, past.id)) said.push(text);
    texts.push(said);
  }
  expect(texts).toEqual([['two'], ['one']]);
});

test('places and presence come to whoever asks for them', async () => {
  const { usher, shop } = await start();
  const agents = await usher.call('GET', '/api/v1/agents');
  const [ben] = (agents.body as { items: { id: string }[] }).items;
  const beBen = (availability: string) =>
    usher.call('PATCH', `/api/v1/agents/${ben?.id}`, { body: { availability } });
  await beBen('away');
  const after = await shop.now();
  const seen: string[] = [];
  const updates = shop.updates({ after, wait: 5, also: ['place', 'presence'] });
  const opening = shop.open({ externalId: 'case-17', contact: { externalId: 'customer-4' } });
  for await (const update of updates) {
    if (update.type === 'place') {
      seen.push(`place ${update.place.position}`);
      await beBen('online');
    }
    if (update.type === 'presence') seen.push(update.presence);
    if (seen.includes('here')) break;
  }
  await opening;
  expect(seen).toContain('place 1');
});
