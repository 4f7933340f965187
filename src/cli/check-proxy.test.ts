// What the doctor says of proxies, by a real one before a real server.
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { startTestUsher } from '../../test/makers/start-test-usher.ts';
import { checkProxy, judgeSeen } from './check-proxy.ts';

/** Passes everything on with these headers besides, as a proxy on another machine would. */
async function openProxy(to: string, headers: Record<string, string>): Promise<string> {
  const proxy = createServer((incoming, answer) => {
    const { host: _, ...own } = incoming.headers;
    const options = { method: incoming.method, headers: { ...own, ...headers } };
    const onward = request(new URL(incoming.url ?? '/', to), options, (got) => {
      answer.writeHead(got.statusCode ?? 502, got.headers);
      got.pipe(answer);
    });
    incoming.pipe(onward);
  });
  await new Promise<void>((done) => proxy.listen(0, '127.0.0.1', done));
  onTestFinished(() => void proxy.close());
  return `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
}

const hostOf = (url: string) => new URL(url).host;

test('a proxy that is believed and names its clients is well', async () => {
  const usher = await startTestUsher();
  const named: Record<string, string> = { 'x-forwarded-for': '203.0.113.7' };
  const proxy = await openProxy(usher.url, named);
  named['x-forwarded-host'] = hostOf(proxy);
  named['x-forwarded-proto'] = 'http';
  expect(await checkProxy(proxy)).toMatchObject([{ state: 'ok', name: 'proxies' }]);
  expect(await checkProxy(undefined)).toEqual([]);
});

test('one that is not believed is told, and which setting names it', async () => {
  const usher = await startTestUsher({ USHER_TRUSTED_PROXIES: 'none' });
  const proxy = await openProxy(usher.url, { 'x-forwarded-for': '203.0.113.7' });
  const says = expect.stringContaining('USHER_TRUSTED_PROXIES');
  expect((await checkProxy(proxy))[0]).toMatchObject({ state: 'failed', says });
});

test('another host than that of PUBLIC_URL is a warning', async () => {
  const usher = await startTestUsher();
  const headers = { 'x-forwarded-for': '203.0.113.7', 'x-forwarded-host': 'elsewhere.example' };
  const says = expect.stringContaining('elsewhere.example');
  const proxy = await openProxy(usher.url, headers);
  expect(await checkProxy(proxy)).toMatchObject([{ state: 'warning', says }]);
});

test('a proxy that names no client, or hides https, is told', () => {
  const url = new URL('https://usher.example.com');
  const seen = { protocol: 'https', host: 'usher.example.com', client: 'named' } as const;
  expect(judgeSeen(seen, url)).toMatchObject([{ state: 'ok' }]);
  const unnamed = judgeSeen({ ...seen, client: 'unnamed' }, url);
  expect(unnamed).toMatchObject([{ says: expect.stringContaining('X-Forwarded-For') }]);
  const plain = judgeSeen({ ...seen, protocol: 'http' }, url);
  expect(plain).toMatchObject([{ says: expect.stringContaining('X-Forwarded-Proto') }]);
});
