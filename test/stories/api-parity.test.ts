// Whatever a visitor of web chat can do, the contact of an API channel can do through its program.
import { expect, test } from 'vitest';
import { defaultPolicy } from '../../src/contract/policy/policy.ts';
import type { Update } from '../../src/contract/updates.ts';
import { eventually, startTestUsher } from '../makers/start-test-usher.ts';
import {
  type Page,
  type ProgramWorld,
  startWithProgram,
  summarise,
} from '../makers/start-with-program.ts';

// As data, so that no linter takes it for a promise.
const THEN = 'then';
const get = ({ usher, at, token }: ProgramWorld, end: string, by = token) =>
  usher.call('GET', at(end), { token: by });
const standing = async (world: ProgramWorld, conversation: string) =>
  (await get(world, `conversations/${conversation}`)).body;

async function beAway({ usher, agentId }: ProgramWorld, availability = 'away'): Promise<void> {
  const set = await usher.call('PATCH', `/api/v1/agents/${agentId}`, { body: { availability } });
  expect(set.status).toBe(200);
}

/** Follows the updates by one poll after another until `enough`, as a program does. */
async function follow(
  { usher, at, token }: Pick<ProgramWorld, 'usher' | 'at' | 'token'>,
  { from, also }: { from: string; also: string },
  enough: (told: readonly Update[]) => boolean,
): Promise<Update[]> {
  const told: Update[] = [];
  let after = from;
  while (!enough(told)) {
    const path = at(`updates?after=${after}&wait=50${also && `&also=${also}`}`);
    const { status, body, text } = await usher.call('GET', path, { token });
    if (status !== 200) throw new Error(`${status} ${text}`);
    told.push(...(body as Page).items);
    after = (body as Page).after;
  }
  return told;
}

const placesIn = (told: readonly Update[]) =>
  summarise(told.filter(({ type }) => type === 'place'));

test('who waits is told the place in line as it moves, and can ask for it', async () => {
  const world = await startWithProgram();
  await beAway(world);
  const from = ((await world.updates()).body as Page).after;
  const until = (line: string) =>
    follow(world, { from, also: 'place' }, (told) => placesIn(told).includes(line));
  const begun = until('case-2 place 2');
  const first = await world.open('case-1');
  await world.open('case-2', { externalId: 'customer-2' });
  expect(placesIn(await begun)).toEqual(['case-1 place 1', 'case-2 place 2']);
  expect(await standing(world, 'case-2')).toMatchObject({ place: { position: 2 } });
  const moved = until('case-2 place 1');
  await world.usher.call('POST', `/api/v1/conversations/${first}/close`, { body: {} });
  const told = await moved;
  expect(told.findLast(({ type }) => type === 'place')).toEqual({
    ...{ type: 'place', conversation: 'case-2', conversationId: expect.any(String) },
    ...{ contact: { externalId: 'customer-2' }, at: expect.any(String) },
    place: { position: 1, estimatedWaitSeconds: null, waitRange: null, opensAt: null },
  });
  expect(await standing(world, 'case-2')).toMatchObject({
    state: 'waiting',
    place: { position: 1 },
  });
});

test('who waits in a plan outside of its hours is told when it opens, and that it has opened', async () => {
  const world = await startWithProgram();
  await beAway(world);
  // Open on one day a week that is not near.
  const far = new Date(world.usher.clock.now() + 3 * 86_400_000);
  const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
  const put = async (weekly: object) => {
    const calendars = [{ name: 'Office', timeZone: 'UTC', weekly: [weekly] }];
    const hours = { calendar: 'Office', otherwise: 'queue' };
    const plans = [{ name: 'Day', steps: [{ after: 0 }], hours }];
    const rules = [{ name: 'Everybody', [THEN]: { plan: 'Day' } }];
    const body = { ...defaultPolicy, calendars, plans, rules };
    const answer = await world.usher.call('PUT', '/api/v1/policy', { body });
    expect(answer.status, answer.text).toBe(200);
  };
  await put({ days: [days[far.getUTCDay()]], from: '08:00', to: '17:00' });
  const from = ((await world.updates()).body as Page).after;
  const opensAt = `${far.toISOString().slice(0, 10)}T08:00:00.000Z`;
  const until = (moment: string | null) =>
    follow(world, { from, also: 'place' }, (all) =>
      all.some((one) => one.type === 'place' && one.place.opensAt === moment),
    );
  const closed = until(opensAt);
  await world.open();
  await closed;
  expect(await standing(world, 'case-1')).toMatchObject({ place: { position: 1, opensAt } });
  const opened = until(null);
  await put({ days, from: '00:00', to: '24:00' });
  await opened;
  expect(await standing(world, 'case-1')).toMatchObject({ place: { position: 1, opensAt: null } });
});

