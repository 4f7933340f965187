// The receiver itself, because other tests rely on what it reports.
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { type ReceiverOptions, startReceiver } from './start-receiver.ts';
import { post } from './test-post.ts';

async function start(options?: ReceiverOptions) {
  const receiver = await startReceiver(options);
  onTestFinished(() => receiver.stop());
  const send = (change: Parameters<typeof post>[1] = {}) =>
    post(`${receiver.url}/hook?a=1`, { ca: receiver.certificate, ...change });
  return { receiver, send };
}

const both = [['http', false] as const, ['https', true] as const];

test.each(both)('keeps every request byte for byte, over %s', async (scheme, tls) => {
  const { receiver, send } = await start({ tls });
  const body = Buffer.from([0xff, 0x00, 0x7b]);
  const before = Date.now();
  expect(await send({ body, headers: { 'X-Odd-Case': 'é' } })).toMatchObject({ status: 200 });
  expect(receiver.url).toMatch(new RegExp(`^${scheme}://127.0.0.1:`));
  const [kept] = receiver.requests;
  expect(kept).toMatchObject({ method: 'POST', path: '/hook?a=1', body, id: '', time: 1 });
  expect(kept?.rawHeaders).toContain('X-Odd-Case');
  expect(kept?.at).toBeGreaterThanOrEqual(before);
});

test('a certificate is trusted by those who were given it, and by nobody else', async () => {
  const { send } = await start({ tls: true });
  expect(await send({ ca: null })).toEqual({ error: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
  const other = await start({ tls: { names: ['other.test'] } });
  expect(await other.send()).toEqual({ error: 'ERR_TLS_CERT_ALTNAME_INVALID' });
});

test.each([200, 204, 400, 410, 500, 503])('answers %i', async (status) => {
  const { send } = await start({ behaviour: { status } });
  expect(await send()).toMatchObject({ status });
});

test('says when to come back, in seconds or as a date', async () => {
  const { receiver, send } = await start({ behaviour: { status: 429, retryAfter: 120 } });
  expect(await send()).toMatchObject({ status: 429, headers: { 'retry-after': '120' } });
  receiver.setBehaviour({ status: 503, retryAfter: new Date('2030-01-01T00:00:00Z') });
  const headers = { 'retry-after': 'Tue, 01 Jan 2030 00:00:00 GMT' };
  expect(await send()).toMatchObject({ status: 503, headers });
});

test('counts those who follow its redirect, and answers them well', async () => {
  const { receiver, send } = await start({ behaviour: { status: 301 } });
  const answer = await send();
  if ('error' in answer) throw new Error(answer.error);
  expect(await post(answer.headers.location ?? '')).toMatchObject({ status: 200 });
  expect([receiver.requests.length, receiver.redirected.length]).toEqual([1, 1]);
});

test.each(both)('breaks off as told, over %s', async (_scheme, tls) => {
  const { receiver, send } = await start({ tls });
  receiver.setBehaviour([{ fault: 'reset' }, { fault: 'half-headers' }, { fault: 'half-body' }]);
  expect(await send()).toEqual({ error: 'ECONNRESET' });
  expect(await send()).toEqual({ error: 'ECONNRESET' });
  expect(await send()).toEqual({ error: 'ECONNRESET', status: 200 });
  expect(await send()).toMatchObject({ status: 200, body: '{"received":true}' });
  expect(receiver.requests).toHaveLength(4);
});

test('half of the headers really is on the wire before the reset', async () => {
  const { receiver } = await start({ behaviour: { fault: 'half-headers' } });
  const socket = connect(Number(new URL(receiver.url).port), '127.0.0.1');
  let seen = '';
  socket.on('data', (chunk) => {
    seen += chunk;
  });
  const ended = new Promise<string | undefined>((resolve) => {
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code));
    socket.once('end', () => resolve('end'));
  });
  socket.write('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n');
  expect(await ended).toBe('ECONNRESET');
  expect(seen).toBe('HTTP/1.1 200 OK\r\nContent-Type: applica');
});

