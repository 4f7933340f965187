// Drives the real `usher listen` as a sender of events would.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { signatureHeaders } from '../delivery/sign-delivery.ts';

const program = fileURLToPath(new URL('./usher.ts', import.meta.url));
const opened = '{"triggerId":"trg_1","type":"session_state_open","session":{"id":"ses_1"}}';

function spawnListen(args: string[], environment: Record<string, string> = {}): ChildProcess {
  const { PATH = '', NODE_COMPILE_CACHE = '' } = process.env;
  const child = spawn(process.execPath, [program, 'listen', ...args], {
    env: { PATH, NODE_COMPILE_CACHE, TZ: 'UTC', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

function linesOf(stream: Readable | null): () => Promise<string> {
  const lines = createInterface({ input: stream as Readable })[Symbol.asyncIterator]();
  return async () => String((await lines.next()).value);
}

async function start(args: string[] = [], environment: Record<string, string> = {}) {
  const child = spawnListen(['--port', '0', ...args], environment);
  const said = await linesOf(child.stderr)();
  return { child, url: said.replace('Listening on ', ''), next: linesOf(child.stdout) };
}

function signed(body: string | Buffer, secret = 'topsecret', secondsAgo = 0) {
  const timestampSeconds = Math.floor(Date.now() / 1000) - secondsAgo;
  const bytes = Buffer.from(body);
  const headers = signatureHeaders({
    secrets: [secret],
    id: 'trg_1',
    timestampSeconds,
    body: bytes,
  });
  return {
    method: 'POST',
    body: bytes,
    headers: { 'content-type': 'application/json', ...headers },
  };
}

test('prints a line for each event and says whether its signatures hold', async () => {
  const { url, next } = await start(['--secret', 'topsecret']);
  expect((await fetch(url, signed(opened))).status).toBe(200);
  expect(await next()).toMatch(/^\d\d:\d\d:\d\d {2}session_state_open +ses_1 +✓$/);
  expect((await fetch(url, signed(opened, 'other'))).status).toBe(401);
  expect(await next()).toMatch(/session_state_open +ses_1 +✗ webhook-signature does not match/);
  expect((await fetch(url, signed(opened, 'topsecret', 400))).status).toBe(401);
  expect(await next()).toMatch(/✗ signed more than 5 minutes ago$/);
  expect((await fetch(url, { method: 'POST', body: 'hello' })).status).toBe(401);
  expect(await next()).toMatch(/\(no JSON\) +– +✗ no webhook-id$/);
});

test('without a secret it takes everything, and says that it checked nothing', async () => {
  const { url, next } = await start();
  const body = '{"type":"conversation.opened","conversation":{"id":"cnv_\\u001b[31m1"}}';
  expect((await fetch(url, { method: 'POST', body })).status).toBe(200);
  expect(await next()).toMatch(/conversation\.opened +cnv_ \[31m1 +– not checked$/);
});

test('prints JSON lines with all that came, and takes the secret from the environment', async () => {
  const { url, next } = await start(['--json'], { USHER_WEBHOOK_SECRET: 'topsecret' });
  await fetch(url, signed(opened));
  expect(JSON.parse(await next())).toMatchObject({
    id: 'trg_1',
    type: 'session_state_open',
    conversation: 'ses_1',
    verified: true,
    reason: null,
    status: 200,
    headers: { 'webhook-id': 'trg_1' },
    body: JSON.parse(opened),
  });
  await fetch(url, signed(opened, 'other'));
  const refused = { verified: false, reason: 'webhook-signature.wrong', status: 401 };
  expect(JSON.parse(await next())).toMatchObject(refused);
});

async function startTarget(status: number, headers: Record<string, string> = {}) {
  const got: { request: IncomingMessage; body: Buffer }[] = [];
  const server = createServer(async (request, response) => {
    got.push({ request, body: await buffer(request) });
    response.writeHead(status, headers).end('so be it');
  });
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { got, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?a=1` };
}

test('passes an event on byte for byte and answers what came back', async () => {
  const target = await startTarget(429, { 'retry-after': '7' });
  const { url, next } = await start(['--secret', 'topsecret', '--forward', target.url]);
  const body = Buffer.from('{ "type": "session_state_open",\n "note": "안녕" }');
  const answer = await fetch(url, signed(body));
  expect([answer.status, answer.headers.get('retry-after'), await answer.text()]).toEqual([
    429,
    '7',
    'so be it',
  ]);
  expect(await next()).toMatch(/session_state_open .* ✓ {2}→ 429$/);
  const [passed] = target.got;
  expect(passed?.body).toEqual(body);
  expect(passed?.request).toMatchObject({ method: 'POST', url: '/hook?a=1' });
  expect(passed?.request.headers).toMatchObject({
    'webhook-id': 'trg_1',
    host: new URL(target.url).host,
  });
});

test('headers are passed on spelt as they came', async () => {
  const target = await startTarget(200);
  const { url } = await start(['--forward', target.url]);
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.write(
    'POST / HTTP/1.1\r\nHost: a\r\nX-Hub-Signature: sha256=0\r\ncontent-length: 2\r\n\r\n{}',
  );
  await once(socket, 'data');
  socket.destroy();
  expect(target.got[0]?.request.rawHeaders).toContain('X-Hub-Signature');
});

test('what is not ours is not passed on', async () => {
  const target = await startTarget(200);
  const { url } = await start(['--secret', 'topsecret', '--forward', target.url]);
  expect((await fetch(url, signed(opened, 'other'))).status).toBe(401);
  expect(target.got).toEqual([]);
});

test('answers 502 when nobody is there to pass on to', async () => {
  const { url, next } = await start(['--forward', 'http://127.0.0.1:1/']);
  expect((await fetch(url, signed(opened))).status).toBe(502);
  expect(await next()).toMatch(/→ ECONNREFUSED$/);
});

test('a body of 1 MiB is taken, a larger one is not', async () => {
  const { url, next } = await start();
  const body = Buffer.alloc(1024 * 1024, ' ');
  expect((await fetch(url, { method: 'POST', body })).status).toBe(200);
  await next();
  const answer = await fetch(url, {
    method: 'POST',
    body: Buffer.concat([body, Buffer.from(' ')]),
  });
  expect(answer.status).toBe(413);
  expect(await next()).toMatch(/✗ the body is larger than 1 MiB$/);
});

test('only POST brings events', async () => {
  const { url } = await start();
  expect((await fetch(url)).status).toBe(405);
});

function knock(url: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code));
    socket.once('connect', () => resolve('connected'));
    socket.once('connect', () => socket.destroy());
  });
}

test.each(['SIGINT', 'SIGTERM'] as const)('%s ends it in order', async (signal) => {
  let release = () => {};
  const slow = createServer((_request, response) => {
    release = () => void response.writeHead(204).end();
  });
  onTestFinished(() => void slow.close());
  await new Promise<void>((resolve) => slow.listen(0, '127.0.0.1', resolve));
  const forward = `http://127.0.0.1:${(slow.address() as AddressInfo).port}/`;
  const { child, url, next } = await start(['--forward', forward]);
  const underWay = fetch(url, signed(opened));
  await once(slow, 'request');
  const exited = once(child, 'exit');
  child.kill(signal);
  await expect.poll(() => knock(url)).toBe('ECONNREFUSED');
  release();
  expect((await underWay).status).toBe(204);
  expect(await next()).toMatch(/→ 204$/);
  expect(await exited).toEqual([0, null]);
});

test('ends when nobody reads what it prints any more', async () => {
  const { child, url } = await start();
  const exited = once(child, 'exit');
  child.stdout?.destroy();
  await fetch(url, signed(opened)).catch(() => {});
  expect(await exited).toEqual([0, null]);
});

test('says so when the port is taken', async () => {
  const { url } = await start();
  const child = spawnListen(['--port', new URL(url).port]);
  const said = linesOf(child.stderr)();
  expect(await once(child, 'exit')).toEqual([1, null]);
  expect(await said).toBe(`Port ${new URL(url).port} is taken. Choose another with --port.`);
});

test.each([
  [['--port', '65536'], '--port must be a number from 0 to 65535, not 65536.'],
  [['--secret', ''], '--secret must not be empty.'],
  [['--forward', 'ftp://a/'], '--forward must be an http or https address, not ftp://a/.'],
])('refuses %j', async (args, sentence) => {
  const child = spawnListen(args);
  const said = linesOf(child.stderr)();
  expect(await once(child, 'exit')).toEqual([2, null]);
  expect(await said).toBe(sentence);
});
