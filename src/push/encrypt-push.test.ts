import { createECDH } from 'node:crypto';
import { expect, test } from 'vitest';
import { readPushBody } from '../../sandbox/push/read-push-body.ts';
import { encryptPush, MOST_PLAIN_BYTES } from './encrypt-push.ts';

const raw = (text: string) => Buffer.from(text, 'base64url');

/** RFC 8291, appendix A. */
const example = {
  plain: 'When I grow up, I want to be a watermelon',
  sender: 'yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw',
  receiver: 'q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94',
  receiverPublic:
    'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
  salt: 'DGv6ra1nlYgDCS1FRnbzlw',
  auth: 'BTBZMqHH6r4Tts7J_aSIgg',
  body: 'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
};

test('the example of RFC 8291 is encrypted to the octet', () => {
  const body = encryptPush(
    Buffer.from(example.plain),
    { publicKey: raw(example.receiverPublic), auth: raw(example.auth) },
    { salt: raw(example.salt), privateKey: raw(example.sender) },
  );
  expect(body.toString('base64url')).toBe(example.body);
});

test('the stand-in of a browser reads the example, and nothing that was changed', () => {
  const keys = { privateKey: raw(example.receiver), auth: raw(example.auth) };
  expect(readPushBody(raw(example.body), keys).toString()).toBe(example.plain);
  const changed = raw(example.body);
  changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
  expect(() => readPushBody(changed, keys)).toThrow();
});

test('two messages of the same words share nothing, and the longest fits into 4096 bytes', () => {
  const browser = createECDH('prime256v1');
  const publicKey = browser.generateKeys();
  const auth = Buffer.alloc(16, 7);
  const longest = Buffer.alloc(MOST_PLAIN_BYTES, 'ü');
  const [one, two] = [1, 2].map(() => encryptPush(longest, { publicKey, auth }));
  expect(one?.length).toBe(4096);
  expect(one?.subarray(0, 16)).not.toEqual(two?.subarray(0, 16));
  const keys = { privateKey: browser.getPrivateKey(), auth };
  expect(readPushBody(one as Buffer, keys)).toEqual(longest);
  expect(() => encryptPush(Buffer.alloc(MOST_PLAIN_BYTES + 1), { publicKey, auth })).toThrow();
});