test('a program that did not ask for places and presence is told neither', async () => {
  const world = await startWithProgram();
  await beAway(world);
  const from = ((await world.updates()).body as Page).after;
  const until = (type: Update['type']) =>
    follow(world, { from, also: 'place,presence' }, (told) =>
      told.some((one) => one.type === type),
    );
  const placed = until('place');
  const plain = follow(world, { from, also: '' }, (told) =>
    told.some(({ type }) => type === 'closed'),
  );
  await world.open();
  await placed;
  const seen = until('presence');
  await beAway(world, 'online');
  await seen;
  await world.post('close', { conversation: 'case-1' });
  const types = new Set((await plain).map(({ type }) => type));
  expect(types).not.toContain('place');
  expect(types).not.toContain('presence');
  expect((await world.updates(`?after=${from}&also=all`)).status).toBe(400);
});

test('what comes between two questions of a program is not lost', async () => {
  const world = await startWithProgram();
  await beAway(world);
  const from = ((await world.updates()).body as Page).after;
  // The first question makes the program known at this node.
  const opened = follow(world, { from, also: 'place' }, (told) => placesIn(told).length === 1);
  const first = await world.open('case-1');
  await opened;
  await world.usher.call('POST', `/api/v1/conversations/${first}/close`, { body: {} });
  await world.open('case-2');
  const { after } = (await world.updates()).body as Page;
  await world.usher.clock.advance(1000);
  const told = await follow(world, { from: after, also: 'place' }, (all) => all.length > 0);
  expect(placesIn(told)).toEqual(['case-2 place 1']);
});

test('at another node places and presence are told too', async () => {
  const world = await startWithProgram();
  const second = await startTestUsher({ DATABASE_URL: world.usher.database.url });
  const from = ((await world.updates()).body as Page).after;
  const there = { usher: second, at: world.at, token: world.token };
  const heard = follow(there, { from, also: 'place,presence' }, (told) =>
    ['place', 'presence'].every((type) => told.some((one) => one.type === type)),
  );
  await eventually(
    async () => {
      await beAway(world, 'online');
      await beAway(world);
      return Promise.race([heard, world.open(crypto.randomUUID()).then(() => null)]);
    },
    (told) => told !== null,
  );
  expect(summarise(await heard).join('\n')).toMatch(/presence (here|away)/);
});

test('whether somebody is there is told as web chat’s visitors are told it', async () => {
  const world = await startWithProgram();
  const presence = async () => (await get(world, 'presence')).body;
  expect(await presence()).toEqual({ presence: 'here' });
  await world.usher.call('PATCH', `/api/v1/agents/${world.agentId}`, { body: { capacity: 1 } });
  const id = await world.open();
  await world.held(id);
  await eventually(presence, (body) => (body as { presence: string }).presence === 'busy');
  await beAway(world);
  await eventually(presence, (body) => (body as { presence: string }).presence === 'away');
});

test('how a conversation stands: who has it, how far each side has read, and why it ended', async () => {
  const world = await startWithProgram();
  const id = await world.open();
  await world.held(id);
  await world.say('case-1', 'Is it there?');
  await world.act(id, 'notes', { text: 'not for the contact' });
  await world.act(id, 'messages', { text: 'Yes' });
  await world.act(id, 'read', { upToSeq: 1 });
  await world.post('read', { conversation: 'case-1', seq: 3 });
  await world.act(id, 'notes', { text: 'not either' });
  expect(await standing(world, 'case-1')).toEqual({
    ...{ id, conversation: 'case-1', contact: { externalId: 'customer-1' }, state: 'assigned' },
    ...{ place: null, agent: { name: 'Ben', avatarUrl: null, present: true } },
    ...{ queuedAt: expect.any(String), closedAt: null, reason: null },
    ...{ lastSeq: 3, readSeq: { contact: 3, agent: 1 }, transcript: 'download' },
  });
  await beAway(world);
  expect(await standing(world, 'case-1')).toMatchObject({ agent: { present: false } });
  await world.act(id, 'close', { reason: 'solved' });
  expect(await standing(world, 'case-1')).toMatchObject({
    ...{ state: 'closed', agent: null, reason: 'solved', closedAt: expect.any(String) },
  });
  const unknown = await get(world, 'conversations/case-9');
  expect(unknown).toMatchObject({ status: 404, body: { code: 'conversation.not-found' } });
});

