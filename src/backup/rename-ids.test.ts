// However a text is cut, its ids get their names, and nothing else changes.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { renameIds } from './rename-ids.ts';

const [A, B, C] = ['a', 'b', 'c'].map((digit) =>
  '00000000-0000-4000-8000-000000000000'.replaceAll('0', digit),
) as [string, string, string];
const names = new Map([
  [A, C],
  [B, A],
]);

async function rename(pieces: readonly Buffer[]): Promise<string> {
  const renamed: Buffer[] = [];
  const source = (async function* () {
    yield* pieces;
  })();
  for await (const piece of renameIds(source, names)) renamed.push(piece);
  return Buffer.concat(renamed).toString();
}

const part = fc.oneof(
  fc.constantFrom(A, B, C, '\t', '\n', '-', 'aaaa', '{"id":"', '\\N', '😀', A.slice(0, 20)),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
);

test('ids are renamed wherever the text is cut', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(part, { maxLength: 30 }),
      fc.array(fc.nat(400), { maxLength: 8 }),
      async (parts, cuts) => {
        const bytes = Buffer.from(parts.join(''));
        const at = [0, ...cuts.filter((cut) => cut < bytes.length).toSorted((a, b) => a - b)];
        const pieces = at.map((from, no) => bytes.subarray(from, at[no + 1]));
        const whole = new RegExp(`${A}|${B}|${C}`, 'g');
        const expected = bytes.toString().replace(whole, (id) => names.get(id) ?? id);
        expect(await rename(pieces)).toBe(expected);
      },
    ),
  );
});
