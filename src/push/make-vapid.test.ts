import { importJWK, jwtVerify } from 'jose';
import { expect, test } from 'vitest';
import { makeVapid, makeVapidKey } from './make-vapid.ts';

const ORIGIN = 'https://push.example.com';

async function make() {
  let now = Date.UTC(2026, 0, 1);
  const vapid = await makeVapid(makeVapidKey(), {
    subject: () => 'mailto:ops@example.com',
    clock: { now: () => now },
  });
  const pass = (ms: number) => {
    now += ms;
  };
  return { vapid, pass, date: () => new Date(now) };
}

test('a token names service, sender and an end within a day, and the key that comes with it verifies it', async () => {
  const { vapid, date } = await make();
  const said = await vapid.authorize(ORIGIN);
  const [, token = '', k = ''] = /^vapid t=([\w.-]+), k=([\w-]{87})$/.exec(said) ?? [];
  const point = Buffer.from(k, 'base64url');
  const [x, y] = [1, 33].map((from) => point.subarray(from, from + 32).toString('base64url'));
  const key = await importJWK({ kty: 'EC', crv: 'P-256', x: x ?? '', y: y ?? '' }, 'ES256');
  const { payload } = await jwtVerify(token, key, { audience: ORIGIN, currentDate: date() });
  expect(payload.sub).toBe('mailto:ops@example.com');
  expect(payload.exp).toBe(Math.floor(date().getTime() / 1000) + 12 * 3600);
  expect(k).toBe(vapid.publicKey);
});

test('a token is kept for its service until half of its time is over', async () => {
  const { vapid, pass } = await make();
  const first = await vapid.authorize(ORIGIN);
  pass(5 * 3_600_000);
  expect(await vapid.authorize(ORIGIN)).toBe(first);
  expect(await vapid.authorize('https://other.example.com')).not.toBe(first);
  pass(2 * 3_600_000);
  expect(await vapid.authorize(ORIGIN)).not.toBe(first);
});
