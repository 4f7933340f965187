// What a RapidPro channel keeps is for the RapidPro that it was kept for, and for nobody who works here to change.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { eventually } from '../makers/start-test-usher.ts';
import { startWithRapidPro } from '../makers/start-with-rapidpro.ts';

test('the token of RapidPro’s API is not told to another address that connects by the secret', async () => {
  const { usher, organisation, channelId, open, say, advance } = await startWithRapidPro({
    apiToken: true,
  });
  const asked: { path: string; token: string | undefined }[] = [];
  const other = createServer((request, response) => {
    const { url = '', headers } = request;
    asked.push({ path: url.split('?')[0] ?? '', token: headers.authorization });
    request.resume().on('end', () => response.end('{"results":[],"next":null}'));
  });
  await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
  onTestFinished(() => void other.close());
  const { port } = other.address() as AddressInfo;
  const secret = organisation.ticketer()?.secret;
  const connect = await fetch(`${usher.url}/api/apps/public/${channelId}/settings`, {
    method: 'PUT',
    headers: { authorization: `Token ${secret}`, 'content-type': 'application/json' },
    body: JSON.stringify({ webhook: { url: `http://127.0.0.1:${port}/callback` } }),
  });
  expect(connect.status).toBe(204);
  const { body } = await usher.call('GET', `/api/v1/channels/${channelId}`);
  expect(body).toMatchObject({ syncError: expect.stringMatching(/Set the token again/) });
  const paths = () => asked.map(({ path }) => path);
  const first = await open();
  await advance(6000);
  await say(first.conversationId, 'hello');
  // What was said before would have been asked for before.
  await eventually(
    async () => {
      await advance(1000);
      return paths();
    },
    (all) => all.includes('/callback'),
  );
  expect(paths()).not.toContain('/api/v2/messages.json');
  const secrets = { apiToken: 'of-the-new-one' };
  await usher.call('PATCH', `/api/v1/channels/${channelId}`, { body: { secrets } });
  await open();
  await eventually(
    async () => {
      await advance(1000);
      return paths();
    },
    (all) => all.includes('/api/v2/messages.json'),
  );
  const given = asked.filter(({ path }) => path.startsWith('/api')).map(({ token }) => token);
  expect(new Set(given)).toEqual(new Set(['Token of-the-new-one']));
});

test('by what RapidPro finds a contact is not changed over the API, and all else is', async () => {
  const { usher, open } = await startWithRapidPro();
  const { conversationId } = await open();
  const { body } = await usher.call('GET', `/api/v1/conversations/${conversationId}`);
  const path = `/api/v1/contacts/${(body as { contact: { id: string } }).contact.id}`;
  const read = async () =>
    (await usher.call('GET', path)).body as { attributes: Record<string, string> };
  const { contactUuid } = (await read()).attributes;
  expect(contactUuid).toMatch(/^[0-9a-f-]{36}$/);
  const change = (attributes: Record<string, string | null | undefined>) =>
    usher.call('PATCH', path, { body: { attributes } });
  for (const other of [null, '88ff1e41-c1f8-4637-af8e-d56acbde9171', '']) {
    expect(await change({ contactUuid: other, city: 'Bandung' })).toMatchObject({
      status: 400,
      body: { detail: expect.stringMatching(/^body\/attributes\/contactUuid:/) },
    });
  }
  expect((await read()).attributes).toEqual({ contactUuid });
  expect((await change({ contactUuid, city: 'Bandung' })).status).toBe(200);
  expect((await change({ city: null })).status).toBe(200);
  expect((await read()).attributes).toEqual({ contactUuid });
});
