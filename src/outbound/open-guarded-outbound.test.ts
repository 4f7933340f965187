import { setTimeout as wait } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openTestOutbound, request } from '../../test/makers/open-test-outbound.ts';
import {
  answerWith,
  hang,
  plainAnswer,
  startRawServer,
} from '../../test/makers/start-raw-server.ts';

test('a request arrives as it was given, and its answer comes back', async () => {
  const seen: string[] = [];
  const server = await startRawServer((socket) => {
    socket.on('data', (data) => {
      seen.push(data.toString());
      socket.write('HTTP/1.1 201 Created\r\nX-Two: a\r\nx-two: b\r\ncontent-length: 2\r\n\r\nok');
    });
  });
  const outbound = openTestOutbound();
  const body = Buffer.from('{"a":1}');
  const headers = { 'content-type': 'application/json', 'x-hub-signature': 'sha256=00' };
  const url = `http://hooks.example:${server.port}/a%20b?c=d#e`;
  const answer = await outbound.send(request(url, { method: 'POST', headers, body }));
  expect(answer).toMatchObject({ ok: true, status: 201, truncated: false, address: '127.0.0.1' });
  expect(answer.ok && answer.headers['x-two']).toBe('a, b');
  expect(answer.ok && answer.body.toString()).toBe('ok');
  expect(answer.durationMs).toBeGreaterThan(0);
  expect(seen.join('')).toBe(
    `POST /a%20b?c=d HTTP/1.1\r\nhost: hooks.example:${server.port}\r\nconnection: keep-alive\r\ncontent-type: application/json\r\nx-hub-signature: sha256=00\r\naccept-encoding: identity\r\ncontent-length: 7\r\n\r\n{"a":1}`,
  );
});

test('a redirect is an answer; where it points is never asked', async () => {
  const good = await startRawServer(answerWith(plainAnswer));
  const location = `http://127.0.0.1:${good.port}/`;
  const server = await startRawServer(
    answerWith(`HTTP/1.1 302 Found\r\nlocation: ${location}\r\ncontent-length: 0\r\n\r\n`),
  );
  const answer = await openTestOutbound().send(request(`http://127.0.0.1:${server.port}/`));
  expect(answer).toMatchObject({ ok: true, status: 302, headers: { location } });
  expect(good.accepted()).toBe(0);
});

test('a compressed body is not unpacked', async () => {
  const server = await startRawServer(
    answerWith('HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 4\r\n\r\nbomb'),
  );
  const answer = await openTestOutbound().send(request(`http://127.0.0.1:${server.port}/`));
  expect(answer.ok && answer.body.toString()).toBe('bomb');
});

test('connections are kept and used again', async () => {
  const server = await startRawServer(answerWith(plainAnswer));
  const outbound = openTestOutbound();
  for (let count = 0; count < 20; count += 1) {
    const answer = await outbound.send(request(`http://127.0.0.1:${server.port}/${count}`));
    expect(answer).toMatchObject({ ok: true, address: '127.0.0.1' });
  }
  expect(server.accepted()).toBe(1);
  expect(outbound.connections()).toBe(1);
});

test('an idle connection is closed after some seconds, and the name is then resolved again', async () => {
  const server = await startRawServer(answerWith(plainAnswer));
  let lookups = 0;
  const outbound = openTestOutbound({
    lookup: async () => {
      lookups += 1;
      return [{ address: '127.0.0.1', family: 4 }];
    },
  });
  const url = `http://hooks.example:${server.port}/`;
  await outbound.send(request(url));
  await expect.poll(() => server.open(), { timeout: 10_000 }).toBe(0);
  expect(await outbound.send(request(url))).toMatchObject({ ok: true });
  expect(lookups).toBe(2);
});

test('a server’s promise to keep a connection for an hour does not bind us', async () => {
  const server = await startRawServer(
    answerWith('HTTP/1.1 200 OK\r\nkeep-alive: timeout=3600\r\ncontent-length: 0\r\n\r\n'),
  );
  await openTestOutbound().send(request(`http://127.0.0.1:${server.port}/`));
  await expect.poll(() => server.open(), { timeout: 12_000 }).toBe(0);
});

test('a connection that is always busy is replaced when it is old', async () => {
  const server = await startRawServer(answerWith(plainAnswer));
  const outbound = openTestOutbound();
  const url = `http://127.0.0.1:${server.port}/`;
  await outbound.send(request(url));
  const later = Date.now() + 61_000;
  const clock = vi.spyOn(Date, 'now').mockImplementation(() => later);
  onTestFinished(() => clock.mockRestore());
  expect(await outbound.send(request(url))).toMatchObject({ ok: true });
  expect(await outbound.send(request(url))).toMatchObject({ ok: true });
  expect(server.accepted()).toBe(2);
  await expect.poll(() => outbound.connections()).toBe(1);
});