test('the contact rates a conversation within the bounds of web chat, also an ended one of the same name', async () => {
  const world = await startWithProgram();
  const rate = (body: object) => world.post('rating', { conversation: 'case-1', ...body });
  const ratingOf = async (id: string) => {
    const { body } = await world.usher.call('GET', `/api/v1/conversations/${id}`);
    return (body as { rating: unknown }).rating;
  };
  const first = await world.open();
  await world.post('close', { conversation: 'case-1' });
  expect((await rate({ score: 2 })).status).toBe(204);
  expect((await rate({ score: 5, comment: 'Quick' })).status).toBe(204);
  expect(await ratingOf(first)).toEqual({ score: 5, comment: 'Quick' });
  const second = await world.open();
  expect((await rate({ conversationId: first, score: 4 })).status).toBe(204);
  expect(await ratingOf(first)).toEqual({ score: 4, comment: null });
  expect(await ratingOf(second)).toBeNull();
  for (const bad of [
    { score: 0 },
    { score: 6 },
    { score: 1.5 },
    { score: 3, comment: 'x'.repeat(2001) },
  ]) {
    expect((await rate(bad)).status, JSON.stringify(bad).slice(0, 40)).toBe(400);
  }
  const elsewhere = await rate({ score: 3, conversationId: crypto.randomUUID() });
  expect(elsewhere.body).toMatchObject({ code: 'conversation.not-found' });
});

test('one contact wishes no more often than web chat lets a visitor', async () => {
  const world = await startWithProgram();
  await world.open('case-1');
  await world.open('case-2', { externalId: 'customer-2' });
  const rate = async (conversation: string) =>
    (await world.post('rating', { conversation, score: 3 })).status;
  const statuses: number[] = [];
  for (let nth = 0; nth < 31; nth += 1) statuses.push(await rate('case-1'));
  expect(statuses.slice(0, 30)).toEqual(Array.from({ length: 30 }, () => 204));
  expect(statuses[30]).toBe(429);
  expect(await rate('case-2')).toBe(204);
  await world.usher.clock.advance(10_000);
  expect(await rate('case-1')).toBe(204);
});

test('the transcript goes by the subscriber that sends mail; without one the program is told so', async () => {
  const world = await startWithProgram();
  const id = await world.open();
  const ask = (email: string) => world.post('transcript', { conversation: 'case-1', email });
  expect((await ask('ana@example.com')).body).toMatchObject({ code: 'transcript.nobody-sends' });
  const endpoint = { url: 'https://mail.example.com/hook', secret: 'a-secret-of-16-chars' };
  const made = await world.usher.call('POST', '/api/v1/endpoints', {
    body: { ...endpoint, events: ['conversation.transcript-requested'] },
  });
  expect(made.status, made.text).toBe(201);
  expect(await standing(world, 'case-1')).toMatchObject({ transcript: 'email' });
  expect((await ask('ana@example.com')).status).toBe(204);
  const { body } = await world.usher.call('GET', `/api/v1/conversations/${id}/events`);
  expect((body as { items: object[] }).items).toContainEqual(
    expect.objectContaining({
      type: 'conversation.transcript-requested',
      data: { email: 'ana@example.com' },
    }),
  );
  for (const bad of ['ana', 'a b@example.com', `${'x'.repeat(250)}@example.com`]) {
    expect((await ask(bad)).status, bad.slice(0, 20)).toBe(400);
  }
});

