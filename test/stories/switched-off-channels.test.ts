// A channel that is switched off takes nothing and is told nothing, keeps what it has, and goes on when it is switched on.
import { expect, test } from 'vitest';
import { makeApiChannel } from '../makers/make-api-channel.ts';
import { NO_QISCUS, startTestUsher } from '../makers/start-test-usher.ts';
import { connectVisitor } from '../makers/web-client.ts';

async function begin() {
  const usher = await startTestUsher(NO_QISCUS);
  const switchIt = async (id: string, enabled: boolean) =>
    usher.call('PATCH', `/api/v1/channels/${id}`, { body: { enabled } });
  return { usher, switchIt };
}

test('visitors of a web chat that is off get no session, and those who are there are sent away', async () => {
  const { usher, switchIt } = await begin();
  const visitor = await connectVisitor(usher);
  const { items } = (await usher.call('GET', '/api/v1/channels')).body as {
    items: { id: string; enabled: boolean }[];
  };
  const [chat] = items;
  expect(chat?.enabled).toBe(true);
  const id = chat?.id as string;

  expect((await switchIt(id, false)).body).toMatchObject({ enabled: false });

  const ask = () => usher.call('POST', '/session', { body: {}, token: null });
  expect((await ask()).status).toBe(404);
  await expect.poll(() => visitor.isClosed()).toBe(true);
  expect((await switchIt(id, true)).body).toMatchObject({ enabled: true });
  expect((await ask()).status).toBe(200);
});

test('the program of an API channel that is off is refused, and what is open there stays', async () => {
  const { usher, switchIt } = await begin();
  const shop = await makeApiChannel(usher);
  const open = (externalId: string) =>
    usher.call('POST', `/api/v1/channels/${shop.id}/conversations`, {
      body: { externalId, contact: { externalId } },
      token: shop.token,
    });
  expect((await open('case-1')).status).toBe(201);

  await switchIt(shop.id, false);

  expect((await open('case-2')).status).toBe(404);
  expect((await usher.conversations('open')).length).toBe(1);
  await switchIt(shop.id, true);
  expect((await open('case-3')).status).toBe(201);
  const { body } = await usher.call('GET', '/api/v1/audit?limit=5');
  const { items } = body as { items: { action: string; change: object }[] };
  expect(items.filter(({ action }) => action === 'channel.changed')).toMatchObject([
    { change: { enabled: true } },
    { change: { enabled: false } },
  ]);
});

test('a Qiscus app that another channel has taken meanwhile is not switched on beside it', async () => {
  const { usher, switchIt } = await begin();
  const make = (name: string) =>
    usher.call('POST', '/api/v1/channels', {
      body: {
        ...{ kind: 'qiscus', name, secrets: { secretKey: 'k'.repeat(16) } },
        config: { baseUrl: 'https://qiscus.example', appId: 'one-app' },
      },
    });
  const first = (await make('First')).body as { id: string };
  expect((await make('Second')).body).toMatchObject({ code: 'channel.app-taken' });
  await switchIt(first.id, false);
  const second = (await make('Second')).body as { id: string };
  expect((await switchIt(first.id, true)).body).toMatchObject({ code: 'channel.app-taken' });
  await switchIt(second.id, false);
  expect((await switchIt(first.id, true)).status).toBe(200);
});
