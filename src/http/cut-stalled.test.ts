// Whoever does not read is cut; whoever reads slowly, or waits for news, is not.
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { fastify } from 'fastify';
import { expect, onTestFinished, test } from 'vitest';
import { eventually } from '../../test/makers/start-test-usher.ts';
import { cutStalled } from './cut-stalled.ts';

const STALLED_MS = 300;
const MIB = 2 ** 20;
/** More than the system holds between two sockets. */
const LARGE = 24 * MIB;

async function serve() {
  const app = fastify({ keepAliveTimeout: 20_000 });
  cutStalled(app, STALLED_MS);
  app.get('/large', async () => ({ text: 'x'.repeat(LARGE) }));
  app.get('/stream', async (_request, reply) => {
    const parts = Array.from({ length: LARGE / MIB }, () => 'x'.repeat(MIB));
    return reply.type('text/plain').send(Readable.from(parts, { objectMode: false }));
  });
  app.get('/late', async () => {
    await wait(4 * STALLED_MS);
    return 'late';
  });
  app.get('/news', async (_request, reply) => {
    const news = async function* () {
      yield 'first ';
      await wait(4 * STALLED_MS);
      yield 'second';
    };
    return reply.type('text/plain').send(Readable.from(news(), { objectMode: false }));
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  onTestFinished(() => app.close());
  const open = async (): Promise<Socket> => {
    const { port } = app.server.address() as { port: number };
    const socket = connect(port, '127.0.0.1').pause();
    socket.on('error', () => undefined);
    onTestFinished(() => void socket.destroy());
    await once(socket, 'connect');
    return socket;
  };
  const count = () =>
    new Promise<number>((done) => app.server.getConnections((_error, many) => done(many)));
  return { open, count };
}

const ask = (socket: Socket, path: string) =>
  socket.write(`GET ${path} HTTP/1.1\r\nHost: usher\r\n\r\n`);

test.each(['/large', '/stream'])(
  'whoever asks for %s and does not read it is cut',
  async (path) => {
    const { open, count } = await serve();
    const socket = await open();
    ask(socket, path);
    await eventually(count, (many) => many === 1);
    await eventually(count, (many) => many === 0);
    let read = 0;
    socket.on('data', (chunk) => {
      read += chunk.length;
    });
    await once(socket.resume(), 'close');
    expect(read).toBeLessThan(LARGE);
  },
);

test('whoever reads slowly, over many times as long, gets all of it', async () => {
  const { open } = await serve();
  const socket = await open();
  let [read, took] = [0, 0];
  socket.on('data', (chunk) => {
    read += chunk.length;
    took += chunk.length;
    if (took < MIB) return;
    took = 0;
    socket.pause();
    void wait(STALLED_MS / 4).then(() => socket.resume());
  });
  const began = performance.now();
  ask(socket.resume(), '/large');
  await eventually(
    () => read > LARGE || socket.destroyed,
    (over) => over,
  );
  expect(read).toBeGreaterThan(LARGE);
  expect(performance.now() - began).toBeGreaterThan(4 * STALLED_MS);
});

test('whoever waits for an answer or for news is not cut, also on a connection that was answered before', async () => {
  const { open } = await serve();
  const socket = await open();
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk;
  });
  socket.resume();
  ask(socket, '/late');
  await eventually(
    () => text,
    (all) => all.endsWith('late'),
  );
  // Both at once: the second is answered on the time that the first has left.
  ask(socket, '/late');
  ask(socket, '/late');
  ask(socket, '/news');
  await eventually(
    () => text.split('late').length,
    (many) => many === 4,
  );
  await eventually(
    () => text,
    (all) => all.includes('second'),
  );
  // And idle for longer.
  await wait(4 * STALLED_MS);
  expect(socket.destroyed).toBe(false);
});
