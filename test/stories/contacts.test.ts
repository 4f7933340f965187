// Contacts are found, changed without overwriting others, and looked at by whom may see them.
import { expect, test } from 'vitest';
import { startWithContacts } from '../makers/start-with-contacts.ts';

test('a contact is found by words of a name, address, phone, id, tag and attribute', async () => {
  const { put, names } = await startWithContacts();
  await put('c-1', {
    ...{ name: 'Maria da Silva', email: 'Maria@shop.example', phone: '+55 (11) 91234-5678' },
    ...{ tags: ['vip'], attributes: { plan: 'gold' } },
  });
  await put('c-2', { name: 'Mario Rossi', tags: ['new'], attributes: { plan: 'silver' } });
  const finds = {
    'q=silva': ['Maria da Silva'],
    'q=mar': ['Mario Rossi', 'Maria da Silva'],
    'q=da%20mar': ['Maria da Silva'],
    'q=ssi': ['Mario Rossi'],
    'q=maria%40shop': ['Maria da Silva'],
    'q=5511912': ['Maria da Silva'],
    'q=%2B55%2011': ['Maria da Silva'],
    'q=c-2': ['Mario Rossi'],
    'tag=vip': ['Maria da Silva'],
    'attribute=plan&value=silver': ['Mario Rossi'],
    'q=mar&tag=vip': ['Maria da Silva'],
    "q=it's%20%5C%25": [],
    'q=nobody': [],
  };
  for (const [query, found] of Object.entries(finds)) {
    expect(await names(query), query).toEqual(found);
  }
});

test('pages follow each other, from the newest contact on', async () => {
  const { put, call } = await startWithContacts();
  for (const n of [1, 2, 3]) await put(`c-${n}`, { name: `Kim ${n}` });
  type Body = { items: { name: string }[]; nextCursor: string | null };
  const page = async (query: string) =>
    (await call('GET', `/api/v1/contacts?${query}`)).body as Body;
  const first = await page('limit=2&q=kim');
  expect(first.items.map(({ name }) => name)).toEqual(['Kim 3', 'Kim 2']);
  const second = await page(`limit=2&q=kim&cursor=${first.nextCursor}`);
  expect(second).toMatchObject({ items: [{ name: 'Kim 1' }], nextCursor: null });
  expect((await call('GET', '/api/v1/contacts?cursor=zzz')).status).toBe(400);
  expect((await call('GET', '/api/v1/contacts?attribute=plan')).status).toBe(400);
});

test('an agent who sees only their own conversations is listed their contacts alone', async () => {
  const world = await startWithContacts();
  const { usher, call, list, open, held, put, close, agentToken } = world;
  const mine = await open('case-1', { externalId: 'mine', name: 'Kim Mine' });
  await held(mine);
  await put('other', { name: 'Kim Other' });
  const seen = async (query: string) =>
    (await list(query, agentToken)).map(({ displayName }) => displayName);
  expect(await seen('q=kim')).toEqual(['Kim Other', 'Kim Mine']);
  await call('PATCH', '/api/v1/settings', { body: { agentsSee: 'own-and-teams' } });
  expect(await seen('q=kim')).toEqual(['Kim Mine']);
  expect(await seen('')).toEqual(['Kim Mine']);
  // A colleague's conversation with the same contact, and what was noted there, stays hidden.
  await close(mine);
  const theirs = await open('case-2', { externalId: 'mine' });
  await call('POST', `/api/v1/conversations/${theirs}/notes`, { body: { text: 'For us' } });
  await usher.database.pool.query(
    `update conversation set agent_id = gen_random_uuid(), state = 'closed', closed_at = now(), held_until = null
    where conversation_id = $1`,
    [theirs],
  );
  const [shown] = await list('q=mine');
  const record = async (token?: string) =>
    (await call('GET', `/api/v1/contacts/${shown?.id}/record`, { ...(token && { token }) })).body;
  expect(await record()).toMatchObject({
    notes: [{ text: 'For us' }],
    conversations: { ended: 2 },
  });
  expect(await record(agentToken)).toMatchObject({ notes: [], conversations: { ended: 1 } });
  const [other] = await list('q=other');
  const hidden = await call('GET', `/api/v1/contacts/${other?.id}/record`, { token: agentToken });
  expect(hidden.status).toBe(404);
});

test('a change is refused where somebody has changed the same since it was read', async () => {
  const { put, call, get } = await startWithContacts();
  const id = await put('c-1', { name: 'Kim', attributes: { plan: 'gold' } });
  const change = (body: object) => call('PATCH', `/api/v1/contacts/${id}`, { body });
  expect((await change({ name: 'Kim Lee', was: { name: 'Kim' } })).status).toBe(200);
  const late = await change({ name: 'Kimmy', was: { name: 'Kim' } });
  expect(late).toMatchObject({ status: 409, body: { code: 'contact.changed' } });
  // Another field has nothing to do with it.
  const other = { email: 'kim@shop.example', was: { email: null } };
  expect((await change(other)).status).toBe(200);
  const named = { attributes: { plan: 'blue' }, was: { attributes: { plan: 'silver' } } };
  expect(await change(named)).toMatchObject({ status: 409, body: { code: 'contact.changed' } });
  expect(await get(id)).toMatchObject({ name: 'Kim Lee', attributes: { plan: 'gold' } });
});

test('what is on record shows identities, figures, ratings and notes', async () => {
  const { open, held, act, close, list, get, post, usher } = await startWithContacts();
  const id = await open('case-1', { externalId: 'kim', name: 'Kim' });
  await held(id);
  await act(id, 'notes', { text: 'Prefers mornings' });
  await act(id, 'close', { note: 'Sent a new one', meta: { Reason: 'broken' } });
  await post('ratings', { conversation: 'case-1', externalId: 'kim', score: 4 });
  await usher.database.pool.query('update conversation set rating_score = 4, rated_at = now()');
  const [contact] = await list('q=kim');
  expect(await get(contact?.id as string, '/record')).toMatchObject({
    identities: [{ externalId: 'kim', channelName: 'Our shop', channelKind: 'api' }],
    ...{ ratings: { count: 1, mean: 4 }, conversations: { open: 0, ended: 1 }, block: null },
    notes: [{ text: 'Prefers mornings', authorName: 'Ben', conversationId: id }],
  });
  const { items } = await get<{ items: object[] }>(contact?.id as string, '/conversations');
  expect(items).toMatchObject([
    {
      closing: { note: 'Sent a new one', answers: [{ name: 'Reason', value: 'broken' }] },
      rating: { score: 4 },
    },
  ]);
  expect((await close(id)).status).toBe(409);
});
