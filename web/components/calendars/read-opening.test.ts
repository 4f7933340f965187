import { expect, test } from 'vitest';
import { readOpening } from './read-opening.ts';

const office = (timeZone: string) => ({
  name: 'Office',
  timeZone,
  weekly: [{ days: ['mon' as const, 'fri' as const], from: '08:00', to: '17:00' }],
});
const utc = (text: string) => Date.parse(`${text}Z`);

test('on Friday evening it is closed until Monday at eight, by the clocks of its zone', () => {
  const opening = readOpening(office('Asia/Jakarta'), utc('2026-11-20T11:00'));
  expect(opening).toEqual({
    open: false,
    changesAt: utc('2026-11-23T01:00'),
    reading: utc('2026-11-20T18:00'),
    clockChange: null,
  });
});

test('the next change of the clocks is told with what they show and by how much', () => {
  expect(readOpening(office('Europe/Berlin'), utc('2026-11-20T11:00'))?.clockChange).toEqual({
    at: utc('2027-03-28T01:00'),
    reading: utc('2027-03-28T02:00'),
    byMs: 3_600_000,
  });
  expect(readOpening(office('Europe/Berlin'), utc('2026-07-01T11:00'))?.clockChange).toEqual({
    at: utc('2026-10-25T01:00'),
    reading: utc('2026-10-25T03:00'),
    byMs: -3_600_000,
  });
});

test('of a zone that is none nothing is told', () => {
  expect(readOpening(office('Asia/Jakrta'), utc('2026-11-20T11:00'))).toBe(null);
});
