// Pictures from elsewhere: no browser calls an address that a customer has named, and the server is careful with it.
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import sharp from 'sharp';
import { expect, onTestFinished, test } from 'vitest';
import { startTestUsher, type TestUsher, TOKEN } from '../makers/start-test-usher.ts';
import { NO_BROKER } from '../makers/watch-errors.ts';

const ALLOWED = { USHER_ALLOW_PRIVATE_NETWORKS: '127.0.0.0/8' };

const draw = (width: number, height = width) =>
  sharp({ create: { width, height, channels: 3, background: '#8a5a2b' } })
    .png()
    .toBuffer();

async function serve(
  listener: RequestListener,
  host = '127.0.0.1',
): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    listener(request, response);
  });
  await new Promise<void>((done) => server.listen(0, host, done));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });
  return { url: `http://${host}:${(server.address() as AddressInfo).port}`, asked };
}

const ask = (usher: TestUsher, url: string, token: string | null = TOKEN) =>
  fetch(`${usher.url}/api/v1/pictures?url=${encodeURIComponent(url)}`, {
    headers: token === null ? {} : { authorization: `Bearer ${token}` },
  });

test('a picture is fetched once by the server, made small, and given to whoever has signed in', async () => {
  const usher = await startTestUsher(ALLOWED);
  const large = await draw(900, 600);
  const elsewhere = await serve((_, response) => response.end(large));
  const address = `${elsewhere.url}/sari.png`;
  expect((await ask(usher, address, null)).status).toBe(401);
  const answers = await Promise.all([ask(usher, address), ask(usher, address)]);
  for (const answer of answers) {
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('image/webp');
    const { width, height } = await sharp(Buffer.from(await answer.arrayBuffer())).metadata();
    expect([width, height]).toEqual([512, 341]);
  }
  expect(elsewhere.asked).toEqual(['/sari.png']);
});

test('what is no picture, too large or moved is not given, and no private address is called', async () => {
  const usher = await startTestUsher(ALLOWED);
  const small = await draw(8);
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><rect width="9" height="9"/></svg>';
  const elsewhere = await serve((request, response) => {
    if (request.url === '/page') response.setHeader('content-type', 'image/png').end('<html>');
    else if (request.url === '/svg') response.setHeader('content-type', 'image/svg+xml').end(svg);
    else if (request.url === '/large')
      response.end(Buffer.concat([small, Buffer.alloc(6_000_000)]));
    else if (request.url === '/moved') response.writeHead(302, { location: '/small' }).end();
    else if (request.url === '/failed') response.writeHead(500).end(small);
    else response.end(small);
  });
  for (const path of ['/page', '/svg', '/large', '/moved', '/failed']) {
    const answer = await ask(usher, elsewhere.url + path);
    expect([path, answer.status]).toEqual([path, 404]);
  }
  expect((await ask(usher, `${elsewhere.url}/small`)).status).toBe(200);
  for (const bad of ['javascript:alert(1)', 'file:///etc/passwd', '//x', '']) {
    expect((await ask(usher, bad)).status, bad).toBe(400);
  }
  const careful = await startTestUsher();
  const calls = elsewhere.asked.length;
  expect((await ask(careful, `${elsewhere.url}/small`)).status).toBe(404);
  expect(elsewhere.asked).toHaveLength(calls);
});

/** What this process, in which Usher runs, takes of the processor for it, in milliseconds. */
async function costOf(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

test('a picture from elsewhere is drawn by another process than the server’s', async () => {
  const usher = await startTestUsher(ALLOWED);
  const large = await draw(4900);
  const elsewhere = await serve((_, response) => response.end(large));
  // The process that draws is there.
  expect((await ask(usher, `${elsewhere.url}/0`)).status).toBe(200);
  const own = await costOf(async () => {
    for (const _ of [1, 2, 3]) await sharp(large).resize({ width: 512 }).webp().toBuffer();
  });
  const served = await costOf(async () => {
    for (const n of [1, 2, 3]) {
      expect((await ask(usher, `${elsewhere.url}/${n}`)).status).toBe(200);
    }
  });
  expect(served).toBeLessThan(own / 2);
});

test('a host whose pictures come slowly holds up no other’s', async () => {
  const usher = await startTestUsher(ALLOWED);
  const small = await draw(8);
  const never = await serve(() => {});
  const elsewhere = await serve((_, response) => response.end(small), '127.0.0.2');
  const slow = Array.from({ length: 20 }, (_, n) => ask(usher, `${never.url}/${n}`));
  await expect.poll(() => never.asked.length).toBeGreaterThan(0);
  let over = false;
  const first = Promise.race(slow).then(() => {
    over = true;
  });
  expect((await ask(usher, elsewhere.url)).status).toBe(200);
  expect(over).toBe(false);
  await first;
}, 60_000);

test('visitors are shown an agent’s picture from our own address', async () => {
  const small = await draw(64);
  const elsewhere = await serve((_, response) => response.end(small));
  const usher = await startTestUsher({
    ...ALLOWED,
    DEFAULT_ATTENDANT_AVATAR_URL: `${elsewhere.url}/all.png`,
  });
  const made = await usher.call('POST', '/api/v1/channels', {
    body: { kind: 'webchat', name: 'Shop' },
  });
  const { id: channelId } = made.body as { id: string };
  const invited = await usher.call('POST', '/api/v1/users', {
    body: { name: 'Sari', email: 'sari@example.com', role: 'agent' },
  });
  const { user } = invited.body as { user: { agentId: string } };
  const look = (query: object) =>
    fetch(`${usher.url}/widget/picture?${new URLSearchParams({ ...query })}`);
  const { agentId } = user;
  expect((await look({ channelId, agentId })).status).toBe(200);
  expect(elsewhere.asked).toEqual(['/all.png']);
  await usher.database.pool.query('update user_account set avatar_url = $1', [
    `${elsewhere.url}/own.png`,
  ]);
  expect((await look({ channelId, agentId })).status).toBe(200);
  expect(elsewhere.asked).toEqual(['/all.png', '/own.png']);
  for (const bad of [
    { channelId, agentId: 'x' },
    { channelId: agentId, agentId },
  ]) {
    expect((await look(bad)).status).toBe(404);
  }
});

test('the pages may load pictures from us alone, and talk to us and to the broker', async () => {
  const mqtt = 'wss://broker.example.com:8884/mqtt';
  const usher = await startTestUsher({ MQTT_URL: 'mqtt://127.0.0.1:9', MQTT_PUBLIC_URL: mqtt });
  usher.expectErrors(NO_BROKER);
  const policyOf = async (path: string) => {
    const answer = await fetch(usher.url + path, { headers: { accept: 'text/html' } });
    return (answer.headers.get('content-security-policy') ?? '').split('; ');
  };
  for (const path of ['/inbox/mine', '/widget/index.html']) {
    const policy = await policyOf(path);
    expect(policy).toContain("img-src 'self' data: blob:");
    expect(policy).toContain("connect-src 'self' wss://broker.example.com:8884");
  }
  const branding = {
    ...{ pageTitle: 'x', loginTitle: null, language: null, onlineLabel: null, offlineLabel: null },
    ...{ logoUrl: 'https://cdn.example.com/logo.png', favIconUrl: null },
  };
  await usher.call('PATCH', '/api/v1/settings', { body: { branding } });
  expect(await policyOf('/inbox/mine')).toContain(
    "img-src 'self' data: blob: https://cdn.example.com",
  );
});
