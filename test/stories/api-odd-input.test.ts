// What a hostile program may send by an API channel: it is refused in the contract's words, or kept within bounds.
import { expect, test } from 'vitest';
import type { Contact } from '../../src/contract/endpoints.ts';
import { startShopWithBot, withBot } from '../makers/start-shop-with-bot.ts';
import { startTestUsher } from '../makers/start-test-usher.ts';
import { startWithProgram } from '../makers/start-with-program.ts';

const invalid = { status: 400, body: { code: 'request.invalid' } };
const NAMES = ['a\u0000', 'a\ud800', '', 'x'.repeat(256)];

test.each(['-'.repeat(36), 'f'.repeat(36), `${'0'.repeat(8)}-0000-0000-0000-${'f'.repeat(11)}-`])(
  'a cursor of messages that names no conversation (%s) is refused',
  async (id) => {
    const { usher, at, token, open } = await startWithProgram();
    await open();
    const path = at(`messages?conversation=case-1&after=${id}:1`);
    expect(await usher.call('GET', path, { token })).toMatchObject(invalid);
  },
);

test('names that cannot be kept, are empty or too long are refused wherever names are free', async () => {
  const { usher, at, token, post, agentId } = await startWithProgram();
  const contact = { externalId: 'customer-1' };
  for (const name of NAMES) {
    const named = { [name]: 'x' };
    const answers = [
      await usher.call('PUT', at('contacts/c'), { token, body: { attributes: named } }),
      await post('conversations', { externalId: 'a', contact: { ...contact, attributes: named } }),
      await post('conversations', { externalId: 'a', contact, meta: named }),
      await usher.call('PATCH', `/api/v1/agents/${agentId}`, { body: { limits: { [name]: 1 } } }),
      await usher.call('POST', '/api/v1/macros', {
        body: { name: 'm', actions: [{ do: 'message', texts: { [name]: 'x' } }] },
      }),
    ];
    for (const [nth, answer] of answers.entries()) {
      expect(answer.status, `${nth} ${JSON.stringify(name)} ${answer.text}`).toBe(400);
    }
  }
  expect(await usher.conversations()).toEqual([]);
});

test('fields of a bot that cannot be kept are refused, and the bot keeps the conversation', async () => {
  const shop = await startShopWithBot({ behave: () => undefined });
  const id = await shop.open();
  await shop.until(id, withBot);
  for (const name of NAMES) {
    const fields = { [name]: 'x' };
    expect(await shop.bot.says(id).handOver({ reason: 'x', fields })).toBe(400);
  }
  expect((await shop.read(id)).agentKind).toBe('bot');
});

test('what is known of a contact does not grow without end, by whatever door', async () => {
  const { usher, at, token, post } = await startWithProgram();
  const many = (round: number, count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, nth) => [`r${round}-${nth}`, 'x']));
  const tags = (round: number) => Array.from({ length: 20 }, (_, nth) => `r${round}-${nth}`);
  const put = (body: object) => usher.call('PUT', at('contacts/c'), { token, body });
  const { id } = (await put({ name: 'Ana' })).body as { id: string };
  const read = async () => (await usher.call('GET', `/api/v1/contacts/${id}`)).body as Contact;
  const patch = (body: object) => usher.call('PATCH', `/api/v1/contacts/${id}`, { body });
  const statuses = [];
  for (let round = 0; round < 6; round += 1) {
    statuses.push((await put({ attributes: many(round, 50) })).status);
    statuses.push((await put({ tags: tags(round) })).status);
  }
  expect(statuses).toEqual([200, 200, 200, 200, 200, 200, 200, 200, 400, 200, 400, 400]);
  expect(await put({ attributes: many(9, 1) })).toMatchObject(invalid);
  expect(await patch({ attributes: many(9, 1) })).toMatchObject(invalid);
  // What comes with a conversation must not keep the customer out: it is left away.
  const contact = { externalId: 'c', attributes: { ...many(9, 1), 'r0-0': 'y' }, tags: tags(9) };
  expect((await post('conversations', { externalId: 'a', contact })).status).toBe(201);
  const full = await read();
  expect([Object.keys(full.attributes).length, full.tags.length]).toEqual([200, 100]);
  expect(full.attributes['r0-0']).toBe('y');
  // There is room again for whoever makes some.
  expect((await put({ attributes: { 'r0-0': null } })).status).toBe(200);
  expect((await patch({ attributes: { 'r0-1': null } })).status).toBe(200);
  expect((await put({ attributes: many(9, 2) })).status).toBe(200);
});

test('an address that cannot be read is refused as anything else is', async () => {
  const usher = await startTestUsher();
  const answer = await usher.call('GET', '/api/v1/agents/a%ff');
  expect(answer).toMatchObject({
    status: 400,
    body: { code: 'request.invalid', requestId: expect.any(String) },
  });
});