test('hangs, and remembers the request all the same', async () => {
  const { receiver, send } = await start({ behaviour: { fault: 'hang' } });
  expect(await send({ timeoutMs: 2000 })).toEqual({ error: 'ABORT_ERR' });
  expect(receiver.requests).toHaveLength(1);
});

test('is slow, trickles, and answers at length', async () => {
  const { receiver, send } = await start({ behaviour: { status: 200, afterMs: 150 } });
  const before = performance.now();
  await send();
  expect(performance.now() - before).toBeGreaterThan(140);
  receiver.setBehaviour({ fault: 'trickle', everyMs: 5, bytes: 10 });
  expect(await send()).toMatchObject({ status: 200, body: 'aaaaaaaaaa' });
  receiver.setBehaviour({ fault: 'trickle', everyMs: 50 });
  expect(await send({ timeoutMs: 2000 })).toMatchObject({ status: 200, error: 'ABORT_ERR' });
  receiver.setBehaviour({ status: 200, bodyBytes: 100_000 });
  const answer = await send();
  expect('body' in answer && answer.body.length).toBe(100_000);
});

test('draws from a lottery, and asks a function', async () => {
  const drawn = [0.1, 0.3, 0.9];
  const { receiver, send } = await start({ random: () => drawn.shift() ?? 0 });
  receiver.setBehaviour({
    draws: [
      { probability: 0.2, behaviour: { status: 500 } },
      { probability: 0.2, behaviour: { status: 503 } },
    ],
    otherwise: { status: 202 },
  });
  expect([await send(), await send(), await send()]).toMatchObject([
    { status: 500 },
    { status: 503 },
    { status: 202 },
  ]);
  receiver.setBehaviour(({ id, time }) => (id === 'trg_1' && time < 3 ? { status: 400 } : null));
  const headers = { 'webhook-id': 'trg_1' };
  expect([await send({ headers }), await send({ headers }), await send({ headers })]).toMatchObject(
    [{ status: 400 }, { status: 400 }, { status: 200 }],
  );
});

test.each(both)('goes down and comes back on the same port, over %s', async (_scheme, tls) => {
  const { receiver, send } = await start({ tls });
  receiver.setBehaviour([{ fault: 'hang' }]);
  const hanging = send();
  while (receiver.requests.length === 0) await sleep(5);
  await receiver.goDown();
  expect(await hanging).toEqual({ error: 'ECONNRESET' });
  expect(await send()).toEqual({ error: 'ECONNREFUSED' });
  await receiver.comeBack();
  expect(await send()).toMatchObject({ status: 200 });
  expect(receiver.requests).toHaveLength(2);
});

test('refuses to start on a port that is taken', async () => {
  const { receiver } = await start();
  const port = Number(new URL(receiver.url).port);
  await expect(startReceiver({ port })).rejects.toThrow('EADDRINUSE');
});

test('tells the first order of each conversation, and what came again', async () => {
  const { receiver, send } = await start();
  const opened = '{"session":{"id":"ses_1"}}';
  const sent: [string, string][] = [
    ['trg_1', opened],
    ['trg_3', '{"to":{"id":"usr_1"}}'],
    ['trg_1', opened],
    ['trg_2', '{"session":{"id":"ses_1"},"type":"session_state_close"}'],
    ['trg_1', '{"session": {"id":"ses_1"}}'],
    ['trg_2', '{"session":{"id":"ses_1"},"type":"session_state_close"}'],
    ['trg_4', 'no JSON'],
  ];
  for (const [id, body] of sent) await send({ body, headers: { 'webhook-id': id } });
  expect([...receiver.firstSeen()]).toEqual([
    ['ses_1', ['trg_1', 'trg_2']],
    ['usr_1', ['trg_3']],
  ]);
  expect(receiver.repeats()).toEqual([
    { id: 'trg_1', times: 3, identical: false },
    { id: 'trg_2', times: 2, identical: true },
  ]);
  receiver.forget();
  expect([receiver.requests, receiver.repeats()]).toEqual([[], []]);
});
