// The inbox as those who answer see it: lists, counts, what is unread, and a closing taken back.
import { expect, test } from 'vitest';
import type { Conversation } from '../../src/contract/conversation.ts';
import { addPerson, type Browser } from '../makers/browse.ts';
import { makePlace } from '../makers/make-place.ts';
import { startTestUsher, type TestUsher } from '../makers/start-test-usher.ts';

interface Page {
  items: Conversation[];
  nextCursor: string | null;
}

const ana = { name: 'Ana', email: 'ana@example.com', role: 'agent' as const };
const contact = { name: 'Sari', email: null, phone: null, avatarUrl: null, attributes: {} };

async function list(
  asker: Pick<Browser, 'send'> | TestUsher,
  query: Record<string, string> = {},
): Promise<Page> {
  const path = `/api/v1/conversations?${new URLSearchParams(query)}`;
  const answer = 'send' in asker ? await asker.send('GET', path) : await asker.call('GET', path);
  if (answer.status !== 200) throw new Error(answer.text);
  return answer.body as unknown as Page;
}

const ids = ({ items }: Page) => items.map(({ id }) => id);

async function begin() {
  const usher = await startTestUsher();
  const place = await makePlace(usher);
  const act = async (id: string, verb: string, body: object = {}) => {
    const answer = await usher.call('POST', `/api/v1/conversations/${id}/${verb}`, { body });
    if (answer.status >= 300) throw new Error(answer.text);
    return answer.body as Conversation;
  };
  const add = async (path: string, body: object) =>
    (await usher.call('POST', `/api/v1/${path}`, { body })).body as { id: string };
  return { usher, ...place, act, add };
}

test('lists show what is asked for: mine, waiting, team, closed, tag, channel, nobody’s', async () => {
  const { usher, open, act, add, channelId } = await begin();
  const { browser, agentId } = await addPerson(usher, ana);
  const team = await add('teams', { name: 'Sales' });
  await usher.call('PATCH', `/api/v1/agents/${agentId}`, { body: { teamIds: [team.id] } });
  const [waiting, mine, sales, closed] = [await open(), await open(), await open(), await open()];
  await act(mine, 'assign', { agentId });
  await act(sales, 'transfer', { teamId: team.id });
  await act(closed, 'close', { tags: ['refund'] });

  expect(ids(await list(browser, { agentId: 'me' }))).toEqual([mine]);
  expect(ids(await list(usher, { agentId }))).toEqual([mine]);
  expect(ids(await list(usher, { agentId: 'me' }))).toEqual([]);
  expect(ids(await list(browser, { state: 'waiting' }))).toEqual([waiting, sales]);
  expect(ids(await list(browser, { state: 'open', sort: 'oldest' }))).toEqual([
    waiting,
    mine,
    sales,
  ]);
  expect(ids(await list(browser, { teamId: 'mine', state: 'open' }))).toEqual([sales]);
  expect(ids(await list(browser, { unassigned: 'true', state: 'open', sort: 'oldest' }))).toEqual([
    waiting,
    sales,
  ]);
  expect(ids(await list(browser, { state: 'closed' }))).toEqual([closed]);
  expect(ids(await list(browser, { tag: 'refund' }))).toEqual([closed]);
  expect(ids(await list(browser, { channelId }))).toHaveLength(4);
  const { body } = await browser.send('GET', '/api/v1/inbox/counts');
  const none = { mentions: 0, dueSoon: 0, overdue: 0, unanswered: 0, parked: 0, consulted: 0 };
  expect(body).toEqual({ mine: 1, waiting: 2, team: 1, all: 3, unread: 0, ...none });
});

