// How long the client waits before it asks again.
import { expect, test } from 'vitest';
import { readRetryAfter, retryDelay } from './retry-delay.ts';

test('delays double up to ten seconds, and chance takes up to half of each away', () => {
  const delays = (chance: number) =>
    [0, 1, 2, 5, 6, 60].map((failures) => retryDelay(failures, { chance, askedMs: null }));
  expect(delays(1)).toEqual([300, 600, 1200, 9600, 10_000, 10_000]);
  expect(delays(0)).toEqual([150, 300, 600, 4800, 5000, 5000]);
});

test('what the server asks for is the least', () => {
  expect(retryDelay(0, { chance: 0, askedMs: 4000 })).toBe(4000);
  expect(retryDelay(0, { chance: 1, askedMs: 4000 })).toBe(4150);
  expect(retryDelay(9, { chance: 0, askedMs: 1000 })).toBe(5000);
});

test.each([
  ['7', 7000],
  ['0', 0],
  ['Wed, 21 Oct 2026 07:28:10 GMT', 10_000],
  ['Wed, 21 Oct 2026 07:27:00 GMT', 0],
  ['soon', null],
  ['-1', null],
  [null, null],
])('Retry-After: %s is %s ms', (text, ms) => {
  const now = Date.parse('2026-10-21T07:28:00Z');
  expect(readRetryAfter({ get: () => text }, now)).toBe(ms);
});
