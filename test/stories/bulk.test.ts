// Many conversations in one request: each is judged by itself, and a repeat does nothing twice.
import { v4 as uuid } from 'uuid';
import { expect, test } from 'vitest';
import type { BulkOutcome } from '../../src/contract/bulk.ts';
import { openShop } from '../makers/automate.ts';
import { eventually, startTestUsher } from '../makers/start-test-usher.ts';

async function start() {
  const usher = await startTestUsher();
  const shop = await openShop(usher.call);
  const addAgent = async (name: string, more: object = {}) => {
    const body = { name, availability: 'online', capacity: 5, ...more };
    const id = (await shop.send('POST', 'agents', body)).id as string;
    const wanted = { name, role: 'agent', agentId: id };
    return { id, token: (await shop.send('POST', 'tokens', wanted)).token as string };
  };
  const bulk = async (changes: object[], token?: string, key = uuid()) => {
    const headers = { 'idempotency-key': key };
    const sent = { body: { changes }, headers, ...(token === undefined ? {} : { token }) };
    const answer = await usher.call('POST', '/api/v1/conversations/bulk', sent);
    return { ...answer, items: (answer.body as { items: BulkOutcome[] }).items };
  };
  /** Held by whoever is online. */
  const openHeld = async () => {
    const id = await shop.open();
    await eventually(
      () => shop.read(id),
      ({ state }) => state === 'assigned',
    );
    return id;
  };
  return { usher, shop, addAgent, bulk, openHeld };
}

test('each is done or refused by itself, in the order of the request', async () => {
  const { shop, addAgent, bulk, openHeld } = await start();
  const ana = await addAgent('Ana');
  const [first, second] = [await openHeld(), await openHeld()];
  await shop.send('PATCH', `agents/${ana.id}`, { availability: 'offline' });
  const ben = await addAgent('Ben');
  const third = await openHeld();
  const unknown = uuid();
  const { items } = await bulk(
    [{ ids: [third, first, unknown], action: { close: { reason: 'spam' } } }],
    ben.token,
  );
  expect(items).toMatchObject([
    { id: third, result: 'done', problem: null },
    { id: first, result: 'refused', problem: { code: 'conversation.held-by-another' } },
    { id: unknown, result: 'refused', problem: { code: 'conversation.not-found' } },
  ]);
  expect(await shop.read(third)).toMatchObject({ state: 'closed', closeReason: 'spam' });
  expect(await shop.read(first)).toMatchObject({ state: 'assigned' });
  expect(await shop.read(second)).toMatchObject({ state: 'assigned' });
});

test('closings, tags, priorities, transfers and returns to the queue can be mixed, and be taken back in one request', async () => {
  const { shop, addAgent, bulk, openHeld } = await start();
  const ana = await addAgent('Ana');
  const [closed, tagged, urgent, given, queued] = [
    await openHeld(),
    await openHeld(),
    await openHeld(),
    await openHeld(),
    await openHeld(),
  ] as const;
  await shop.send('PATCH', `conversations/${tagged}`, { tags: ['old', 'kept'] });
  await shop.send('PATCH', `agents/${ana.id}`, { availability: 'away' });
  const ben = await addAgent('Ben', { availability: 'away' });
  const { items } = await bulk([
    { ids: [closed], action: { close: {} } },
    { ids: [tagged], action: { tags: { add: ['new', 'kept'], remove: ['old'] } } },
    { ids: [urgent], action: { priority: 'urgent' } },
    { ids: [given], action: { transfer: { agentId: ben.id, note: 'Yours' } } },
    { ids: [queued], action: { requeue: {} } },
  ]);
  expect(items.map(({ result, problem }) => problem?.code ?? result)).toEqual(
    Array.from({ length: 5 }, () => 'done'),
  );
  expect(await shop.read(closed)).toMatchObject({ state: 'closed' });
  expect(await shop.read(tagged)).toMatchObject({ tags: ['kept', 'new'] });
  expect(await shop.read(urgent)).toMatchObject({ priority: 'urgent' });
  expect(await shop.read(given)).toMatchObject({ agentId: ben.id, transfer: { note: 'Yours' } });
  expect(await shop.read(queued)).toMatchObject({ state: 'waiting' });
  const back = await bulk([
    { ids: [closed], action: { reopen: {} } },
    { ids: [tagged], action: { tags: { add: ['old'], remove: ['new'] } } },
    { ids: [urgent], action: { priority: 'normal' } },
    { ids: [given], action: { transfer: { agentId: ana.id } } },
  ]);
  expect(back.items.map(({ result }) => result)).toEqual(['done', 'done', 'done', 'done']);
  expect(await shop.read(closed)).toMatchObject({ state: 'assigned', agentId: ana.id });
  expect((await shop.read(tagged)).tags.toSorted()).toEqual(['kept', 'old']);
  expect(await shop.read(given)).toMatchObject({ agentId: ana.id });
});

test('a repeat under the same key gets the same answer and closes nothing again', async () => {
  const { shop, addAgent, bulk, openHeld } = await start();
  await addAgent('Ana');
  const id = await openHeld();
  const key = uuid();
  const changes = [{ ids: [id], action: { close: {} } }];
  const first = await bulk(changes, undefined, key);
  const again = await bulk(changes, undefined, key);
  expect(again.text).toBe(first.text);
  const closings = (await shop.events(id)).filter(({ type }) => type === 'conversation.closed');
  expect(closings).toHaveLength(1);
  const anew = await bulk(changes);
  expect(anew.items).toMatchObject([
    { result: 'refused', problem: { code: 'conversation.closed' } },
  ]);
});

test('more than a hundred, or one of them twice, is refused whole; what an agent may not see is not found', async () => {
  const { shop, addAgent, bulk, openHeld } = await start();
  const ana = await addAgent('Ana');
  const id = await openHeld();
  const many = Array.from({ length: 60 }, () => uuid());
  const others = Array.from({ length: 60 }, () => uuid());
  const action = { priority: 'high' };
  const tooMany = await bulk([
    { ids: many, action },
    { ids: others, action },
  ]);
  expect([tooMany.status, tooMany.text]).toEqual([
    400,
    expect.stringContaining('100 conversations in all'),
  ]);
  const twice = await bulk([
    { ids: [id], action },
    { ids: [id], action: { requeue: {} } },
  ]);
  expect([twice.status, twice.text]).toEqual([400, expect.stringContaining('once')]);
  await shop.send('PATCH', 'settings', { agentsSee: 'own-and-teams' });
  await shop.send('PATCH', `agents/${ana.id}`, { availability: 'away' });
  const ben = await addAgent('Ben');
  const unseen = await bulk([{ ids: [id], action }], ben.token);
  expect(unseen.items).toMatchObject([{ problem: { code: 'conversation.not-found' } }]);
  expect(await shop.read(id)).toMatchObject({ priority: 'normal' });
});
