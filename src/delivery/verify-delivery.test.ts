// Receivers believe what we sign, and nothing that was changed, made up or sent again later.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { signatureHeaders } from './sign-delivery.ts';
import { type Received, verifyDelivery } from './verify-delivery.ts';

const body = Buffer.from('{"a":1}');
const now = 1_556_528_235;

type Signed = Parameters<typeof signatureHeaders>[0];

function received(change: Partial<Received> = {}, signed: Partial<Signed> = {}): Received {
  const made = signatureHeaders({
    secrets: ['topsecret'],
    id: 'trg_1',
    timestampSeconds: now,
    body,
    ...signed,
  });
  const headers = Object.fromEntries(
    Object.entries(made).map(([name, value]) => [name.toLowerCase(), value]),
  );
  return { secrets: ['topsecret'], headers, body, nowSeconds: now, ...change };
}

function withHeader(name: string, value: string | undefined, signed?: Partial<Signed>): Received {
  const request = received({}, signed);
  return { ...request, headers: { ...request.headers, [name]: value } };
}

const reasonOf = (request: Received) => {
  const verdict = verifyDelivery(request);
  return verdict.ok ? null : verdict.reason;
};

test('any secret, body and time that we signed is accepted, in both encodings', () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 1, unit: 'binary' }).filter((text) => !text.startsWith('whsec_')),
      fc.uint8Array(),
      fc.integer({ min: 0, max: 4_000_000_000 }),
      fc.constantFrom('hex' as const, 'base64' as const),
      (secret, bytes, timestampSeconds, encoding) => {
        const raw = Buffer.from(bytes);
        const change = { secrets: [secret], body: raw, nowSeconds: timestampSeconds };
        const signed = { secrets: [secret], body: raw, timestampSeconds, encoding };
        expect(verifyDelivery(received(change, signed))).toEqual({ ok: true });
      },
    ),
  );
});

test('a changed body, a changed id and another secret are refused', () => {
  expect(reasonOf(received({ body: Buffer.from('{"a": 1}') }))).toBe('webhook-signature.wrong');
  expect(reasonOf(withHeader('webhook-id', 'trg_2'))).toBe('webhook-signature.wrong');
  expect(reasonOf(received({ secrets: ['other'] }))).toBe('webhook-signature.wrong');
});

test.each([
  [-300, null],
  [300, null],
  [-301, 'timestamp.too-new'],
  [301, 'timestamp.too-old'],
])('read %i s after it was signed: %s', (seconds, reason) => {
  expect(reasonOf(received({ nowSeconds: now + seconds }))).toBe(reason);
});

test.each([
  ['webhook-id', undefined, 'id.missing'],
  ['webhook-timestamp', undefined, 'timestamp.missing'],
  ['webhook-timestamp', '1e9', 'timestamp.malformed'],
  ['webhook-timestamp', '-1', 'timestamp.malformed'],
  ['webhook-signature', undefined, 'webhook-signature.missing'],
  ['webhook-signature', ' ', 'webhook-signature.missing'],
  ['webhook-signature', 'v1,', 'webhook-signature.wrong'],
  ['webhook-signature', 'v1,AAAA', 'webhook-signature.wrong'],
  ['x-hub-signature', undefined, 'hub-signature.missing'],
  ['x-hub-signature', 'sha1=0000', 'hub-signature.wrong'],
  ['x-hub-signature', `sha256=${'0'.repeat(64)}`, 'hub-signature.wrong'],
])('%s of %s is refused', (name, value, reason) => {
  expect(reasonOf(withHeader(name, value))).toBe(reason);
});

test('signatures of versions that it does not know are passed over', () => {
  const own = received().headers['webhook-signature'];
  expect(reasonOf(withHeader('webhook-signature', `v1a,abc ${own} v2,def`))).toBeNull();
});

test.each([['topsecret'], ['oldsecret']])('during a rotation %s alone is enough', (secret) => {
  const secrets = ['topsecret', 'oldsecret'];
  expect(reasonOf(received({ secrets: [secret] }, { secrets }))).toBeNull();
});

test('a receiver may accept two secrets', () => {
  const secrets = ['other', 'topsecret'];
  expect(reasonOf(received({ secrets }))).toBeNull();
});

test('an empty secret never accepts anything', () => {
  expect(reasonOf(received({ secrets: [''] }))).toBe('secret.empty');
  expect(reasonOf(received({ secrets: ['whsec_'] }))).toBe('webhook-signature.wrong');
});
