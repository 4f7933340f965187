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
  ['webhook-timestamp', `${now}x`, 'timestamp.malformed'],
  ['webhook-timestamp', `x${now}`, 'timestamp.malformed'],
  ['webhook-timestamp', '1234567890123', 'timestamp.malformed'],
  ['webhook-timestamp', '123456789012', 'timestamp.too-new'],
  ['x-hub-signature', 'sha1=0000', 'hub-signature.wrong'],
  ['x-hub-signature', `sha256=${'0'.repeat(64)}`, 'hub-signature.wrong'],
])('%s of %s is refused', (name, value, reason) => {
  expect(reasonOf(withHeader(name, value))).toBe(reason);
});

const digestOf = (name: string, prefix: string, encoding: 'hex' | 'base64' = 'hex') =>
  String(received({}, { encoding }).headers[name]).slice(prefix.length);

test.each([
  ['no version', (digest: string) => digest],
  ['another version', (digest: string) => `v2,${digest}`],
  ['something before it', (digest: string) => `v1,A${digest}`],
  ['something behind it', (digest: string) => `v1,${digest}A`],
])('the right signature with %s is refused', (_what, change) => {
  const value = change(digestOf('webhook-signature', 'v1,'));
  expect(reasonOf(withHeader('webhook-signature', value))).toBe('webhook-signature.wrong');
});

test.each(['hex', 'base64'] as const)(
  'in %s the right hub signature is refused with anything before or behind it, or another name',
  (encoding) => {
    const digest = digestOf('x-hub-signature', 'sha256=', encoding);
    const judge = (value: string) => reasonOf(withHeader('x-hub-signature', value));
    expect(judge(`sha256=${digest}`)).toBeNull();
    const odd = [`sha256=0${digest}`, `sha256=${digest}0`, `sha512=${digest}`, digest];
    expect(odd.map(judge)).toEqual(odd.map(() => 'hub-signature.wrong'));
  },
);

test('a header that came twice counts as missing', () => {
  const request = received();
  const headers = { ...request.headers, 'webhook-id': ['trg_1', 'trg_1'] };
  expect(reasonOf({ ...request, headers })).toBe('id.missing');
});

test('a receiver may be stricter with the time', () => {
  const at = (seconds: number) =>
    reasonOf(received({ nowSeconds: now + seconds, toleranceSeconds: 10 }));
  expect([-11, -10, 10, 11].map(at)).toEqual([
    'timestamp.too-new',
    null,
    null,
    'timestamp.too-old',
  ]);
});

test('during a rotation the hub signature may be of the secret that the receiver has not got yet', () => {
  const request = received({ secrets: ['oldsecret'] }, { secrets: ['topsecret', 'oldsecret'] });
  expect(reasonOf(request)).toBeNull();
  const bare = { ...request.headers, 'x-hub-signature': undefined };
  expect(reasonOf({ ...request, headers: bare })).toBe('hub-signature.missing');
  const [, old] = String(request.headers['webhook-signature']).split(' ');
  const alone = { ...request.headers, 'webhook-signature': old };
  expect(reasonOf({ ...request, headers: alone })).toBe('hub-signature.wrong');
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
  const unread = withHeader('webhook-signature', 'v1,');
  expect(reasonOf({ ...unread, secrets: ['whsec_'] })).toBe('webhook-signature.wrong');
  expect(reasonOf(received({ secrets: ['', 'topsecret'] }))).toBeNull();
  expect(reasonOf(received({ secrets: ['whsec_', 'topsecret'] }))).toBeNull();
});