test('a server that ends each connection loses no request', async () => {
  const server = await startRawServer((socket) => {
    socket.on('data', () => socket.end(plainAnswer));
  });
  const outbound = openTestOutbound();
  for (let count = 0; count < 20; count += 1) {
    const answer = await outbound.send(request(`http://127.0.0.1:${server.port}/`));
    expect(answer).toMatchObject({ ok: true, status: 200 });
    await wait(count % 3);
  }
  expect(server.accepted()).toBe(20);
});

test('at most so many requests of one origin are under way as it says', async () => {
  let most = 0;
  const server = await startRawServer((socket) => {
    socket.on('data', async () => {
      most = Math.max(most, server.open());
      await wait(20);
      socket.write(plainAnswer);
    });
  });
  const outbound = openTestOutbound({ maxPerOrigin: 3 });
  const url = `http://127.0.0.1:${server.port}/`;
  const answers = await Promise.all(Array.from({ length: 20 }, () => outbound.send(request(url))));
  expect(answers.every(({ ok }) => ok)).toBe(true);
  expect(most).toBe(3);
  expect(server.accepted()).toBe(3);
});

test('one that waits for its turn longer than its time was never sent', async () => {
  const server = await startRawServer(hang);
  const outbound = openTestOutbound({ maxPerOrigin: 1 });
  const url = `http://127.0.0.1:${server.port}/`;
  const [first, second] = await Promise.all([
    outbound.send(request(url, { timeoutMs: 3000 })),
    outbound.send(request(url, { timeoutMs: 300 })),
  ]);
  expect(first).toMatchObject({ ok: false, error: 'timeout', sent: true, address: '127.0.0.1' });
  expect(second).toMatchObject({ ok: false, error: 'timeout', sent: false, address: null });
  await expect.poll(() => outbound.connections()).toBe(0);
});

test('the caller’s signal ends a request before, while and instead of connecting', async () => {
  const server = await startRawServer(hang);
  const outbound = openTestOutbound();
  const url = `http://127.0.0.1:${server.port}/`;
  const early = await outbound.send(request(url, { signal: AbortSignal.abort() }));
  expect(early).toMatchObject({ ok: false, error: 'aborted', sent: false });
  expect(server.accepted()).toBe(0);
  const late = await outbound.send(request(url, { signal: AbortSignal.timeout(2000) }));
  expect(late).toMatchObject({ ok: false, error: 'aborted', sent: true });
  await expect.poll(() => server.open()).toBe(0);
});

test('closing ends what is under way, leaves no connection, and nothing goes out afterwards', async () => {
  const hanging = await startRawServer(hang);
  const quick = await startRawServer(answerWith(plainAnswer));
  const outbound = openTestOutbound();
  await outbound.send(request(`http://127.0.0.1:${quick.port}/`));
  const underWay = outbound.send(request(`http://127.0.0.1:${hanging.port}/`));
  await expect.poll(() => hanging.accepted()).toBe(1);
  await outbound.close();
  expect(outbound.connections()).toBe(0);
  expect(await underWay).toMatchObject({ ok: false, error: 'aborted' });
  const after = await outbound.send(request(`http://127.0.0.1:${quick.port}/`));
  expect(after).toMatchObject({ ok: false, error: 'aborted', sent: false });
  await expect.poll(() => quick.open() + hanging.open()).toBe(0);
  expect(quick.accepted()).toBe(1);
});

test('the same signal serves thousands of requests without gathering listeners', async () => {
  const server = await startRawServer(answerWith(plainAnswer));
  const outbound = openTestOutbound();
  const warnings: Error[] = [];
  const listen = (warning: Error) => warnings.push(warning);
  process.on('warning', listen);
  const { signal } = new AbortController();
  for (let count = 0; count < 2000; count += 1) {
    await outbound.send(request(`http://127.0.0.1:${server.port}/`, { signal }));
  }
  process.off('warning', listen);
  expect(warnings).toEqual([]);
  expect(server.accepted()).toBe(1);
});

test.each([
  ['a line break in a value', { 'x-a': 'b\r\nx-c: d' }],
  ['a line break in a name', { 'x-a\r\nx-c': 'd' }],
  ['a zero byte', { 'x-a': '\u0000' }],
  ['a character beyond Latin-1', { 'x-a': 'é€' }],
  ['another host', { Host: 'internal.example' }],
  ['a length of its own', { 'content-length': '3' }],
  ['a framing of its own', { 'Transfer-Encoding': 'chunked' }],
])('a header with %s is a fault of the caller and never leaves', async (_what, headers) => {
  const server = await startRawServer(answerWith(plainAnswer));
  const sending = openTestOutbound().send(
    request(`http://127.0.0.1:${server.port}/`, { headers: headers as Record<string, string> }),
  );
  await expect(sending).rejects.toThrow(TypeError);
  expect(server.accepted()).toBe(0);
});