test('each sort gives every conversation once, page by page', async () => {
  const { usher, open, act, say } = await begin();
  const all: string[] = [];
  for (let n = 0; n < 7; n += 1) all.push(await open());
  const urgent = await open({ priority: 'urgent' });
  await say(all[2] ?? '', 'here I am');
  for (const id of all.slice(4)) await act(id, 'close');
  const walk = async (query: Record<string, string>) => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Page = await list(usher, { ...query, limit: '2', ...(cursor && { cursor }) });
      seen.push(...ids(page));
      cursor = page.nextCursor;
    } while (cursor !== null);
    return seen;
  };
  const opened = [...all.slice(0, 4), urgent];
  expect(await walk({ state: 'waiting' })).toEqual([urgent, ...all.slice(0, 4)]);
  expect(await walk({ state: 'open', sort: 'oldest' })).toEqual(opened);
  expect((await walk({ state: 'open', sort: 'recent' }))[0]).toBe(all[2]);
  expect(await walk({ state: 'closed' })).toEqual(all.slice(4).reverse());
  expect(await walk({ state: 'closed', sort: 'oldest' })).toEqual(all.slice(4));
  expect(await walk({})).toEqual([...all, urgent].reverse());
  expect(await walk({ sort: 'oldest' })).toEqual([...all, urgent]);
  for (const cursor of ['x', Buffer.from('now|1').toString('base64url')]) {
    const answer = await usher.call('GET', `/api/v1/conversations?cursor=${cursor}`);
    expect(answer).toMatchObject({ status: 400, body: { code: 'cursor.invalid' } });
  }
});

test('a search finds names, addresses, ids and what was said, as text and not as a pattern', async () => {
  const { usher, open, say } = await begin();
  const of = (externalId: string, name: string, email: string | null = null) =>
    open({ contact: { ...contact, externalId, name, email }, externalId: `room-${externalId}` });
  const siti = await of('c-1', 'Siti Nurhaliza', 'siti@example.com');
  const percent = await of('c-2', '100% Budi');
  const korean = await of('c-3', '김민준');
  await say(korean, '환불을 원해요');
  const find = async (q: string) => ids(await list(usher, { q }));
  expect(await find('nurhal')).toEqual([siti]);
  expect(await find('SITI@')).toEqual([siti]);
  expect(await find('c-1')).toEqual([siti]);
  expect(await find('room-c-2')).toEqual([percent]);
  expect(await find('0%')).toEqual([percent]);
  expect(await find('_')).toEqual([]);
  expect(await find('민준')).toEqual([korean]);
  expect(await find('환불')).toEqual([korean]);
  expect(await find('nobody at all')).toEqual([]);
  expect(ids(await list(usher, { q: 'siti', state: 'closed' }))).toEqual([]);
});

test('a guest is found by the parts of the name that agents read', async () => {
  const { usher, open } = await begin();
  const guest = (end: string, name: string | null = null) =>
    open({
      contact: { ...contact, externalId: `75497c78-55d1-4c62-9f0e-6c1f3a7${end}`, name },
      externalId: `room-${end}`,
    });
  // Golden Bulbul 272, Golden Bulbul 273, Jade Robin 272, and somebody who has said a name.
  const [first, second, third] = [await guest('6050f'), await guest('60510'), await guest('7e30f')];
  const named = await guest('6050e', 'Sari');
  const names = (await list(usher)).items.map(({ contact: { displayName } }) => displayName);
  expect(names.toSorted()).toEqual([
    ...['Golden Bulbul 272', 'Golden Bulbul 273', 'Jade Robin 272', 'Sari'],
  ]);
  const find = async (q: string) => ids(await list(usher, { q, sort: 'oldest' }));
  expect(await find('bulbul')).toEqual([first, second]);
  expect(await find('golden bul')).toEqual([first, second]);
  expect(await find('272')).toEqual([first, third]);
  expect(await find('Bulbul 27')).toEqual([first, second]);
  expect(await find('jade')).toEqual([third]);
  expect(await find('golden bulbul 273')).toEqual([second]);
  expect(await find('bulbul golden')).toEqual([]);
  expect(await find('sari')).toEqual([named]);
});

