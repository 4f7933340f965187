// Proves that a sealed secret opens with its key, in its place, unchanged, and nowhere else.
import { expect, it } from 'vitest';
import { LockedSecret, makeSecretBox, placeOf, type Sealed } from './secret-box.ts';

const key = 'k'.repeat(32);
const place = placeOf('channel', 'w', 'c', 'webhookSecret');

it('a secret is not readable once sealed, and opens in its place', () => {
  const box = makeSecretBox({ key });
  const sealed = box.seal('topsecret é', place);
  expect(sealed).toMatch(/^sealed:1:[0-9a-f]{8}:[\w-]+$/);
  expect(sealed).not.toContain('topsecret');
  expect(box.open(sealed, place)).toBe('topsecret é');
  expect(box.seal('topsecret é', place)).not.toBe(sealed);
});

it('a sealed secret opens in no other row, and not after a change', () => {
  const box = makeSecretBox({ key });
  const sealed = box.seal('topsecret', place);
  const elsewhere = placeOf('channel', 'w', 'other', 'webhookSecret');
  expect(() => box.open(sealed, elsewhere)).toThrow(LockedSecret);
  const cut = sealed.slice(0, -4) as Sealed;
  expect(() => box.open(cut, place)).toThrow(LockedSecret);
  const flipped = `${sealed.slice(0, -8)}${sealed.at(-8) === 'A' ? 'B' : 'A'}${sealed.slice(-7)}`;
  expect(() => box.open(flipped as Sealed, place)).toThrow(LockedSecret);
});

it('an old key opens what it sealed; without it the key is named by its id', () => {
  const before = makeSecretBox({ key });
  const sealed = before.seal('topsecret', place);
  const after = makeSecretBox({ key: 'n'.repeat(32), old: [key] });
  expect(after.open(sealed, place)).toBe('topsecret');
  expect(after.seal('topsecret', place)).toContain(after.keyId);
  const without = makeSecretBox({ key: 'n'.repeat(32) });
  expect(() => without.open(sealed, place)).toThrow(`needs the key ${before.keyId}`);
});

it('without a key secrets stand as they are, also one that looks sealed', () => {
  const box = makeSecretBox({ key: undefined });
  expect(box.seal('topsecret', place)).toBe('topsecret');
  const odd = 'sealed:1:00000000:AAAA';
  expect(box.open(box.seal(odd, place), place)).toBe(odd);
  expect(makeSecretBox({ key }).open('topsecret' as Sealed, place)).toBe('topsecret');
});

it('no secret stays no secret', () => {
  expect(makeSecretBox({ key }).seal('', place)).toBe('');
});
