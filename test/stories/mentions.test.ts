// Notes that name colleagues: who finds them where, and what those who may not look find.

import type { Static } from 'typebox';
import { expect, test } from 'vitest';
import type { Mentions } from '../../src/contract/mentions.ts';
import { openShop } from '../makers/automate.ts';
import { addPerson, type Browser } from '../makers/browse.ts';
import { eventually, startTestUsher } from '../makers/start-test-usher.ts';

async function start() {
  const usher = await startTestUsher();
  const shop = await openShop(usher.call);
  const add = (name: string) =>
    addPerson(usher, { name, email: `${name.toLowerCase()}@example.com`, role: 'agent' });
  const ana = await add('Ana');
  await shop.send('PATCH', `agents/${ana.agentId}`, { availability: 'online', capacity: 5 });
  const conversation = await shop.open();
  await eventually(
    () => shop.read(conversation),
    ({ agentId }) => agentId === ana.agentId,
  );
  const note = (text: string, mention: object) =>
    ana.browser.send('POST', `/api/v1/conversations/${conversation}/notes`, {
      body: { text, mention },
    });
  return { usher, shop, ana, ben: await add('Ben'), cara: await add('Cara'), conversation, note };
}

const mentionsOf = async ({ browser }: { browser: Browser }, query = '') =>
  (await browser.send<Static<typeof Mentions>>('GET', `/api/v1/mentions${query}`)).body;

test('whom a note names finds it among their mentions until they have looked, and is counted', async () => {
  const { ana, ben, cara, conversation, note } = await start();
  const said = await note('@Ben do you know this?', { agentIds: [ben.agentId, ana.agentId] });
  // Nobody is told of what they wrote themselves.
  expect(said.body).toMatchObject({ toAgentIds: [ben.agentId] });
  expect(await mentionsOf(ben)).toMatchObject({
    unread: 1,
    items: [
      {
        ...{ conversationId: conversation, seq: 1, displayName: 'Sari', readAt: null },
        ...{ text: '@Ben do you know this?', authorId: ana.agentId, authorName: 'Ana' },
      },
    ],
  });
  const counts = async () => (await ben.browser.send('GET', '/api/v1/inbox/counts')).body;
  expect(await counts()).toMatchObject({ mentions: 1 });
  expect(await mentionsOf(cara)).toMatchObject({ unread: 0, items: [] });
  expect(await mentionsOf(ana)).toMatchObject({ unread: 0, items: [] });
  const body = { conversationId: conversation };
  expect((await ben.browser.send('POST', '/api/v1/mentions/read', { body })).status).toBe(204);
  expect(await counts()).toMatchObject({ mentions: 0 });
  expect((await mentionsOf(ben)).items).toHaveLength(1);
  expect((await mentionsOf(ben, '?unread=true')).items).toEqual([]);
});

test('a team stands for its agents, each of whom is told once; a list goes page by page', async () => {
  const { shop, ben, cara, note } = await start();
  const gold = (await shop.send('POST', 'teams', { name: 'Gold' })).id as string;
  for (const { agentId } of [ben, cara]) {
    await shop.send('PATCH', `agents/${agentId}`, { teamIds: [gold] });
  }
  await note('@Gold @Ben first', { agentIds: [ben.agentId], teamIds: [gold] });
  await note('@Gold second', { teamIds: [gold] });
  expect((await mentionsOf(cara)).items.map(({ text }) => text)).toEqual([
    '@Gold second',
    '@Gold @Ben first',
  ]);
  const first = await mentionsOf(ben, '?limit=1');
  const second = await mentionsOf(ben, `?limit=1&cursor=${first.nextCursor}`);
  expect([...first.items, ...second.items].map(({ seq }) => seq)).toEqual([2, 1]);
  expect(second.nextCursor).toBe(null);
});

test('who may not see the conversation is told so beforehand, and finds the note once they may', async () => {
  const { shop, ana, ben, conversation, note } = await start();
  await shop.send('PATCH', 'settings', { agentsSee: 'own-and-teams' });
  const at = `/api/v1/conversations/${conversation}`;
  const { items } = (await ana.browser.send('GET', `${at}/mentionable`)).body as {
    items: { agentId: string; sees: boolean }[];
  };
  const seesOf = (agentId: string) => items.find((one) => one.agentId === agentId)?.sees;
  expect([seesOf(ana.agentId), seesOf(ben.agentId)]).toEqual([true, false]);
  await note('@Ben look', { agentIds: [ben.agentId] });
  expect(await mentionsOf(ben)).toMatchObject({ unread: 0, items: [] });
  await ana.browser.send('POST', `${at}/consult`, { body: { agentIds: [ben.agentId] } });
  expect((await mentionsOf(ben)).items.map(({ text }) => text)).toEqual(['@Ben look']);
});