test('the last message and what is unread belong to whoever looks', async () => {
  const { usher, open, act, say, add } = await begin();
  const { browser, agentId } = await addPerson(usher, ana);
  const other = await addPerson(usher, { ...ana, name: 'Budi', email: 'budi@example.com' });
  const id = await open();
  await act(id, 'assign', { agentId });
  await say(id, 'hello');
  await say(id, 'anybody there?');
  await add(`conversations/${id}/notes`, { text: 'patience' });
  const look = async (who: Browser) =>
    (await who.send<Conversation>('GET', `/api/v1/conversations/${id}`)).body;
  expect(await look(browser)).toMatchObject({
    channelKind: 'webchat',
    agentName: 'Ana',
    teamName: null,
    rating: null,
    contactReadSeq: null,
    unread: 2,
    lastMessage: { text: 'anybody there?', authorKind: 'contact', authorName: null, seq: 2 },
  });
  const read = (who: Browser, upToSeq: number) =>
    who.send('POST', `/api/v1/conversations/${id}/read`, { body: { upToSeq } });
  const unread = async () =>
    (await browser.send<{ unread: number }>('GET', '/api/v1/inbox/counts')).body.unread;
  expect(await unread()).toBe(1);
  expect((await read(browser, 1)).status).toBe(204);
  expect((await look(browser)).unread).toBe(1);
  await read(browser, 2_000_000);
  await read(browser, 1);
  expect((await look(browser)).unread).toBe(0);
  expect(await unread()).toBe(0);
  expect((await look(other.browser)).unread).toBe(2);
  await say(id, 'again');
  expect((await look(browser)).unread).toBe(1);
  expect((await list(usher)).items[0]).toMatchObject({ unread: 0, lastMessage: { seq: 4 } });
});

test('a closing is taken back: to its agent, or to its place in the queue', async () => {
  const { usher, open, act } = await begin();
  const { agentId } = await addPerson(usher, ana);
  const [held, first, second] = [await open(), await open(), await open()];
  await act(held, 'assign', { agentId });
  await act(held, 'close', { note: 'done' });
  expect(await act(held, 'reopen')).toMatchObject({ state: 'assigned', agentId, closedAt: null });
  await act(first, 'close');
  expect(await act(first, 'reopen')).toMatchObject({ state: 'waiting', position: 1 });
  const reopen = (id: string) => usher.call('POST', `/api/v1/conversations/${id}/reopen`);
  expect(await reopen(second)).toMatchObject({
    status: 409,
    body: { code: 'conversation.not-closed' },
  });
  const { rows } = await usher.database.pool.query('select load from agent where agent_id = $1', [
    agentId,
  ]);
  expect(rows).toEqual([{ load: 1 }]);
});

test('what cannot be taken back is said: full meanwhile, begun anew, told elsewhere', async () => {
  const { usher, open, act } = await begin();
  const { agentId } = await addPerson(usher, ana);
  await usher.call('PATCH', `/api/v1/agents/${agentId}`, { body: { capacity: 1 } });
  const [one, other] = [await open({ externalId: 'same' }), await open()];
  await act(one, 'assign', { agentId });
  await act(one, 'close');
  await act(other, 'assign', { agentId });
  expect(await act(one, 'reopen')).toMatchObject({ state: 'waiting', agentId: null });
  await act(one, 'close');
  await open({ externalId: 'same' });
  const reopen = (id: string) => usher.call('POST', `/api/v1/conversations/${id}/reopen`);
  expect(await reopen(one)).toMatchObject({
    status: 409,
    body: { code: 'conversation.superseded' },
  });
  const { open: openThere } = await makePlace(usher, { kind: 'qiscus' });
  const room = await openThere();
  await act(room, 'close');
  expect(await reopen(room)).toMatchObject({
    status: 409,
    body: { code: 'conversation.closed-elsewhere' },
  });
});

