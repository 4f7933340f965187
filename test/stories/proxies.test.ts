// Where a client is: what a stranger says of itself counts for nothing, what our proxy says counts.
import { expect, test } from 'vitest';
import { ADMIN, openBrowser, WITH_ADMIN } from '../makers/browse.ts';
import { startTestUsher, type TestUsher } from '../makers/start-test-usher.ts';
import { connectWeb, startSession } from '../makers/web-client.ts';

// The tests' own requests come from this machine.
const STRANGER = { USHER_TRUSTED_PROXIES: '192.0.2.0/24' };
const from = (n: number) => ({ 'x-forwarded-for': `198.51.100.${n}` });

const guess = (usher: TestUsher, n: number) =>
  openBrowser(usher).send('POST', '/api/v1/session', {
    body: { email: `nobody${n}@example.com`, password: 'wrong' },
    headers: from(n % 250),
  });
const beginSessions = async (usher: TestUsher, count: number): Promise<Set<number>> => {
  const statuses = new Set<number>();
  for (let n = 0; n < count; n += 1) {
    const options = { body: {}, token: null, headers: from(n) };
    statuses.add((await usher.call('POST', '/session', options)).status);
  }
  return statuses;
};

test('a stranger who makes up addresses is counted as one', async () => {
  const usher = await startTestUsher({ ...STRANGER, ...WITH_ADMIN });
  expect(await beginSessions(usher, 31)).toEqual(new Set([200, 429]));
  await guess(usher, 1);
  await guess(usher, 2);
  const { rows } = await usher.database.pool.query(
    `select key, tries from try_count where key like 'address%'`,
  );
  expect(rows).toEqual([{ key: 'address 127.0.0.1', tries: 2 }]);
});

test('clients behind a proxy on this machine are counted apart, unless nobody is to be trusted', async () => {
  expect(await beginSessions(await startTestUsher(), 31)).toEqual(new Set([200]));
  const strict = await startTestUsher({ USHER_TRUSTED_PROXIES: 'none' });
  expect(await beginSessions(strict, 31)).toEqual(new Set([200, 429]));
});

test('one IPv6 network is one client', async () => {
  const usher = await startTestUsher();
  const statuses = new Set<number>();
  for (let n = 0; n < 31; n += 1) {
    const headers = { 'x-forwarded-for': `2001:db8::${n}` };
    statuses.add((await usher.call('POST', '/session', { body: {}, token: null, headers })).status);
  }
  expect(statuses).toEqual(new Set([200, 429]));
});

test('only a proxy says that a browser came by https, and under which name', async () => {
  const said = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'usher.example.com' };
  const signIn = async (usher: TestUsher) => {
    const origin = 'https://usher.example.com';
    const body = { email: ADMIN.email, password: ADMIN.password };
    return openBrowser(usher).send('POST', '/api/v1/session', { body, origin, headers: said });
  };
  const proxied = await signIn(await startTestUsher(WITH_ADMIN));
  expect(proxied.status).toBe(200);
  expect(proxied.headers.getSetCookie().join()).toContain('; Secure');
  const direct = await signIn(await startTestUsher({ ...STRANGER, ...WITH_ADMIN }));
  expect(direct).toMatchObject({ status: 403, body: { code: 'session.foreign-origin' } });
});

test('where a hundred logins over MQTT have failed nobody is looked up for a while, elsewhere all goes on', async () => {
  const usher = await startTestUsher();
  const { mqtt: login } = await startSession(usher);
  const connect = (place: number, password = login.password) =>
    connectWeb({ ...login, clientId: crypto.randomUUID(), password, headers: from(place) });
  const refusal = (connecting: Promise<unknown>) =>
    connecting.then(
      () => 0,
      (error: { code: number }) => error.code,
    );
  for (let n = 0; n < 100; n += 10) {
    const tries = Array.from({ length: 10 }, () => refusal(connect(1, 'wrong')));
    expect(new Set(await Promise.all(tries))).toEqual(new Set([4]));
  }
  expect(await refusal(connect(1))).toBe(3);
  expect(await refusal(connect(2))).toBe(0);
});
