// The vectors of gitple-events.md §9, those that others have published, and their library.
import { Webhook } from 'standardwebhooks';
import { expect, test } from 'vitest';
import { libraryFormOf } from '../contract/library-secret.ts';
import { signatureHeaders } from './sign-delivery.ts';

const opened = Buffer.from(
  '{"triggerId":"trg_1","ctime":"2019-04-29T08:57:15.878Z","appCode":"app","type":"session_state_open"}',
);
const greeting = Buffer.from('{"message":{"type":"text/plain","content":"안녕하세요 👋"}}');

function sign(secrets: string[], body: Buffer | string = opened, encoding?: 'hex' | 'base64') {
  return signatureHeaders({
    secrets,
    id: 'trg_1',
    timestampSeconds: 1556528235,
    body: Buffer.from(body),
    ...(encoding === undefined ? {} : { encoding }),
  });
}

test.each([
  ['G1', 'topsecret', opened, 'ba8de7a71aed6d3d626c730ddfe39868a3cb2f36309b679d8b299b6f393db925'],
  [
    'G2',
    'testsecret',
    '{"a":1}',
    '0f4a604a9e9ad182034b3224fb61724a9ef127c2d5de3554995cc31f9cc3c499',
  ],
  [
    'G3, a space more',
    'testsecret',
    '{"a": 1}',
    '656aabdd95bd58580863215c8106f20dac4966ea77a47cf3f75e1c6d0eaf31c4',
  ],
  [
    'G4, Korean secret and text',
    '시크릿',
    greeting,
    'de20fb93088f47e5c3adfc9027c2848309c0ed4fbbd34ebada4238b001987415',
  ],
  [
    'G5, spaces around the secret',
    ' testsecret ',
    '{"a":1}',
    '3ae9e14c933390181c31b257a764296fb2c51b330f20b78c2bf661723fce5177',
  ],
  [
    'GitHub’s published example',
    "It's a Secret to Everybody",
    'Hello, World!',
    '757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
  ],
])('X-Hub-Signature of %s', (_name, secret, body, hex) => {
  expect(sign([secret], body)['X-Hub-Signature']).toBe(`sha256=${hex}`);
});

test('the vectors have the lengths that the contract states', () => {
  expect([opened.length, greeting.length]).toEqual([100, 66]);
  expect(Buffer.from('시크릿').toString('hex')).toBe('ec8b9ced81aceba6bf');
});

test('G6: the signature of Standard Webhooks, and the library form of the secret', () => {
  expect(sign(['topsecret'])).toEqual({
    'X-Hub-Signature': 'sha256=ba8de7a71aed6d3d626c730ddfe39868a3cb2f36309b679d8b299b6f393db925',
    'webhook-id': 'trg_1',
    'webhook-timestamp': '1556528235',
    'webhook-signature': 'v1,jY89UlRI7JRubsdgeLPiSN/72lPa8VH+PC/MypPyET8=',
  });
  expect(libraryFormOf('topsecret')).toBe('whsec_dG9wc2VjcmV0');
});

test('G7: a whsec_ secret is decoded for one signature and taken as typed for the other', () => {
  const secret = 'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=';
  expect(sign([secret])).toMatchObject({
    'X-Hub-Signature': 'sha256=87781977292a25eb5cb054e6f7d2889622a4b5bfcd615af5dc3aa0522a7ae32e',
    'webhook-signature': 'v1,IIbg4pws/DC4JUvRriUrpQWhs6J5zQKYterrw/g25bs=',
  });
  expect(libraryFormOf(secret)).toBe(secret);
});

test('G8: while the secret is changed, one signature names both and the other the new one', () => {
  expect(sign(['topsecret', 'oldsecret'])).toMatchObject({
    'X-Hub-Signature': sign(['topsecret'])['X-Hub-Signature'],
    'webhook-signature':
      'v1,jY89UlRI7JRubsdgeLPiSN/72lPa8VH+PC/MypPyET8= v1,TL7qTvFd6lTB3wH5D/OmFxbVE7Zrn/fS6+2UKn4zs+A=',
  });
});

test.each([
  ['an empty secret', ['']],
  ['no secret', []],
  ['an empty secret after another', ['', 'oldsecret']],
])('G9: %s signs nothing, but id and time are there', (_name, secrets) => {
  expect(sign(secrets)).toEqual({ 'webhook-id': 'trg_1', 'webhook-timestamp': '1556528235' });
});

test('a whsec_ secret without a key leaves out the signature that anybody could make', () => {
  expect(Object.keys(sign(['whsec_']))).not.toContain('webhook-signature');
});

test('X-Hub-Signature in base64 holds the same digest', () => {
  const digest = sign(['topsecret'])['X-Hub-Signature']?.slice(7) ?? '';
  expect(sign(['topsecret'], opened, 'base64')['X-Hub-Signature']).toBe(
    `sha256=${Buffer.from(digest, 'hex').toString('base64')}`,
  );
});

test('the published example of Standard Webhooks', () => {
  const headers = signatureHeaders({
    secrets: ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
    id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    timestampSeconds: 1614265330,
    body: Buffer.from('{"test": 2432232314}'),
  });
  expect(headers['webhook-signature']).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
});

test.each([
  ['the only secret', ['topsecret'], 'topsecret'],
  ['a Korean secret', ['시크릿'], '시크릿'],
  [
    'a whsec_ secret',
    ['whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY='],
    'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=',
  ],
  ['the new one of two', ['topsecret', 'oldsecret'], 'topsecret'],
  ['the old one of two', ['topsecret', 'oldsecret'], 'oldsecret'],
])('the Standard Webhooks library accepts what we sign, with %s', (_name, secrets, theirs) => {
  const timestampSeconds = Math.floor(Date.now() / 1000);
  const headers = signatureHeaders({ secrets, id: 'trg_1', timestampSeconds, body: greeting });
  const library = new Webhook(libraryFormOf(theirs));
  expect(library.verify(greeting, headers)).toEqual(JSON.parse(greeting.toString()));
  expect(() => new Webhook(libraryFormOf('other')).verify(greeting, headers)).toThrow();
});
