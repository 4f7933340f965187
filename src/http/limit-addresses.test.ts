// One address has so many connections and requests at a time, whoever stands between.
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { fastify } from 'fastify';
import { expect, onTestFinished, test } from 'vitest';
import { type AddressLimits, limitAddresses } from './limit-addresses.ts';

async function serve(trusts: boolean, limits: AddressLimits) {
  const trustsProxy = (address: string | undefined) =>
    trusts && address?.endsWith('127.0.0.1') === true;
  const app = fastify({ trustProxy: trustsProxy });
  limitAddresses(app, trustsProxy, limits);
  const release = Promise.withResolvers<void>();
  app.get('/wait', async () => {
    await release.promise;
    return 'done';
  });
  app.get('/', async () => 'here');
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  onTestFinished(async () => {
    release.resolve();
    app.server.closeAllConnections();
    await app.close();
  });
  return { url, release: release.resolve };
}

async function open(url: string): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.on('error', () => {});
  await once(socket, 'connect');
  return socket;
}

test('a connection too many is ended, and one that ends makes room for another', async () => {
  const { url } = await serve(false, { connections: 3 });
  const [first] = await Promise.all([open(url), open(url), open(url)]);
  await once(await open(url), 'close');
  first.destroy();
  await once(first, 'close');
  await expect
    .poll(() =>
      fetch(url, { headers: { connection: 'close' } }).then(
        (r) => r.status,
        () => 0,
      ),
    )
    .toBe(200);
});

test('behind a proxy requests are counted by the address that it names, and not where it names none', async () => {
  const { url, release } = await serve(true, { connections: 1, atOnce: 2 });
  const ask = (path: string, address?: string) =>
    fetch(`${url}${path}`, {
      headers: address === undefined ? {} : { 'x-forwarded-for': address },
    }).then(({ status }) => status);
  const waiting = [ask('/wait', '10.6.6.6'), ask('/wait', '10.6.6.6')];
  await expect.poll(() => ask('/', '10.6.6.6')).toBe(429);
  expect(await ask('/', '10.0.0.1')).toBe(200);
  expect(await Promise.all([ask('/'), ask('/'), ask('/'), ask('/')])).toEqual([200, 200, 200, 200]);
  release();
  expect(await Promise.all(waiting)).toEqual([200, 200]);
  await expect.poll(() => ask('/', '10.6.6.6')).toBe(200);
});
