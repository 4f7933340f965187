import fc from 'fast-check';
import { expect, test } from 'vitest';
import { maskTexts } from './mask-texts.ts';

const mask = (...texts: string[]) => maskTexts(texts).texts;

test('addresses and numbers get names, the same one the same name in all texts', () => {
  const { texts, count, restore } = maskTexts([
    'I am ana@example.com, call +62 812-3456-7890.',
    'Card 4111 1111 1111 1111, or write to ana@example.com.',
  ]);
  expect(texts).toEqual([
    'I am [e-mail 1], call [phone 1].',
    'Card [card 1], or write to [e-mail 1].',
  ]);
  expect(count).toBe(3);
  expect(restore('Call [phone 1] or [Phone 1], not [phone 2].')).toBe(
    'Call +62 812-3456-7890 or +62 812-3456-7890, not [phone 2].',
  );
});

test.each([
  ['(021) 555 0100', '[phone 1]'],
  ['0812.3456.789', '[phone 1]'],
  ['5500-0055-5555-5559', '[card 1]'],
  ['378282246310005', '[card 1]'],
  ['DE89370400440532013000', 'DE[number 1]'],
  ['٠٨١٢٣٤٥٦٧٨٩', '[phone 1]'],
  ['Jörg.Müller+shop@café.example.co', '[e-mail 1]'],
  ['order 123456', 'order 123456'],
  ['at 10:30 on the 5th', 'at 10:30 on the 5th'],
])('%s becomes %s', (text, masked) => {
  expect(mask(text)).toEqual([masked]);
});

test('a name that somebody wrote is never taken for one of ours', () => {
  const { texts, restore } = maskTexts(['See [phone 1]', 'and 0812 3456 789']);
  expect(texts).toEqual(['See [phone 1]', 'and [phone 2]']);
  expect(restore('[phone 1] [phone 2]')).toBe('[phone 1] 0812 3456 789');
});

const word = fc.stringMatching(/^[a-z0-9]{1,12}$/);
const address = fc.tuple(word, word, word).map(([who, host, top]) => `${who}@${host}.${top}`);
const digits = fc.stringMatching(/^[0-9]{7,24}$/);
const grouped = fc
  .tuple(digits, fc.constantFrom(' ', '-', '.', ' - ', '\u00a0'), fc.integer({ min: 1, max: 4 }))
  .map(([text, between, size]) => text.match(new RegExp(`.{1,${size}}`, 'g'))?.join(between) ?? '');
const around = fc.string({ unit: 'binary', maxLength: 60 });

test('no address and no run of seven digits is left, whatever stands around them', () => {
  fc.assert(
    fc.property(around, fc.oneof(address, grouped), around, (before, secret, after) => {
      const [masked = ''] = mask(`${before} ${secret} ${after}`);
      expect(masked).not.toContain(secret);
      expect(masked).not.toMatch(/\p{Nd}{7}/u);
    }),
  );
});

test('what is masked is put back to the letter', () => {
  const text = fc.array(fc.oneof(around, address, grouped), { maxLength: 6 });
  fc.assert(
    fc.property(fc.array(text, { maxLength: 4 }), (texts) => {
      const given = texts.map((parts) => parts.join(' '));
      const { texts: masked, restore } = maskTexts(given);
      expect(masked.map(restore)).toEqual(given);
    }),
  );
});

test('a text of ten thousand characters is masked at once, whatever they are', () => {
  const startedAt = performance.now();
  for (const sign of ['a', '1', '@', 'a@', '.', '(', '1 ', '+']) {
    mask(sign.repeat(10_000 / sign.length));
  }
  expect(performance.now() - startedAt).toBeLessThan(2000);
});