test('tags and priority are changed by hand; a higher priority moves ahead', async () => {
  const { usher, open } = await begin();
  await open();
  const id = await open();
  const path = `/api/v1/conversations/${id}`;
  const changed = await usher.call('PATCH', path, { body: { priority: 'urgent', tags: ['vip'] } });
  expect(changed.body).toMatchObject({ priority: 'urgent', tags: ['vip'], position: 1 });
  const back = await usher.call('PATCH', path, { body: { priority: 'normal' } });
  expect(back.body).toMatchObject({ priority: 'normal', tags: ['vip'], position: 2 });
  expect(await usher.call('PATCH', path, { body: {} })).toMatchObject({
    status: 400,
    body: { detail: 'body is empty: name at least 1 field to change.' },
  });
  await usher.call('POST', `${path}/close`);
  expect((await usher.call('PATCH', path, { body: { priority: 'high' } })).status).toBe(409);
  expect((await usher.call('PATCH', path, { body: { tags: [] } })).status).toBe(200);
});

test('a contact’s conversations are listed, newest first', async () => {
  const { usher, open, act } = await begin();
  const one = { contact: { ...contact, externalId: 'c-9' } };
  const first = await open({ ...one, externalId: 'r1' });
  await act(first, 'close');
  const second = await open({ ...one, externalId: 'r2' });
  await open();
  const { contact: who } = (await list(usher, { q: 'c-9' })).items[0] as Conversation;
  const { body } = await usher.call('GET', `/api/v1/contacts/${who.id}/conversations`);
  expect(ids(body as Page)).toEqual([second, first]);
});

test('a long history is read from its end', async () => {
  const { usher, open, say } = await begin();
  const id = await open();
  for (let n = 1; n <= 5; n += 1) await say(id, `message ${n}`);
  const seqs = async (query: string) => {
    const { body } = await usher.call('GET', `/api/v1/conversations/${id}/messages?${query}`);
    return (body as { items: { seq: number }[] }).items.map(({ seq }) => seq);
  };
  expect(await seqs('beforeSeq=2147483647&limit=2')).toEqual([4, 5]);
  expect(await seqs('beforeSeq=4&limit=2')).toEqual([2, 3]);
  expect(await seqs('afterSeq=3')).toEqual([4, 5]);
});

test('canned replies and tags are kept by supervisors and read by all', async () => {
  const { usher, add } = await begin();
  const { browser } = await addPerson(usher, ana);
  const team = await add('teams', { name: 'Sales' });
  const hello = await add('canned-replies', { shortcut: 'hello', text: 'Hello! 👋' });
  await add('canned-replies', { shortcut: 'hello', text: 'Hi from sales', teamId: team.id });
  const taken = await usher.call('POST', '/api/v1/canned-replies', {
    body: { shortcut: 'HELLO', text: 'again' },
  });
  expect(taken).toMatchObject({ status: 409, body: { code: 'canned-reply.shortcut-taken' } });
  const nowhere = { shortcut: 'x', text: 'x', teamId: hello.id };
  expect(
    (await usher.call('POST', '/api/v1/canned-replies', { body: nowhere })).body,
  ).toMatchObject({
    code: 'team.not-found',
  });
  const path = `/api/v1/canned-replies/${hello.id}`;
  await usher.call('PATCH', path, { body: { text: 'Hello.' } });
  const replies = await browser.send<{ items: object[] }>('GET', '/api/v1/canned-replies');
  expect(replies.body.items).toContainEqual({
    id: hello.id,
    shortcut: 'hello',
    text: 'Hello.',
    teamId: null,
  });
  expect((await usher.call('DELETE', path)).status).toBe(204);
  expect((await usher.call('DELETE', path)).body).toMatchObject({ code: 'canned-reply.not-found' });

  const tag = await add('tags', { name: 'refund', colour: '#ff0000' });
  const twin = { name: 'Refund', colour: '#00ff00' };
  expect((await usher.call('POST', '/api/v1/tags', { body: twin })).body).toMatchObject({
    code: 'tag.name-taken',
  });
  const renamed = await usher.call('PATCH', `/api/v1/tags/${tag.id}`, {
    body: { name: 'money back' },
  });
  expect(renamed.body).toEqual({ id: tag.id, name: 'money back', colour: '#ff0000' });
  expect((await browser.send('DELETE', `/api/v1/tags/${tag.id}`)).status).toBe(403);
  expect((await usher.call('DELETE', `/api/v1/tags/${tag.id}`)).status).toBe(204);
});
