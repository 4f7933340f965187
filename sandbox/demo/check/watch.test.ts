// The check waits for a server that asks to be tried again, and for no other refusal.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { openWatch, type Watch } from './watch.ts';

/** A server that gives these answers in turn, with an empty queue in the body. */
async function watchServer(statuses: number[]): Promise<Watch> {
  const server = createServer((_request, response) => {
    response.writeHead(statuses.shift() ?? 500, { 'content-type': 'application/json' });
    response.end('{"waiting":0}');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return openWatch({ url: `http://127.0.0.1:${port}`, token: 'token' });
}

test('a server whose database is away is asked again', async () => {
  const watch = await watchServer([503, 503, 200]);
  expect(await watch.queue()).toEqual({ waiting: 0 });
});

test('another refusal ends the check', async () => {
  const watch = await watchServer([401, 200]);
  await expect(watch.queue()).rejects.toThrow('/api/v1/queue answered 401');
});
