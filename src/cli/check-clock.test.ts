// What the doctor says of two clocks that differ.
import { expect, test } from 'vitest';
import { checkClock } from './check-clock.ts';

/** The question takes a second; the database is so much ahead. */
function ask(aheadMs: number) {
  let now = 1_800_000_000_000;
  const answer = async () => {
    now += 1000;
    return new Date(now - 500 + aheadMs);
  };
  return checkClock(() => now, answer);
}

test.each([0, 4000, -4000])('%i ms apart is well', async (ms) => {
  expect(await ask(ms)).toMatchObject({ state: 'ok' });
});

test.each([
  [90_000, /90 s behind the database/],
  [-90_000, /90 s ahead of the database/],
])('%i ms apart is told', async (ms, says) => {
  expect(await ask(ms)).toMatchObject({ state: 'warning', says: expect.stringMatching(says) });
});
