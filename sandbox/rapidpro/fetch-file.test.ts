// Attachments of callbacks, fetched from a plain server.
import { expect, test } from 'vitest';
import { MAX_FILE_BYTES } from './fetch-file.ts';
import { agentMessage, startTestWorld } from './test-mailroom.ts';
import { type Reply, reply, startTestServer } from './test-server.ts';

async function attach(replies: Reply[], name = '/f/photo.jpg') {
  const files = await startTestServer({ replies });
  const world = await startTestWorld({ timeoutMs: 8000 });
  const { ticketUuid } = await world.open();
  const attachments = [{ type: 'image/jpeg', url: `${files.url}${name}` }];
  const answer = await world.post(agentMessage(ticketUuid, { attachments }), { timeoutMs: 9000 });
  const messages = world.organisation.ticket(ticketUuid)?.messages ?? [];
  return { answer, files, messages, url: `${files.url}${name}` };
}

const jpeg = (body = 'JPEG') => reply(200, body, { 'Content-Type': 'Image/JPEG; q=1' });

test('fetches with the two admin headers, and keeps what it got', async () => {
  const { answer, files, messages } = await attach([jpeg()]);
  expect(answer).toMatchObject({ status: 200 });
  const request = String(files.requests[0]);
  expect(request).toMatch(/^GET \/f\/photo\.jpg HTTP/);
  expect(request).toContain('X-Auth-Token: token\r\nX-User-Id: admin\r\n');
  expect(request).toContain('User-Agent: Go-http-client/1.1\r\n');
  const [file] = messages[0]?.files ?? [];
  expect(file).toMatchObject({ type: 'image/jpeg', contentType: 'image/jpeg', extension: '.jpg' });
  expect(file?.bytes.toString()).toBe('JPEG');
});

test.each([
  ['/a.b/file', ''],
  ['/a.b/file.tar.gz', '.gz'],
  ['/photo.jpg?size=1', '.jpg?size=1'],
])('takes the extension of %s from its last dot', async (name, extension) => {
  const { messages } = await attach([jpeg()], name);
  expect(messages[0]?.files[0]?.extension).toBe(extension);
});

test.each([403, 404, 500])('a file answered %i refuses the whole message', async (status) => {
  const { answer, messages, files, url } = await attach([reply(status, 'x')]);
  const reason = 'fetch returned non-200 response';
  const error = `error fetching ticket file '{image/jpeg ${url}}': ${reason}`;
  expect(answer).toMatchObject({ status: 400, json: { error } });
  expect([messages.length, files.requests.length]).toEqual([0, 1]);
});

test('tries a file again after 503', async () => {
  const { answer, files } = await attach([reply(503), jpeg()]);
  expect([answer.error, answer.status, files.requests.length]).toEqual([null, 200, 2]);
});

test('follows a redirect to the file', async () => {
  const { messages } = await attach([reply(302, '', { Location: '/moved' }), jpeg()]);
  expect(messages[0]?.files[0]?.bytes.toString()).toBe('JPEG');
});

test('takes 10 MiB, and not a byte more', async () => {
  const most = await attach([jpeg('a'.repeat(MAX_FILE_BYTES))]);
  expect(most.messages[0]?.files[0]?.bytes.length).toBe(MAX_FILE_BYTES);
  const more = await attach([jpeg('a'.repeat(MAX_FILE_BYTES + 1))]);
  expect(more.answer).toMatchObject({ status: 400 });
  expect(more.answer).toHaveProperty('json.error', expect.stringContaining('10485760 bytes limit'));
});

test('an address that cannot be fetched refuses the message', async () => {
  const world = await startTestWorld();
  const { ticketUuid } = await world.open();
  for (const url of ['-2.9,-79.0', 'ftp://a/b.jpg', 'http://127.0.0.1:1/b.jpg']) {
    const event = agentMessage(ticketUuid, { text: 'x', attachments: [{ type: 'geo', url }] });
    expect(await world.post(event)).toMatchObject({ status: 400 });
  }
});
