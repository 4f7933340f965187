import { expect, test } from 'vitest';
import { readSpan } from './read-span.ts';

test.each([
  ['45m', 2_700_000],
  ['12h', 43_200_000],
  ['30d', 2_592_000_000],
])('%s are %i milliseconds', (text, ms) => expect(readSpan(text)).toBe(ms));

test('what has no unit is no span', () => {
  expect(() => readSpan('45')).toThrow('“45” is no span of time.');
});
