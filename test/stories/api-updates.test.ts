// What happens on a channel of the API is told to its program, one update after another, each once.
import { v7 as uuid } from 'uuid';
import { expect, test, vi } from 'vitest';
import { MOST_WAITING } from '../../src/channels/api/waiting-programs.ts';
import type { Update } from '../../src/contract/updates.ts';
import { DEFAULT_WORKSPACE } from '../../src/desk/prepare-workspace.ts';
import { appendMessageRow } from '../../src/store/messages.ts';
import { withTx } from '../../src/store/tx.ts';
import { promising } from '../makers/promising.ts';
import { eventually, startTestUsher } from '../makers/start-test-usher.ts';
import {
  type Page,
  type ProgramWorld,
  startWithProgram,
  summarise,
} from '../makers/start-with-program.ts';
import { connectWeb } from '../makers/web-client.ts';

const begin = async ({ updates }: ProgramWorld) => (await updates()).body as Page;

/** All after a cursor, `limit` at a time. */
async function readAll(world: ProgramWorld, from: string, limit: number): Promise<Update[]> {
  const all: Update[] = [];
  for (let after = from; ; ) {
    const page = await world.read(after, `&limit=${limit}`);
    all.push(...page.items);
    if (page.after === after) return all;
    after = page.after;
  }
}

test('the program is told what happens in all conversations, in one order, however it reads', async () => {
  const world = await startWithProgram();
  const { after } = await begin(world);
  const one = await world.open('case-1');
  await world.held(one);
  await world.say('case-1', 'Is it there?');
  const two = await world.open('case-2', { externalId: 'customer-2' });
  await world.held(two);
  await world.act(one, 'notes', { text: 'He is angry.' });
  await world.act(one, 'messages', { text: 'It is on its way.' });
  await world.act(two, 'messages', { text: 'Hello' });
  await world.act(one, 'read', { upToSeq: 1 });
  await world.act(one, 'close', { reason: 'solved' });
  const all = await readAll(world, after, 200);
  expect(summarise(all)).toEqual([
    'case-1 queued',
    'case-1 assigned Ben',
    'case-1 message contact: Is it there?',
    'case-2 queued',
    'case-2 assigned Ben',
    'case-1 message agent: It is on its way.',
    'case-2 message agent: Hello',
    'case-1 read 1',
    'case-1 closed solved',
  ]);
  expect(all[3]).toEqual({
    ...{ type: 'queued', conversation: 'case-2', conversationId: two },
    ...{ contact: { externalId: 'customer-2' }, at: expect.any(String) },
  });
  for (const limit of [1, 2, 200]) expect(await readAll(world, after, limit)).toEqual(all);
});

test('without a cursor it begins now, and waits for nothing', async () => {
  const world = await startWithProgram();
  await world.open();
  const page = await world.updates('?wait=50');
  expect(page.body).toEqual({ after: expect.any(String), items: [] });
  await world.say('case-1', 'late');
  const { items } = await world.read((page.body as Page).after);
  expect(summarise(items)).toContain('case-1 message contact: late');
});

test('a transaction that commits after later ones is told after them, and lost by no reader', async () => {
  const world = await startWithProgram();
  const slow = await world.open('slow');
  for (const id of [slow, await world.open('fast')]) await world.held(id);
  const { after } = await begin(world);
  const committing = Promise.withResolvers<void>();
  const written = Promise.withResolvers<void>();
  const late = withTx(world.usher.desk.db, async (tx) => {
    await appendMessageRow(promising(tx), {
      ...{ workspaceId: DEFAULT_WORKSPACE, conversationId: slow, messageId: uuid() },
      ...{ kind: 'text', authorKind: 'contact', authorId: null, text: 'slow' },
      ...{ attachments: [], late: false },
    });
    written.resolve();
    await committing.promise;
  });
  await written.promise;
  await world.say('fast', 'fast');
  const before = await readAll(world, after, 200);
  expect(summarise(before)).toContain('fast message contact: fast');
  expect(summarise(before)).not.toContain('slow message contact: slow');
  const reached = (await world.read(after)).after;
  committing.resolve();
  await late;
  expect(summarise((await world.read(reached)).items)).toEqual(['slow message contact: slow']);
  expect(summarise(await readAll(world, after, 1))).toEqual([
    ...summarise(before),
    'slow message contact: slow',
  ]);
});

test('whoever waits is answered as soon as there is something, and with nothing when the time is over', async () => {
  const world = await startWithProgram();
  const id = await world.open();
  await world.held(id);
  const { after } = await begin(world);
  const heard = world.read(after, '&wait=50');
  await world.act(id, 'messages', { text: 'Hello' });
  expect(summarise((await heard).items)).toEqual(['case-1 message agent: Hello']);
  const next = (await heard).after;
  const empty = world.read(next, '&wait=50');
  const isOver = { yes: false };
  void empty.then(() => {
    isOver.yes = true;
  });
  await world.act(id, 'notes', { text: 'not for the contact' });
  await world.usher.clock.advance(49_000);
  expect(isOver.yes).toBe(false);
  await eventually(() => world.usher.clock.advance(1000).then(() => isOver.yes), Boolean);
  expect((await empty).items).toEqual([]);
});

