// Since when a customer waits for an answer, and what somebody wants to see as unread again.
import { expect, test } from 'vitest';
import { openShop, type Shop } from '../makers/automate.ts';
import { addPerson } from '../makers/browse.ts';
import { eventually, startTestUsher } from '../makers/start-test-usher.ts';

let said = 0;

async function start() {
  const usher = await startTestUsher();
  const shop = await openShop(usher.call);
  const ana = await addPerson(usher, { name: 'Ana', email: 'ana@example.com', role: 'agent' });
  await shop.send('PATCH', `agents/${ana.agentId}`, { availability: 'online', capacity: 5 });
  const conversation = await shop.open({ externalId: 'case' });
  await eventually(
    () => shop.read(conversation),
    ({ agentId }) => agentId === ana.agentId,
  );
  return { usher, shop, ana, conversation };
}

/** The customer writes. */
function write({ send, channelId }: Shop, text: string) {
  said += 1;
  const message = { conversation: 'case', externalId: `said-${said}`, text };
  return send('POST', `channels/${channelId}/messages`, message);
}

test('the wait for an answer begins with the first unanswered message, goes on with the next, and is over once our word is the last', async () => {
  const { usher, shop, ana, conversation } = await start();
  const since = async () => (await shop.read(conversation)).awaitedSince;
  const times = async () =>
    (
      (await shop.send('GET', `conversations/${conversation}/messages`)).items as {
        createdAt: string;
      }[]
    ).map(({ createdAt }) => createdAt);
  expect(await since()).toBe(null);
  await write(shop, 'Hello?');
  await usher.clock.advance(60_000);
  await write(shop, 'Anybody?');
  expect(await since()).toBe((await times())[0]);
  const at = `/api/v1/conversations/${conversation}`;
  await ana.browser.send('POST', `${at}/notes`, { body: { text: 'Who knows this?' } });
  expect(await since()).toBe((await times())[0]);
  const answered = await ana.browser.send('POST', `${at}/messages`, { body: { text: 'Yes.' } });
  expect(answered.status).toBe(201);
  expect(await since()).toBe(null);
  await write(shop, 'And now?');
  expect(await since()).toBe((await times())[4]);
  const listed = await shop.send('GET', 'conversations?state=open');
  expect(listed.items).toMatchObject([{ awaitedSince: (await times())[4] }]);
  await ana.browser.send('POST', `${at}/close`);
  expect(await since()).toBe(null);
});

test('what is marked unread is unread for its reader alone, from the last message or from the one that is named', async () => {
  const { usher, shop, ana, conversation } = await start();
  const at = `/api/v1/conversations/${conversation}`;
  const unread = async () =>
    ((await ana.browser.send('GET', at)).body as { unread: number }).unread;
  const nothing = await ana.browser.send('POST', `${at}/unread`);
  expect([nothing.status, nothing.body]).toMatchObject([
    409,
    { code: 'conversation.nothing-unread' },
  ]);
  for (const text of ['One', 'Two', 'Three']) await write(shop, text);
  const ben = await addPerson(usher, { name: 'Ben', email: 'ben@example.com', role: 'agent' });
  for (const { browser } of [ana, ben]) {
    await browser.send('POST', `${at}/read`, { body: { upToSeq: 3 } });
  }
  expect(await unread()).toBe(0);
  expect((await ana.browser.send('POST', `${at}/unread`)).status).toBe(204);
  expect(await unread()).toBe(1);
  await ana.browser.send('POST', `${at}/unread`, { body: { fromSeq: 2 } });
  expect(await unread()).toBe(2);
  // It takes nothing forward.
  await ana.browser.send('POST', `${at}/unread`);
  expect(await unread()).toBe(2);
  expect((await ben.browser.send('GET', at)).body).toMatchObject({ unread: 0 });
});

test('words are found in one conversation alone, the latest first, in notes too, and signs are no wildcards', async () => {
  const { shop, ana, conversation } = await start();
  const at = `/api/v1/conversations/${conversation}`;
  for (const text of ['I paid 100%', 'A refund, please', 'REFUND!']) await write(shop, text);
  await ana.browser.send('POST', `${at}/notes`, { body: { text: 'The refund is due' } });
  const other = await shop.open({ externalId: 'other' });
  await ana.browser.send('POST', `/api/v1/conversations/${other}/notes`, {
    body: { text: 'refund elsewhere' },
  });
  const find = async (q: string) => {
    const { body } = await ana.browser.send<{ items: { seq: number }[]; more: boolean }>(
      'GET',
      `${at}/search?q=${encodeURIComponent(q)}`,
    );
    return [body.items.map(({ seq }) => seq), body.more];
  };
  expect(await find('refund')).toEqual([[4, 3, 2], false]);
  expect(await find('100%')).toEqual([[1], false]);
  expect(await find('%')).toEqual([[1], false]);
  expect(await find('nothing')).toEqual([[], false]);
});
