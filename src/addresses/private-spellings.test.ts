// No spelling of a host that is not public gets through: neither when saved nor when requested.
import { expect, test } from 'vitest';
import { allow, openTestOutbound, request } from '../../test/makers/open-test-outbound.ts';
import { spellPrivateHosts } from '../../test/makers/spell-private-hosts.ts';
import { answerWith, plainAnswer, startRawServer } from '../../test/makers/start-raw-server.ts';
import { checkUrl } from './check-url.ts';

const hosts = spellPrivateHosts();
const nothing = allow('');

/** Answers whoever gets through, on both loopback addresses where the machine has both. */
async function startCanary() {
  const first = await startRawServer(answerWith(plainAnswer));
  const { port } = first;
  const host = '::1';
  const second = await startRawServer(answerWith(plainAnswer), { host, port }).catch(() => null);
  return { port, second, hits: () => first.accepted() + (second?.accepted() ?? 0) };
}

test('there are hundreds of spellings', () => {
  expect(hosts.length).toBeGreaterThan(400);
});

test('none of them can be saved', () => {
  const urls = hosts.flatMap((host) => [`http://${host}/`, `https://${host}:8443/a?b`]);
  expect(urls.filter((url) => checkUrl(url, { allowed: nothing }).ok)).toEqual([]);
});

test('none of them reaches the machine itself, even if every name led there', async () => {
  const canary = await startCanary();
  const outbound = openTestOutbound({ allowed: nothing });
  const through: unknown[] = [];
  for (const host of hosts) {
    for (const scheme of ['http', 'https']) {
      const url = `${scheme}://${host}:${canary.port}/`;
      const answer = await outbound.send(request(url, { verifyTls: false }));
      const { ok, error, literal, sent } = { error: null, literal: null, sent: null, ...answer };
      if (ok || error !== 'blocked' || !literal || sent) through.push({ url, answer });
    }
  }
  expect(through).toEqual([]);
  expect(outbound.connections()).toBe(0);
  expect(canary.hits()).toBe(0);
});

test('names that lead there are blocked when a connection would be opened', async () => {
  const canary = await startCanary();
  const outbound = openTestOutbound({ allowed: nothing });
  for (const host of ['127.0.0.1.nip.io', 'localtest.me', 'metadata.google.internal', 'intranet']) {
    const answer = await outbound.send(request(`http://${host}:${canary.port}/`));
    expect(answer).toMatchObject({ ok: false, error: 'blocked', literal: false, sent: false });
  }
  expect(canary.hits()).toBe(0);
});

test.each([
  '127.0.0.1',
  '2130706433',
  '0x7f.1',
  '0177.0.0.1',
  'localhost',
  'app.localhost',
  '[::ffff:127.0.0.1]',
])('the canary does sing: where loopback is allowed, %s reaches it', async (host) => {
  const canary = await startCanary();
  const answer = await openTestOutbound().send(request(`http://${host}:${canary.port}/`));
  expect(answer).toMatchObject({ ok: true, status: 200, address: '127.0.0.1' });
  expect(canary.hits()).toBe(1);
});

test('the canary sings on IPv6 too, where the machine has it', async (context) => {
  const canary = await startCanary();
  if (canary.second === null) return context.skip();
  const outbound = openTestOutbound({ allowed: allow('::1') });
  const answer = await outbound.send(request(`http://[0:0::1]:${canary.port}/`));
  expect(answer).toMatchObject({ ok: true, address: '::1' });
  expect(canary.hits()).toBe(1);
});
