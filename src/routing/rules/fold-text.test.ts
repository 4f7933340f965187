import fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldText } from './fold-text.ts';

test.each([
  ['GOLD', 'gold'],
  ['Straße', 'STRASSE'],
  ['STRAẞE', 'strasse'],
  ['ΟΔΟΣ', 'οδος'],
  ['οδός', 'ΟΔΌΣ'],
  ['ﬁn', 'FIN'],
  ['K', 'k'],
  ['ſ', 'S'],
  ['ᾳ', 'ΑΙ'],
  ['caf\u00e9', 'CAFE\u0301'],
  ['İ', 'i\u0307'],
  ['ꮳ', 'Ꮳ'],
  ['𐐀', '𐐨'],
  ['가각', '\u1100\u1161\u1100\u1161\u11a8'],
])('%s is %s', (one, other) => {
  expect(foldText(one)).toBe(foldText(other));
});

test.each([
  ['ı', 'i'],
  ['ı', 'I'],
  ['e', 'é'],
  ['２', '2'],
  ['²', '2'],
])('%s is not %s', (one, other) => {
  expect(foldText(one)).not.toBe(foldText(other));
});

test('a letter does not begin the same letter with an accent, nor a syllable a longer one', () => {
  expect(foldText('École').startsWith(foldText('e'))).toBe(false);
  expect(foldText('각').startsWith(foldText('가'))).toBe(false);
});

test('a sigma is found at the end of a word and within it', () => {
  expect(foldText('ΟΔΟΣΑ').startsWith(foldText('ΟΔΟΣ'))).toBe(true);
});

test('characters that are one are so by the engine’s own simple folding, or fold to several', () => {
  const bySingle = new Map<string, string>();
  for (let code = 0; code <= 0x10ffff; code += 1) {
    const one = String.fromCodePoint(code);
    if (!/\p{Changes_When_Casemapped}/u.test(one)) continue;
    const folded = foldText(one);
    const before = bySingle.get(folded);
    if (before === undefined) bySingle.set(folded, one);
    else if (before.normalize() !== one.normalize()) {
      // Simple folding keeps characters apart that are several letters when folded.
      const isOne = new RegExp(`^${codeOf(before)}$`, 'iu').test(one.normalize('NFC'));
      expect(isOne || [...folded.normalize('NFD')].length > 1, `${before} ${one}`).toBe(true);
    }
  }
});

const codeOf = (one: string) => `\\u{${(one.normalize('NFC').codePointAt(0) ?? 0).toString(16)}}`;

test('any text is folded, and folding it again changes nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('', '\ud800', '\udc00'), (a, b) => {
      const folded = foldText(`${a}${b}${a}`);
      expect(foldText(folded)).toBe(folded);
    }),
    { numRuns: 2000 },
  );
});
