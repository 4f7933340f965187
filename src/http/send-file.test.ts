// Files leave in slices: whole, once, and only for those who take them.
import { createHash, randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { fastify } from 'fastify';
import { expect, onTestFinished, test } from 'vitest';
import { makeDesk } from '../../test/makers/make-desk.ts';
import { eventually } from '../../test/makers/start-test-usher.ts';
import { keepAttachment } from '../desk/keep-attachment.ts';
import { getAttachment } from '../store/attachments.ts';
import { makeSendFile } from './send-file.ts';

const SIZE = 9 * 2 ** 20 + 17;
const MIB = 2 ** 20;
const FAST = { perSecond: 1000 * MIB, burst: 1000 * MIB };

async function serveFile({
  stalledMs,
  size = SIZE,
  each = FAST,
  all = FAST,
}: {
  stalledMs?: number;
  size?: number;
  each?: typeof FAST;
  all?: typeof FAST;
} = {}) {
  const { desk, workspaceId, database } = await makeDesk();
  const content = randomBytes(size);
  const attachmentId = await keepAttachment(desk, {
    ...{ workspaceId, fileName: 'a.bin', contentType: 'application/octet-stream' },
    ...{ content, createdBy: 'test' },
  });
  const send = makeSendFile({
    ...{ db: database.pool, rates: { each, all } },
    ...(stalledMs && { stalledMs }),
  });
  const app = fastify({ trustProxy: true });
  for (const [path, who] of [
    ['/file', {}],
    ['/known', { reader: 'Ana' }],
  ] as const) {
    app.get(path, async (request, reply) => {
      const file = await getAttachment(desk.db, { workspaceId, attachmentId });
      if (file === null) return reply.code(404).send();
      return send(request, reply, { file, ...who });
    });
  }
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  onTestFinished(() => app.close());
  const connections = () =>
    new Promise<number>((done) => app.server.getConnections((_error, count) => done(count)));
  return { url, content, attachmentId, connections };
}

const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

test('a file comes whole, and not again to whoever has it', async () => {
  const { url, content, attachmentId } = await serveFile();
  const first = await fetch(`${url}/file`);
  expect(first.headers.get('content-length')).toBe(String(SIZE));
  expect(hash(new Uint8Array(await first.arrayBuffer()))).toBe(hash(content));
  const etag = first.headers.get('etag') ?? '';
  expect(etag).toBe(`"${attachmentId}"`);
  for (const known of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
    const again = await fetch(`${url}/file`, { headers: { 'if-none-match': known } });
    expect([again.status, await again.text()]).toEqual([304, '']);
  }
  const other = await fetch(`${url}/file`, { headers: { 'if-none-match': '"other"' } });
  expect([other.status, (await other.arrayBuffer()).byteLength]).toEqual([200, SIZE]);
  const head = await fetch(`${url}/file`, { method: 'HEAD' });
  expect([head.status, head.headers.get('content-length')]).toEqual([200, String(SIZE)]);
});

test.each([0, 1, 300, 128 * 1024, 128 * 1024 + 1])(
  'a file of %i bytes comes whole',
  async (size) => {
    const { url, content } = await serveFile({ size });
    const answer = await fetch(`${url}/file`);
    expect(Buffer.from(await answer.arrayBuffer()).equals(content)).toBe(true);
  },
);

function openDeaf(url: string, address = '10.6.6.6'): Promise<Socket> {
  const { port } = new URL(url);
  return new Promise((done) => {
    const socket = connect(Number(port), '127.0.0.1', () => {
      socket.write(
        `GET /file HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: ${address}\r\nConnection: close\r\n\r\n`,
      );
      socket.pause();
      done(socket);
    });
    socket.on('error', () => {});
  });
}

test('forty who never read keep nobody else waiting, and are let go', async () => {
  const { url, connections } = await serveFile({ stalledMs: 1000 });
  const deaf = await Promise.all(Array.from({ length: 40 }, () => openDeaf(url)));
  onTestFinished(() => {
    for (const socket of deaf) socket.destroy();
  });
  await eventually(connections, (count) => count === 40);
  const headers = { 'x-forwarded-for': '10.0.0.1', connection: 'close' };
  const other = await fetch(`${url}/file`, { headers });
  expect((await other.arrayBuffer()).byteLength).toBe(SIZE);
  // Eight at a time are begun and given up; those who wait follow, or are sent away.
  await eventually(connections, (count) => count === 0, 60_000);
}, 120_000);

test('strangers of many addresses who never read keep nobody waiting whom we know', async () => {
  const { url, connections } = await serveFile();
  const deaf = await Promise.all(
    Array.from({ length: 240 }, (_, n) => openDeaf(url, `10.6.6.${n % 30}`)),
  );
  onTestFinished(() => {
    for (const socket of deaf) socket.destroy();
  });
  await eventually(connections, (count) => count === 240);
  const known = await fetch(`${url}/known`);
  expect([known.status, (await known.arrayBuffer()).byteLength]).toEqual([200, SIZE]);
});

test('what strangers load takes no bytes a second from those whom we know', async () => {
  const { url } = await serveFile({ size: MIB, all: { perSecond: MIB, burst: MIB } });
  let strangers = 0;
  const load = async (n: number) => {
    const answer = await fetch(`${url}/file`, { headers: { 'x-forwarded-for': `10.6.6.${n}` } });
    await answer.arrayBuffer();
    strangers += 1;
  };
  const all = [1, 2, 3, 4, 5, 6].map(load);
  await eventually(
    () => strangers,
    (count) => count > 0,
  );
  const known = await fetch(`${url}/known`);
  expect((await known.arrayBuffer()).byteLength).toBe(MIB);
  expect(strangers).toBeLessThan(6);
  await Promise.all(all);
});

test('an address that asks for more than its bytes a second waits, and keeps nobody else waiting', async () => {
  const each = { perSecond: MIB, burst: MIB };
  const { url } = await serveFile({ size: MIB, each });
  const began = performance.now();
  const done: string[] = [];
  const load = async (address: string, name: string) => {
    const answer = await fetch(`${url}/file`, { headers: { 'x-forwarded-for': address } });
    expect((await answer.arrayBuffer()).byteLength).toBe(MIB);
    done.push(name);
  };
  const greedy = [1, 2, 3, 4].map(() => load('10.6.6.6', 'greedy'));
  await load('10.0.0.1', 'other');
  await Promise.all(greedy);
  // Four MiB: one at once, and one in each second after it.
  expect(performance.now() - began).toBeGreaterThan(2900);
  expect(done.slice(-3)).toEqual(['greedy', 'greedy', 'greedy']);
});