test('a guest who signs in is the customer from then on, with what they said', async () => {
  const world = await startWithProgram();
  await beAway(world);
  const ended = await world.open('case-1', { externalId: 'guest', name: 'Ana', language: 'pt-BR' });
  await world.post('close', { conversation: 'case-1' });
  const open = await world.open('case-2', { externalId: 'guest' });
  const merge = (guest: string, into: string) => world.post(`contacts/${guest}/merge`, { into });
  expect(await merge('guest', 'customer-4')).toMatchObject({
    ...{ status: 200, body: { externalId: 'customer-4', conversations: 2 } },
  });
  for (const id of [ended, open]) {
    const { body } = await world.usher.call('GET', `/api/v1/conversations/${id}`);
    expect(body).toMatchObject({ contact: { externalId: 'customer-4', name: 'Ana' } });
  }
  const contactId = ((await merge('guest', 'customer-4')).body as { id: string }).id;
  const contact = await world.usher.call('GET', `/api/v1/contacts/${contactId}`);
  expect(contact.body).toMatchObject({ externalId: 'customer-4', lang: 'pt-BR' });
  expect((await merge('guest', 'customer-4')).body).toMatchObject({ conversations: 0 });
  // What is known of the customer is not overwritten.
  await world.open('case-3', { externalId: 'guest-2', name: 'Somebody' });
  await merge('guest-2', 'customer-4');
  const kept = await world.usher.call('GET', `/api/v1/contacts/${contactId}`);
  expect(kept.body).toMatchObject({ name: 'Ana' });
  expect((await merge('nobody', 'customer-4')).body).toMatchObject({ code: 'contact.not-found' });
  expect((await merge('guest', 'guest')).body).toMatchObject({ code: 'contact.same' });
});

test('two mergings into each other at the same moment both end', async () => {
  const world = await startWithProgram();
  await beAway(world);
  await world.open('case-1', { externalId: 'a' });
  await world.open('case-2', { externalId: 'b' });
  const merge = (guest: string, into: string) => world.post(`contacts/${guest}/merge`, { into });
  for (let round = 0; round < 5; round += 1) {
    const both = await Promise.all([merge('a', 'b'), merge('b', 'a')]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
  }
});

test('the contact’s conversations are listed page by page, and each can be read', async () => {
  const world = await startWithProgram();
  const opened: string[] = [];
  for (const nth of [1, 2, 3]) {
    opened.unshift(await world.open('chat-1'));
    await world.say('chat-1', `m${nth}`, `said ${nth}`);
    await world.post('close', { conversation: 'chat-1' });
  }
  await world.open('chat-2', { externalId: 'customer-2' });
  const path = 'contacts/customer-1/conversations?limit=2';
  const first = (await get(world, path)).body as { items: { id: string }[]; nextCursor: string };
  expect(first.items.map(({ id }) => id)).toEqual(opened.slice(0, 2));
  expect(first.items[0]).toEqual({
    ...{ id: opened[0], conversation: 'chat-1', state: 'closed', reason: 'closed-by-visitor' },
    ...{ queuedAt: expect.any(String), closedAt: expect.any(String) },
  });
  const { body } = await get(world, `${path}&cursor=${first.nextCursor}`);
  expect(body).toMatchObject({ items: [{ id: opened[2] }], nextCursor: null });
  const read = await get(world, `messages?conversation=chat-1&after=${opened[2]}:0`);
  expect(read.body).toMatchObject({ items: [{ text: 'said 1' }] });
  const nobody = await get(world, 'contacts/nobody/conversations');
  expect(nobody.body).toEqual({ items: [], nextCursor: null });
});

test('an opening tells the picture, the page and the browser, as web chat does', async () => {
  const world = await startWithProgram();
  const page = {
    ...{ url: 'https://shop.example.com/cart', title: 'Cart', referrer: 'https://example.com' },
    ...{ userAgent: 'Mozilla/5.0', language: 'ko' },
  };
  const avatarUrl = 'https://example.com/a.png';
  const made = await world.post('conversations', {
    ...{ externalId: 'case-1', contact: { externalId: 'customer-1', avatarUrl }, page },
  });
  const { id } = made.body as { id: string };
  const { body } = await world.usher.call('GET', `/api/v1/conversations/${id}`);
  expect(body).toMatchObject({ contact: { avatarUrl }, meta: { page } });
});

test('what is of the contact alone is for the channel’s own program', async () => {
  const world = await startWithProgram();
  await world.open();
  for (const end of ['conversations/case-1', 'contacts/customer-1/conversations']) {
    const asked = await get(world, end, world.usher.token);
    expect(asked.body, end).toMatchObject({ code: 'channel.own-token-needed' });
    expect((await get(world, end, world.agentToken)).status, end).toBe(403);
  }
});
