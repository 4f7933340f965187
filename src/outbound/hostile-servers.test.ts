// What a server can do to us: each ends as an answer, in time, with its connection closed.
import type { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { openTestOutbound, request } from '../../test/makers/open-test-outbound.ts';
import {
  answerWith,
  hang,
  plainAnswer,
  startRawServer,
} from '../../test/makers/start-raw-server.ts';
import type { OutboundRequest } from './open-guarded-outbound.ts';

async function face(behave: (socket: Socket) => void, change: Partial<OutboundRequest> = {}) {
  const server = await startRawServer(behave);
  const outbound = openTestOutbound();
  const startedAt = performance.now();
  const answer = await outbound.send(request(`http://127.0.0.1:${server.port}/`, change));
  const tookMs = performance.now() - startedAt;
  return { server, outbound, answer, tookMs };
}

/** Writes the text again and again until the connection is closed. */
function trickle(first: string, more: string, everyMs: number): (socket: Socket) => void {
  return (socket) => {
    socket.write(first);
    const timer = setInterval(() => socket.write(more), everyMs);
    socket.once('close', () => clearInterval(timer));
  };
}

/** Writes as fast as it is read. */
function flood(first: string, more: string): (socket: Socket) => void {
  return (socket) => {
    const chunk = more.repeat(Math.ceil(16_384 / more.length));
    const pour = () => {
      while (!socket.destroyed && socket.write(chunk));
    };
    socket.on('drain', pour);
    socket.once('data', () => {
      socket.write(first);
      pour();
    });
  };
}

const chunked = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n';

test.each([
  ['says nothing', hang],
  ['trickles its status line', trickle('HTTP/1.1 200 ', 'O', 20)],
  ['trickles headers', trickle('HTTP/1.1 200 OK\r\n', 'x: y\r\n', 20)],
  ['trickles a body', trickle('HTTP/1.1 200 OK\r\ncontent-length: 9999\r\n\r\n', 'x', 20)],
  ['trickles chunks', trickle(chunked, '1\r\nx\r\n', 20)],
  ['never ends its body', trickle('HTTP/1.1 200 OK\r\n\r\n', 'x', 20)],
])('a server that %s is cut off when the time is over', async (_what, behave) => {
  const { server, answer, tookMs } = await face(behave, { timeoutMs: 1500 });
  expect(answer).toMatchObject({ ok: false, error: 'timeout', sent: true, literal: false });
  expect(tookMs).toBeGreaterThanOrEqual(1490);
  // Nothing else would end it.
  expect(tookMs).toBeLessThan(10_000);
  await expect.poll(() => server.open()).toBe(0);
});

test.each([
  ['resets at once', (socket: Socket) => void socket.resetAndDestroy()],
  ['closes at once', (socket: Socket) => void socket.end()],
  ['resets after the request', (s: Socket) => void s.once('data', () => s.resetAndDestroy())],
  ['closes after the request', (s: Socket) => void s.once('data', () => s.end())],
  [
    'stops within its headers',
    (s: Socket) => void s.once('data', () => s.end('HTTP/1.1 200 OK\r\nx-a: b')),
  ],
  [
    'stops within a body of known length',
    (s: Socket) =>
      void s.once('data', () => s.end('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf')),
  ],
  ['stops within a chunk', (s: Socket) => void s.once('data', () => s.end(`${chunked}a\r\nhalf`))],
])('a server that %s is a reset', async (_what, behave) => {
  const { server, answer } = await face(behave, { method: 'POST', body: Buffer.from('x') });
  expect(answer).toMatchObject({ ok: false, error: 'reset', address: '127.0.0.1' });
  await expect.poll(() => server.open()).toBe(0);
});

test.each([
  ['another protocol', 'SSH-2.0-OpenSSH_9.6\r\n'],
  ['binary rubbish', '\u0000\u0001\u0002\u0003\u0004'],
  ['HTTP/0.9', '<html>hello</html>'],
  ['a bad chunk size', `${chunked}zz\r\n`],
  ['a header without a name', 'HTTP/1.1 200 OK\r\n: b\r\n\r\n'],
  [
    'an unasked upgrade',
    'HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n',
  ],
  ['100 that nobody waited for', `HTTP/1.1 100 Continue\r\n\r\n${plainAnswer}`],
  ['an early hint', `HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n${plainAnswer}`],
  ['a huge header', `HTTP/1.1 200 OK\r\nx-a: ${'b'.repeat(20_000)}\r\n\r\n`],
  ['thousands of headers', `HTTP/1.1 200 OK\r\n${'x-a: b\r\n'.repeat(9000)}\r\n`],
])('%s is not an answer', async (_what, text) => {
  const { server, answer } = await face(answerWith(text));
  expect(answer).toMatchObject({ ok: false, error: 'protocol', sent: true });
  await expect.poll(() => server.open()).toBe(0);
});

test.each([
  ['two lengths', 'content-length: 1\r\ncontent-length: 2\r\n\r\nxx'],
  [
    'a length and chunks',
    'content-length: 1\r\ntransfer-encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n',
  ],
  ['a negative length', 'content-length: -1\r\n\r\nxx'],
])('an answer with %s is a failure', async (_what, rest) => {
  const { server, answer } = await face(answerWith(`HTTP/1.1 200 OK\r\n${rest}`));
  expect(answer).toMatchObject({ ok: false, sent: true });
  expect(!answer.ok && answer.error).toMatch(/^(protocol|reset)$/);
  await expect.poll(() => server.open()).toBe(0);
});

test('endless interim answers end with the first', async () => {
  const { server, answer } = await face(flood('', 'HTTP/1.1 102 Processing\r\n\r\n'));
  expect(answer).toMatchObject({ ok: false, error: 'protocol', sent: true });
  await expect.poll(() => server.open()).toBe(0);
});

test('endless trailers end at the limit of headers', async () => {
  const { answer } = await face(flood(`${chunked}1\r\nx\r\n0\r\n`, 'x-a: b\r\n'));
  expect(answer).toMatchObject({ ok: false, error: 'protocol', sent: true });
});

test.each([
  ['a chunk extension', `${chunked}1;a=`],
  ['a status line', 'HTTP/1.1 200 '],
])('%s without end ends at a limit of bytes, not only of time', async (_what, first) => {
  // Were it the time, it would be told as that.
  const { server, answer, tookMs } = await face(flood(first, 'b'), { timeoutMs: 30_000 });
  expect(answer).toMatchObject({ ok: false, error: 'protocol', sent: true });
  expect(tookMs).toBeLessThan(10_000);
  await expect.poll(() => server.open()).toBe(0);
});

test.each([
  ['of known length', 'HTTP/1.1 200 OK\r\ncontent-length: 99999999999\r\n\r\n', 'x'],
  ['of unknown length', 'HTTP/1.1 200 OK\r\n\r\n', 'x'],
  ['in chunks', chunked, '10\r\nxxxxxxxxxxxxxxxx\r\n'],
])('a huge body %s is cut at the limit and not read on', async (_what, first, more) => {
  const { server, answer } = await face(flood(first, more), { maxAnswerBytes: 1000 });
  expect(answer).toMatchObject({ ok: true, status: 200, truncated: true });
  expect(answer.ok && answer.body.toString()).toBe('x'.repeat(1000));
  await expect.poll(() => server.open()).toBe(0);
});

test('a body of exactly the limit is whole, and a body in tiny chunks too', async () => {
  const text = 'x'.repeat(65_536);
  const exact = await face(answerWith(`HTTP/1.1 200 OK\r\ncontent-length: 65536\r\n\r\n${text}`));
  expect(exact.answer).toMatchObject({ ok: true, truncated: false });
  const chunks = '1\r\nx\r\n'.repeat(65_536);
  const tiny = await face(answerWith(`${chunked}${chunks}0\r\n\r\n`));
  expect(tiny.answer).toMatchObject({ ok: true, truncated: false });
  expect(tiny.answer.ok && tiny.answer.body.length).toBe(65_536);
});

test('headers named after properties of objects stay headers', async () => {
  const { answer } = await face(
    answerWith('HTTP/1.1 200 OK\r\n__proto__: a\r\nconstructor: b\r\ncontent-length: 0\r\n\r\n'),
  );
  expect(answer.ok && Object.getPrototypeOf(answer.headers)).toBe(Object.prototype);
  expect(answer.ok && Object.entries(answer.headers)).toEqual([
    ['__proto__', 'a'],
    ['constructor', 'b'],
    ['content-length', '0'],
  ]);
});

test('an answer that was sent before it was asked for does not answer the next request', async () => {
  const server = await startRawServer((socket) => {
    socket.on('data', () => {
      socket.write(plainAnswer);
      setTimeout(() => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nfake'), 20);
    });
  });
  const outbound = openTestOutbound();
  const url = `http://127.0.0.1:${server.port}/`;
  await outbound.send(request(url));
  await wait(100);
  const second = await outbound.send(request(url));
  expect(second.ok && second.body.toString()).toBe('ok');
  expect(server.accepted()).toBe(2);
});

test('a server that answers without reading a large request is heard or is a reset', async () => {
  const body = Buffer.alloc(8 * 1024 * 1024);
  const { server, answer } = await face(
    (socket) => {
      socket.pause();
      socket.end('HTTP/1.1 413 Too Large\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
      setTimeout(() => socket.destroy(), 200);
    },
    { method: 'POST', body },
  );
  expect(answer.ok ? answer.status : answer.error).toSatisfy((one) => [413, 'reset'].includes(one));
  await expect.poll(() => server.open()).toBe(0);
});

test('a port where nothing listens refuses, and nothing was sent', async () => {
  const { port } = await startRawServer(hang);
  const outbound = openTestOutbound();
  const answer = await outbound.send(request(`http://127.0.0.2:${port}/`));
  expect(answer).toMatchObject({ ok: false, error: 'refused', sent: false, address: '127.0.0.2' });
});

test('hostile answers in a row neither break the client nor leave connections', async () => {
  let served = 0;
  const server = await startRawServer((socket) => {
    socket.once('data', () => {
      served += 1;
      if (served % 3 === 0) socket.end(plainAnswer);
      else socket.end(served % 3 === 1 ? 'rubbish' : '');
    });
  });
  const outbound = openTestOutbound();
  const url = `http://127.0.0.1:${server.port}/`;
  const answers = await Promise.all(Array.from({ length: 90 }, () => outbound.send(request(url))));
  expect(answers.filter(({ ok }) => ok).length).toBe(30);
  await expect.poll(() => outbound.connections()).toBe(0);
  await expect.poll(() => server.open()).toBe(0);
});
