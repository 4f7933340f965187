// A call with its redirects and retries, against plain servers: what was on the wire counts.
import { expect, test } from 'vitest';
import { makeCertificate } from '../receiver/make-certificate.ts';
import { type CallOptions, call } from './call.ts';
import { MAILROOM_RETRIES } from './retry-rule.ts';
import { bodyOf, type Reply, reply, startTestServer } from './test-server.ts';

function send(url: string, change: Partial<CallOptions> = {}) {
  const body = Buffer.from('{"a":1}');
  return call({
    ...{ method: 'GET', url: new URL(`${url}/room`), body },
    headers: { 'Content-Length': String(body.length), Authorization: 'Token s' },
    ...{ timeoutMs: 10_000, retries: MAILROOM_RETRIES, pace: 0.004, sendBodyOnRetry: true },
    ...{ random: () => 0.5, signal: new AbortController().signal, ca: null, ...change },
  });
}

const ok = reply(200, '{"id":"1"}');

test('a GET is retried until it is answered well, each time with its body', async () => {
  const server = await startTestServer({ replies: [{ reset: true }, reply(503, 'no'), ok] });
  const result = await send(server.url);
  expect(result).toMatchObject({ status: 200, error: null });
  expect(result.body.toString()).toBe('{"id":"1"}');
  expect(result.attempts).toMatchObject([
    { waitedMs: 0, sent: true, status: null, error: 'ECONNRESET' },
    { waitedMs: 20, sent: true, status: 503, error: null },
    { waitedMs: 40, sent: true, status: 200, error: null },
  ]);
  expect(server.requests.map(bodyOf)).toEqual(['{"a":1}', '{"a":1}', '{"a":1}']);
});

test('the pace shortens the waits, which really pass', async () => {
  const server = await startTestServer({ replies: [reply(502), reply(502), ok] });
  const before = performance.now();
  await send(server.url, { pace: 0.01 });
  expect(performance.now() - before).toBeGreaterThan(145);
});

test('a third failure is the result', async () => {
  const server = await startTestServer({ replies: [reply(504, 'x')] });
  const { status, attempts } = await send(server.url);
  expect([status, attempts.length, server.requests.length]).toEqual([504, 3, 3]);
});

test.each([500, 501, 429, 408, 404])('a GET answered %i is not retried', async (status) => {
  const server = await startTestServer({ replies: [reply(status, '{"error":"x"}')] });
  expect((await send(server.url)).attempts).toHaveLength(1);
});

const bad: Reply[] = [{ reset: true }, { silent: true }, reply(503)];
test.each(bad)('a POST is never retried, case %#', async (one) => {
  const server = await startTestServer({ replies: [one, ok] });
  await send(server.url, { method: 'POST', timeoutMs: 1500 });
  expect(server.requests).toHaveLength(1);
});

test('Retry-After doubles a POST', async () => {
  const server = await startTestServer({ replies: [reply(201, 'a', { 'Retry-After': '1' }), ok] });
  expect((await send(server.url, { method: 'POST' })).status).toBe(200);
  expect(server.requests.map(bodyOf)).toEqual(['{"a":1}', '{"a":1}']);
});

const spending: [string, Reply][] = [
  ['a body', reply(503, '{"error":"x"}')],
  ['a timeout', { silent: true }],
];
test.each(spending)('an older client cannot repeat after %s', async (_name, first) => {
  const server = await startTestServer({ replies: [first, ok] });
  const { attempts, status, error } = await send(server.url, {
    ...{ sendBodyOnRetry: false, timeoutMs: 1500 },
  });
  expect({ status, error }).toEqual({ status: null, error: 'body-already-read' });
  expect(attempts.map(({ sent }) => sent)).toEqual([true, false, false]);
  expect(server.requests).toHaveLength(1);
});

test('an older client repeats after an answer of zero bytes, body and all', async () => {
  const server = await startTestServer({ replies: [reply(503), ok] });
  expect(await send(server.url, { sendBodyOnRetry: false })).toMatchObject({ status: 200 });
  expect(server.requests.map(bodyOf)).toEqual(['{"a":1}', '{"a":1}']);
});

test('a refused connection is tried three times, by an older client, too', async () => {
  const result = await send('http://127.0.0.1:1', { sendBodyOnRetry: false });
  expect(result).toMatchObject({ status: null, error: 'ECONNREFUSED' });
  expect(result.attempts.map(({ error }) => error)).toEqual(Array(3).fill('ECONNREFUSED'));
});

test.each([301, 302, 303])('%i turns into a GET without body', async (status) => {
  const target = await startTestServer({ replies: [ok] });
  const location = `${target.url}/other?x=1`;
  const server = await startTestServer({ replies: [reply(status, '', { Location: location })] });
  expect(await send(server.url, { method: 'POST' })).toMatchObject({ status: 200 });
  const [request] = target.requests.map(String);
  expect(request).toMatch(/^GET \/other\?x=1 HTTP/);
  expect(request).toContain('Token s');
  expect(request).not.toMatch(/content-length/i);
});

test.each([307, 308])('%i keeps the method and the body', async (status) => {
  const server = await startTestServer({
    replies: [reply(status, '', { Location: '/other' }), ok],
  });
  expect(await send(server.url, { method: 'POST' })).toMatchObject({ status: 200 });
  expect(String(server.requests[1])).toMatch(/^POST \/other HTTP/);
  expect(bodyOf(server.requests[1])).toBe('{"a":1}');
});

test('the secret does not follow to another host, and circles end', async () => {
  const target = await startTestServer({ replies: [ok] });
  const away = `http://localhost:${target.port}/`;
  const server = await startTestServer({ replies: [reply(302, '', { Location: away })] });
  await send(server.url);
  expect(String(target.requests[0])).not.toContain('Token s');
  const circle = await startTestServer({ replies: [reply(302, '', { Location: '/' })] });
  expect(await send(circle.url, { method: 'POST' })).toMatchObject({ error: 'redirects' });
  expect(circle.requests).toHaveLength(11);
});

test('a timeout counts the whole of an attempt, the body included', async () => {
  const stalled = 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf';
  const server = await startTestServer({ replies: [stalled] });
  const result = await send(server.url, { timeoutMs: 1500 });
  expect(result).toMatchObject({ status: 200, error: 'timeout' });
  expect([result.attempts.length, result.body.toString()]).toEqual([1, 'half']);
});

test('speaks TLS to those whose certificate it was given', async () => {
  const tls = await makeCertificate();
  const server = await startTestServer({ tls, replies: [ok] });
  expect(await send(server.url, { ca: tls.cert })).toMatchObject({ status: 200 });
  expect(bodyOf(server.requests[0])).toBe('{"a":1}');
  expect(await send(server.url)).toMatchObject({ error: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
});

test('told to stop, it breaks off and tries no more', async () => {
  const server = await startTestServer();
  const ending = new AbortController();
  setTimeout(() => ending.abort(), 50);
  const { error, attempts } = await send(server.url, { signal: ending.signal });
  expect([error, attempts.length]).toEqual(['stopped', 1]);
});
