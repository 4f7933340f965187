// Bytes that are sent badly on purpose, as the server's side sees them.
import { expect, test } from 'vitest';
import { exchange, type Travel } from './exchange.ts';
import { reply, startTestServer, type TestServer } from './test-server.ts';

const whole = 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 7\r\n\r\n{"a":1}';

function send({ url }: TestServer, travel: Travel = {}, bytes: string | Buffer = whole) {
  return exchange({ url: new URL(url), bytes: Buffer.from(bytes), travel, timeoutMs: 3000 });
}

/** The server may see it a little later. */
const seen = (server: TestServer) =>
  expect.poll(() => ({ text: String(server.requests[0]), endings: server.endings }));

test('cuts the connection after so many bytes', async () => {
  const server = await startTestServer();
  expect(await send(server, { upTo: 20, afterwards: 'cut' })).toMatchObject({
    error: 'cut',
    sent: true,
  });
  await seen(server).toEqual({ text: whole.slice(0, 20), endings: ['end'] });
});

test('sends all of it and leaves before the answer', async () => {
  const server = await startTestServer({ replies: [reply(200, 'late')] });
  expect(await send(server, { afterwards: 'cut' })).toMatchObject({ response: null, error: 'cut' });
  await seen(server).toMatchObject({ text: whole });
});

test('resets the connection in the middle', async () => {
  const server = await startTestServer();
  await send(server, { upTo: whole.length - 3, afterwards: 'reset' });
  await seen(server).toEqual({ text: whole.slice(0, -3), endings: ['ECONNRESET'] });
});

test('ends its own half after half of the body, and still reads', async () => {
  const server = await startTestServer({ replies: [reply(400, 'x')] });
  const done = await send(server, { upTo: whole.length - 3, afterwards: 'end' });
  await seen(server).toEqual({ text: whole.slice(0, -3), endings: ['end'] });
  expect(done).toMatchObject({ response: { status: 400 }, error: null });
});

test('stops in the middle and waits until its time is over', async () => {
  const server = await startTestServer();
  expect(await send(server, { upTo: 30 })).toMatchObject({ error: 'timeout' });
});

test('goes byte by byte, and slowly', async () => {
  const server = await startTestServer({ replies: [reply(200, 'ok')] });
  const before = performance.now();
  const { response } = await send(server, { chunkBytes: 20, everyMs: 20 });
  expect(performance.now() - before).toBeGreaterThan(35);
  expect(response?.body.toString()).toBe('ok');
  expect(await send(server, { chunkBytes: 1 })).toMatchObject({ error: null });
  expect(String(server.requests[1])).toBe(whole);
});

test('sends anything at all, and takes anything for an answer', async () => {
  const server = await startTestServer({ replies: ['SMTP ready\r\n\r\n'] });
  const garbage = Buffer.from([0xff, 0x00, 0x0d, 0x0a, 0x0d, 0x0a]);
  expect(await send(server, {}, garbage)).toMatchObject({ error: 'malformed', response: null });
  expect(server.requests[0]).toEqual(garbage);
});

test('reads no more than it was told', async () => {
  const server = await startTestServer({ replies: [reply(200, 'a'.repeat(200_000))] });
  const url = new URL(server.url);
  const limits = { timeoutMs: 2000, maxBodyBytes: 1000 };
  expect(await exchange({ url, bytes: Buffer.from(whole), ...limits })).toMatchObject({
    error: 'too-large',
  });
});
