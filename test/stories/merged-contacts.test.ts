// Two contacts turn out to be one person: one stands for both, the channels go on knowing each, and it can be taken back.
import { expect, test } from 'vitest';
import { eventually } from '../makers/start-test-usher.ts';
import { type ContactsWorld, startWithContacts } from '../makers/start-with-contacts.ts';

async function begin() {
  const world = await startWithContacts();
  const { open, put } = world;
  const kept = await put('ana', { name: 'Ana', tags: ['vip'] });
  const merged = await put('ana-shop', { email: 'ana@shop.example', tags: ['old'] });
  const before = await open('case-1', { externalId: 'ana-shop' });
  return { ...world, kept, merged, before };
}

async function conversationsOf({ get }: Pick<ContactsWorld, 'get'>, id: string) {
  const { items } = await get<{ items: { id: string; contact: object }[] }>(id, '/conversations');
  return items;
}

test('a preview says what it comes to and writes nothing; the merging does what it said', async () => {
  const { kept, merged, get, actOn, list } = await begin();
  const preview = await get(kept, `/merge-preview?mergedId=${merged}`);
  expect(preview).toMatchObject({
    kept: { id: kept, name: 'Ana', email: 'ana@shop.example', tags: ['vip', 'old'] },
    ...{ merged: { id: merged }, given: ['email', 'tags'], leftOut: 0, conversations: 1 },
  });
  expect(await list()).toHaveLength(2);
  expect((await actOn(kept, 'merge', { mergedId: merged })).status).toBe(201);
  expect(await list()).toMatchObject([
    { id: kept, name: 'Ana', email: 'ana@shop.example', tags: ['vip', 'old'] },
  ]);
  // Whoever still has the other's id is shown the one that stands for it.
  expect(await get(merged)).toMatchObject({ id: kept });
});

test('what the merged identity sends afterwards is the kept contact’s, and the program is told its own id', async () => {
  const { kept, merged, before, open, post, actOn, call, ...world } = await begin();
  await actOn(kept, 'merge', { mergedId: merged });
  await call('POST', `/api/v1/conversations/${before}/close`, { body: {} });
  const later = await open('case-2', { externalId: 'ana-shop' });
  const all = await conversationsOf(world, kept);
  expect(all.map(({ id }) => id)).toEqual([later, before]);
  expect(all[0]).toMatchObject({
    contact: { id: kept, displayName: 'Ana', externalId: 'ana-shop' },
  });
  await post('messages', { conversation: 'case-2', externalId: 'ana-shop', text: 'Hello' });
  const standing = await call('GET', world.at('conversations/case-2'), { token: world.token });
  expect(standing.text).not.toContain('"ana"');
});

test('taken back, they are two again: what was given is taken back unless somebody changed it', async () => {
  const { kept, merged, before, get, actOn, call } = await begin();
  const { body } = await actOn(kept, 'merge', { mergedId: merged });
  const { mergeId } = body as { mergeId: string };
  await call('PATCH', `/api/v1/contacts/${kept}`, { body: { email: 'new@shop.example' } });
  expect((await actOn(kept, `merges/${mergeId}/undo`)).status).toBe(204);
  expect(await get(kept)).toMatchObject({ email: 'new@shop.example', tags: ['vip'] });
  expect(await get(merged)).toMatchObject({ id: merged, email: 'ana@shop.example' });
  expect(await conversationsOf({ get }, merged)).toMatchObject([{ id: before }]);
  expect(await conversationsOf({ get }, kept)).toEqual([]);
  expect(await actOn(kept, `merges/${mergeId}/undo`)).toMatchObject({
    ...{ status: 409, body: { code: 'contact.merge-undone' } },
  });
  const { merges } = await get<{ merges: object[] }>(kept, '/record');
  expect(merges).toMatchObject([{ id: mergeId, undoneAt: expect.any(String) }]);
  const { body: audit } = await call('GET', '/api/v1/audit?limit=200');
  const actions = (audit as { items: { action: string }[] }).items.map(({ action }) => action);
  expect(actions).toEqual(expect.arrayContaining(['contact.merged', 'contact.parted']));
});

test('a chain of merges is taken back link by link, in any order', async () => {
  const { put, actOn, get } = await startWithContacts();
  const [a, b, c] = await Promise.all(['a', 'b', 'c'].map((name) => put(name, { name })));
  const merge = async (kept = '', mergedId = '') =>
    ((await actOn(kept, 'merge', { mergedId })).body as { mergeId: string }).mergeId;
  const first = await merge(b, c);
  const second = await merge(a, b);
  for (const id of [b, c]) expect(await get(id as string)).toMatchObject({ id: a });
  // The first link, although the second was made since.
  expect((await actOn(a as string, `merges/${first}/undo`)).status).toBe(204);
  expect(await get(c as string)).toMatchObject({ id: c });
  expect(await get(b as string)).toMatchObject({ id: a });
  expect((await actOn(a as string, `merges/${second}/undo`)).status).toBe(204);
  expect(await get(b as string)).toMatchObject({ id: b });
});

test('of many who merge the same two at once, in both directions, one does', async () => {
  const { kept, merged, actOn, list, usher } = await begin();
  const tries = Array.from({ length: 10 }, (_, n) =>
    n % 2 === 0
      ? actOn(kept, 'merge', { mergedId: merged })
      : actOn(merged, 'merge', { mergedId: kept }),
  );
  const statuses = (await Promise.all(tries)).map(({ status }) => status);
  expect(statuses.filter((status) => status === 201)).toHaveLength(1);
  expect(statuses.filter((status) => status === 409)).toHaveLength(9);
  expect(await list()).toHaveLength(1);
  const { rows } = await usher.database.pool.query('select 1 from contact_merge');
  expect(rows).toHaveLength(1);
});

test('a contact is not merged into itself, nor with one that is merged already', async () => {
  const { kept, merged, actOn, put } = await begin();
  expect(await actOn(kept, 'merge', { mergedId: kept })).toMatchObject({
    ...{ status: 409, body: { code: 'contact.same' } },
  });
  await actOn(kept, 'merge', { mergedId: merged });
  const third = await put('third');
  expect(await actOn(third, 'merge', { mergedId: merged })).toMatchObject({
    ...{ status: 409, body: { code: 'contact.merged-already' } },
  });
});

test('the rules look at the contact that stands for who writes', async () => {
  const { kept, merged, actOn, call, open, before } = await begin();
  const { policy } = (await call('GET', '/api/v1/policy')).body as { policy: object };
  const rule = {
    ...{ name: 'VIP', when: { field: 'contact.tags', contains: 'vip' } },
    // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
    then: { plan: 'Default', addTags: ['important'] },
  };
  const plans = [{ name: 'Default', steps: [{ after: 0 }] }];
  // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
  const rules = [rule, { name: 'Everybody', then: { plan: 'Default' } }];
  const put = await call('PUT', '/api/v1/policy', { body: { ...policy, plans, rules } });
  expect(put.status, put.text).toBe(200);
  await call('POST', `/api/v1/conversations/${before}/close`, { body: {} });
  await actOn(kept, 'merge', { mergedId: merged });
  const id = await open('case-2', { externalId: 'ana-shop' });
  const conversation = await eventually(
    async () => (await call('GET', `/api/v1/conversations/${id}`)).body as { tags: string[] },
    ({ tags }) => tags.length > 0,
  );
  expect(conversation.tags).toEqual(['important']);
});
