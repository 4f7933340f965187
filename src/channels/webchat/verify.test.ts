// Whose word a token is, for whom, and for how long.
import { SignJWT } from 'jose';
import { expect, test } from 'vitest';
import { readIdentityToken } from './verify.ts';

const secret = 'widget-secret';
const audiences = ['0b1f6c1e-9a9f-4f0e-8a64-0e5d8a3f2a11', 'https://usher.example.com'];

/** Of customer 7, for five minutes, unless told otherwise. */
async function sign(change: (token: SignJWT) => SignJWT = (token) => token, key = secret) {
  const token = new SignJWT({ name: 'Sari' })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject('7')
    .setExpirationTime('5m');
  return change(token).sign(new TextEncoder().encode(key));
}

const read = async (...args: Parameters<typeof sign>) =>
  readIdentityToken(await sign(...args), { secret, audiences, now: Date.now() });

test('a token of a customer that ends soon is believed', async () => {
  expect(await read()).toEqual({ customerId: '7', name: 'Sari', email: null });
  expect(await read((token) => token.setExpirationTime('24h'))).not.toBeNull();
});

test('one that never ends, ends too late, or has ended is not', async () => {
  const endless = new SignJWT({ sub: '7' }).setProtectedHeader({ alg: 'HS256' });
  const text = await endless.sign(new TextEncoder().encode(secret));
  expect(await readIdentityToken(text, { secret, audiences, now: Date.now() })).toBeNull();
  expect(await read((token) => token.setExpirationTime('25h'))).toBeNull();
  expect(await read((token) => token.setExpirationTime('10 years'))).toBeNull();
  expect(await read((token) => token.setExpirationTime('-1m'))).toBeNull();
});

test('one for somebody else is not, and one for us among others is', async () => {
  expect(await read((token) => token.setAudience('https://billing.example.com'))).toBeNull();
  expect(await read((token) => token.setAudience([]))).toBeNull();
  for (const own of audiences) {
    expect(await read((token) => token.setAudience(['https://x.example.com', own]))).not.toBeNull();
  }
});

test('another key, nobody, and the algorithm none are not', async () => {
  expect(await read(undefined, 'another-secret')).toBeNull();
  expect(await read((token) => token.setSubject(''))).toBeNull();
  const [header, body] = ['{"alg":"none"}', '{"sub":"7","exp":9999999999}'].map((part) =>
    Buffer.from(part).toString('base64url'),
  );
  expect(
    await readIdentityToken(`${header}.${body}.`, { secret, audiences, now: Date.now() }),
  ).toBeNull();
});