test('whoever waits at one node is told at once of what happens at another', async () => {
  const world = await startWithProgram();
  const { usher, token, channelId } = world;
  const second = await startTestUsher({ DATABASE_URL: usher.database.url });
  const id = await world.open();
  await world.held(id);
  const { after } = await begin(world);
  const waiting = second.call(
    'GET',
    `/api/v1/channels/${channelId}/updates?after=${after}&wait=50`,
    {
      token,
    },
  );
  await world.act(id, 'messages', { text: 'Hello' });
  const { body } = await waiting;
  expect(summarise((body as Page).items)).toEqual(['case-1 message agent: Hello']);
});

test('an agent who types is shown to whoever waits, and kept for nobody', async () => {
  const world = await startWithProgram();
  const { usher, agentToken } = world;
  const id = await world.open();
  await world.held(id);
  const login = await usher.call('POST', '/api/v1/session/mqtt', { body: {}, token: agentToken });
  const agent = await connectWeb(login.body as { url: string });
  const { after } = await begin(world);
  const heard = world.read(after, '&wait=50');
  await eventually(
    async () => {
      await agent.say('server/agents/typing', { conversationId: id, typing: true });
      return Promise.race([heard, Promise.resolve(null)]);
    },
    (page) => page !== null,
  );
  expect(await heard).toEqual({
    after,
    items: expect.arrayContaining([
      {
        ...{ type: 'typing', typing: true, conversation: 'case-1', conversationId: id },
        ...{ contact: { externalId: 'customer-1' }, at: expect.any(String) },
        agent: { name: 'Ben', avatarUrl: null },
      },
    ]),
  });
  expect(await world.read(after)).toEqual({ after, items: [] });
});

test('what the contact types and has read is shown to the agent, and what they end has ended', async () => {
  const world = await startWithProgram();
  const { usher, agentToken, agentId, post } = world;
  const id = await world.open('case-1', { externalId: 'customer-1', name: 'Ana' });
  await world.held(id);
  await world.act(id, 'messages', { text: 'Hello' });
  const login = await usher.call('POST', '/api/v1/session/mqtt', { body: {}, token: agentToken });
  const agent = await connectWeb(login.body as { url: string });
  const topic = `client/agents/${agentId}/typing`;
  await agent.listen(topic);
  const conversation = 'case-1';
  expect((await post('typing', { conversation, typing: true })).status).toBe(204);
  const told = await eventually(
    () => agent.heard,
    ({ length }) => length > 0,
  );
  expect(JSON.stringify(told)).toContain('"name":"Ana"');
  expect((await post('read', { conversation, seq: 1 })).status).toBe(204);
  expect((await post('read', { conversation, seq: 99 })).status).toBe(204);
  const look = async () => (await usher.call('GET', `/api/v1/conversations/${id}`)).body;
  expect(await look()).toMatchObject({ contactReadSeq: 1 });
  const ended = { status: 200, body: { id, closed: true } };
  expect(await post('close', { conversation })).toMatchObject(ended);
  expect(await look()).toMatchObject({ state: 'closed', closeReason: 'closed-by-visitor' });
  expect(await post('close', { conversation })).toMatchObject({ body: { id, closed: false } });
  expect(await post('typing', { conversation, typing: true })).toMatchObject({ status: 409 });
  for (const [end, body] of [
    ['typing', { typing: true }],
    ['read', { seq: 1 }],
    ['close', {}],
  ] as const) {
    const unknown = await post(end, { conversation: 'case-9', ...body });
    expect(unknown.body, end).toMatchObject({ code: 'conversation.not-found' });
  }
});

test('what the program knows of a contact is kept before and after they write', async () => {
  const world = await startWithProgram();
  const { usher, token, at } = world;
  const put = (body: object, externalId = 'customer-1') =>
    usher.call('PUT', at(`contacts/${externalId}`), { body, token });
  const first = await put({
    ...{ name: 'Ana', email: 'ana@example.com', language: 'pt-BR', tags: ['vip'] },
    ...{ attributes: { tier: 'gold', since: 2019 }, avatarUrl: 'https://example.com/a.png' },
  });
  expect(first).toMatchObject({ status: 201, body: { externalId: 'customer-1', created: true } });
  const { id } = first.body as { id: string };
  const second = await put({
    email: null,
    phone: '+1',
    tags: ['late'],
    attributes: { since: null },
  });
  expect(second).toMatchObject({ status: 200, body: { id, created: false } });
  const { body } = await usher.call('GET', `/api/v1/contacts/${id}`);
  expect(body).toMatchObject({
    ...{ name: 'Ana', email: null, phone: '+1', lang: 'pt-BR', tags: ['vip', 'late'] },
    ...{ attributes: { tier: 'gold' }, avatarUrl: 'https://example.com/a.png' },
  });
  const opened = await world.open();
  const conversation = await usher.call('GET', `/api/v1/conversations/${opened}`);
  expect(conversation.body).toMatchObject({ contact: { id, name: 'Ana' } });
  for (const bad of [{ name: '' }, { avatarUrl: 'javascript:alert(1)' }, { more: 1 }]) {
    expect((await put(bad)).body, JSON.stringify(bad)).toMatchObject({ code: 'request.invalid' });
  }
});

