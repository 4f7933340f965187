// What other servers write into Retry-After, and what of it counts.
import { expect, test } from 'vitest';
import { readRetryAfter } from './read-retry-after.ts';

const NOW = Date.parse('2026-01-31T08:00:00Z');

test.each([
  ['120', 120_000],
  [' 0 ', 0],
  [' 0.5 ', 500],
  ['99999999999', 99_999_999_999_000],
  ['Sat, 31 Jan 2026 08:02:00 GMT', 120_000],
  ['Saturday, 31-Jan-26 08:02:00 GMT', 120_000],
  ['Sat Jan 31 08:02:00 2026', 120_000],
  ['2026-01-31T08:02:00Z', 120_000],
  ['Fri, 30 Jan 2026 08:00:00 GMT', 0],
])('Retry-After %j is read as %d ms', (value, ms) => {
  expect(readRetryAfter(value, NOW)).toBe(ms);
});

test.each([undefined, null, '', 'soon', '-5', '1.5.2', '12 s', 'try in 2099', 'Sat', '1e9999'])(
  'Retry-After %j is nonsense and asks for nothing',
  (value) => {
    expect(readRetryAfter(value, NOW)).toBeNull();
  },
);
