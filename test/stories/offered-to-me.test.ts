// What an agent is asked to accept, as their screen fetches it, and answers that come wrong: nothing is half done.
import { expect, test } from 'vitest';
import { eventually } from '../makers/start-test-usher.ts';
import { startWithOffers } from '../makers/start-with-offers.ts';

type World = Awaited<ReturnType<typeof startWithOffers>>;

/** Everything that an answer could have changed. */
async function standing({ get, eventsOf, call }: World, id: string) {
  const { items } = (await call('GET', '/api/v1/agents')).body as {
    items: { name: string; load: number; availability: string }[];
  };
  const loads = items.map(({ name, load, availability }) => [name, load, availability]);
  const { lastMessage, ...conversation } = await get(id);
  return { conversation, events: await eventsOf(id), loads };
}

/** The next pass takes what has ended from its agent's load. */
async function endAndFree({ call }: World, id: string) {
  await call('POST', `/api/v1/conversations/${id}/close`, { body: {} });
  await eventually(
    async () => (await call('GET', '/api/v1/agents')).body as { items: { load: number }[] },
    ({ items }) => items.every(({ load }) => load === 0),
  );
}

test('an agent is shown who asks, where, what they said first, why they are chosen and until when', async () => {
  const world = await startWithOffers();
  const { call, channelId, addAgent, offeredTo, offersOf } = world;
  const ana = await addAgent('Ana');
  const budi = await addAgent('Budi', 0);
  const made = await call('POST', `/api/v1/channels/${channelId}/conversations`, {
    body: {
      ...{ externalId: 'case-1', contact: { externalId: 'eka', name: 'Eka' }, priority: 'high' },
      message: { text: 'My parcel has not come.' },
    },
  });
  const { id } = made.body as { id: string };
  const { offeredUntil } = await offeredTo(id, ana.id);
  const { items, missed } = await offersOf(ana.token);
  expect(missed).toEqual([]);
  expect(items).toMatchObject([
    {
      ...{ conversationId: id, channelKind: 'api', channelName: 'Shop', channelId },
      ...{ contact: { displayName: 'Eka' }, priority: 'high', plan: 'Asked', offeredUntil },
      firstMessage: { text: 'My parcel has not come.', files: 0 },
      reasons: [{ code: 'chosen', agentName: 'Ana' }, { code: 'considered' }, {}],
    },
  ]);
  expect(items[0]?.explanation[0]).toContain('Ana was chosen');
  expect(await offersOf(budi.token)).toEqual({ items: [], missed: [] });
  // The token of the tests is of no agent.
  expect(await offersOf(null)).toEqual({ items: [], missed: [] });
});

test('several stand in the order in which they are over, and what was accepted or declined is none', async () => {
  const { usher, addAgent, open, offeredTo, answer, offersOf } = await startWithOffers();
  const ana = await addAgent('Ana', 3);
  const ids: string[] = [];
  for (let nth = 0; nth < 3; nth += 1) {
    ids.push(await open());
    await offeredTo(ids[nth] as string, ana.id);
    await usher.clock.advance(1000);
  }
  const listed = async () =>
    (await offersOf(ana.token)).items.map(({ conversationId }) => conversationId);
  expect(await listed()).toEqual(ids);
  const [first = '', second = '', third] = ids;
  await answer(second, 'accept', ana.token);
  await answer(first, 'decline', ana.token, { reason: 'busy' });
  expect(await listed()).toEqual([third]);
});

test('what was missed is told for half an hour', async () => {
  // By one miss she is away, so what she missed is not offered to her again.
  const { usher, addAgent, open, offeredTo, offersOf } = await startWithOffers({
    ...{ within: 20, misses: 1 },
  });
  const ana = await addAgent('Ana');
  const id = await open();
  const { offeredUntil } = await offeredTo(id, ana.id);
  await usher.clock.advance(20_001);
  const { missed, items } = await eventually(
    () => offersOf(ana.token),
    (offers) => offers.missed.length > 0,
  );
  expect(items).toEqual([]);
  expect(missed).toMatchObject([
    { conversationId: id, channelName: 'Shop', contact: { name: 'Eka' } },
  ]);
  expect(Date.parse(missed[0]?.missedAt ?? '')).toBeGreaterThanOrEqual(
    Date.parse(offeredUntil ?? ''),
  );
  await usher.clock.advance(1_800_000);
  expect(await offersOf(ana.token)).toEqual({ items: [], missed: [] });
});

test('an answer that comes twice, from somebody else, too late or after the end is refused with the reason, and changes nothing', async () => {
  const world = await startWithOffers();
  const { usher, addAgent, open, offeredTo, answer, get } = world;
  const ana = await addAgent('Ana');
  const budi = await addAgent('Budi', 0);
  const refuses = async (
    id: string,
    who: { token: string },
    { verb, code, detail }: { verb: string; code: string; detail?: string },
  ) => {
    const before = await standing(world, id);
    const { status, body } = await answer(id, verb, who.token);
    expect([status, body], `${verb} ${code}`).toMatchObject([
      409,
      { code, ...(detail && { detail }) },
    ]);
    expect(await standing(world, id), `${verb} ${code}`).toEqual(before);
  };
  const not = 'conversation.not-offered';

  const first = await open();
  await offeredTo(first, ana.id);
  for (const verb of ['accept', 'decline']) {
    await refuses(first, budi, { verb, code: not, detail: 'Ana has it.' });
  }
  expect((await answer(first, 'accept', ana.token)).status).toBe(200);
  const detail = 'It was accepted before, so it stays.';
  await refuses(first, ana, { verb: 'decline', code: not, detail });
  // Accepting again is no fault, and writes nothing.
  const accepted = await standing(world, first);
  expect((await answer(first, 'accept', ana.token)).status).toBe(200);
  expect(await standing(world, first)).toEqual(accepted);
  await endAndFree(world, first);
  for (const verb of ['accept', 'decline']) {
    await refuses(first, ana, { verb, code: not, detail: 'The conversation has ended.' });
  }

  const second = await open();
  await offeredTo(second, ana.id);
  expect((await answer(second, 'decline', ana.token)).status).toBe(200);
  for (const verb of ['accept', 'decline']) {
    await refuses(second, ana, { verb, code: not, detail: 'You have declined it.' });
  }
  await endAndFree(world, second);

  const third = await open();
  await offeredTo(third, ana.id);
  await usher.clock.advance(20_001);
  await eventually(
    () => get(third),
    ({ state }) => state === 'waiting',
  );
  for (const verb of ['accept', 'decline']) {
    await refuses(third, ana, { verb, code: 'conversation.offer-late' });
  }
});

test('of two answers that come at the same time one counts, and the other is told so', async () => {
  const { addAgent, open, offeredTo, answer, eventsOf } = await startWithOffers();
  const ana = await addAgent('Ana');
  const id = await open();
  await offeredTo(id, ana.id);
  const answers = await Promise.all(
    ['accept', 'decline', 'accept', 'decline'].map((verb) => answer(id, verb, ana.token)),
  );
  const ended = (await eventsOf(id))
    .map(({ type }) => type)
    .filter((type) => type === 'conversation.accepted' || type === 'conversation.declined');
  expect(ended).toHaveLength(1);
  const refused = answers.filter(({ status }) => status !== 200);
  for (const { status, body } of refused) {
    expect([status, body]).toMatchObject([409, { code: 'conversation.not-offered' }]);
  }
  // Accepting twice is none of them.
  const isTaken = ended[0] === 'conversation.accepted';
  expect(refused.length).toBe(isTaken ? 2 : 3);
});