test('as many as may wait do, and the next one is told when to come again', async () => {
  const world = await startWithProgram();
  const { usher, token, at } = world;
  const { after } = await begin(world);
  const wait = (by = token) =>
    fetch(new URL(at(`updates?after=${after}&wait=50`), usher.url), {
      headers: { authorization: `Bearer ${by}` },
    });
  const asked = Array.from({ length: MOST_WAITING.ofToken + 2 }, () => wait());
  // Whoever waits is not answered yet.
  const refused = await Promise.any(asked);
  expect(refused.status).toBe(429);
  expect(refused.headers.get('retry-after')).toBe('5');
  expect(await refused.json()).toMatchObject({ code: 'updates.too-many' });
  // Who does not wait is not counted, nor is another program of the channel held up.
  expect((await world.read(after)).items).toEqual([]);
  const { token: other } = await world.makeProgram();
  const others = wait(other);
  await world.open();
  const answers = (await Promise.all([...asked, others])).map(({ status }) => status);
  const served = answers.filter((status) => status === 200);
  expect([1, 2]).toContain(answers.filter((status) => status === 429).length);
  expect(served.length).toBeGreaterThan(MOST_WAITING.ofToken);
});

test('a cursor that was not given here, or whose news is deleted, is refused with what to do', async () => {
  const world = await startWithProgram({ USHER_DELIVERY_RETENTION_DAYS: '4' });
  const { usher } = world;
  const { after } = await begin(world);
  await world.open();
  const [first] = [await world.read(after)];
  const beyond = await world.updates(`?after=${Number(first.after) + 1000}`);
  expect(beyond).toMatchObject({ status: 400, body: { code: 'cursor.invalid' } });
  expect((await world.updates('?after=x')).status).toBe(400);
  await usher.clock.advance(97 * 3_600_000);
  const forgotten = await eventually(
    () => world.updates(`?after=${after}`),
    ({ status }) => status !== 200,
  );
  expect(forgotten).toMatchObject({ status: 410, body: { code: 'updates.forgotten' } });
  expect((await world.updates()).status).toBe(200);
});

test('only the channel’s own program is told', async () => {
  const world = await startWithProgram();
  const { usher, agentToken } = world;
  const other = await usher.call('POST', '/api/v1/channels', { body: { kind: 'api', name: 'B' } });
  const { id } = other.body as { id: string };
  const body = { name: 'B', role: 'agent', scopes: [`channel:${id}`] };
  const { token } = (await usher.call('POST', '/api/v1/tokens', { body })).body as {
    token: string;
  };
  expect((await world.updates('', token)).status).toBe(403);
  expect((await world.updates('', agentToken)).status).toBe(403);
  expect((await world.updates('', usher.token)).body).toMatchObject({
    code: 'channel.own-token-needed',
  });
  await world.open();
  const own = await usher.call('GET', `/api/v1/channels/${id}/updates?after=0`, { token });
  expect(own.body).toEqual({ after: '0', items: [] });
});

test('what is not for the contact is passed over in few questions, also where one update is asked for', async () => {
  const world = await startWithProgram();
  const { usher } = world;
  const id = await world.open();
  await world.held(id);
  const { after } = await begin(world);
  for (let nth = 0; nth < 150; nth += 1) await world.act(id, 'notes', { text: `note ${nth}` });
  await world.act(id, 'messages', { text: 'first' });
  await world.act(id, 'messages', { text: 'second' });
  // Numbered now, so that only the questions of the reading are counted.
  await world.updates();
  const asking = vi.spyOn(usher.desk.db, 'query');
  const asked = () =>
    asking.mock.calls.filter(([one]) => (one as { name?: string }).name === 'list-updates').length;
  const first = await world.read(after, '&limit=1');
  expect(summarise(first.items)).toEqual(['case-1 message agent: first']);
  expect(asked()).toBeGreaterThan(0);
  expect(asked()).toBeLessThanOrEqual(2);
  const second = await world.read(first.after, '&limit=1');
  expect(summarise(second.items)).toEqual(['case-1 message agent: second']);
  expect((await world.read(second.after)).items).toEqual([]);
});
