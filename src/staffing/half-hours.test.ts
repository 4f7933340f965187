// Half hours follow the clocks of their zone, also on the days on which these change.
import { expect, test } from 'vitest';
import { makeZoneTime } from './half-hours.ts';

const dayOf = (date: string) => Date.parse(`${date}T00:00:00Z`) / 86_400_000;

function listDay(timeZone: string, date: string) {
  const at = Date.parse(`${date}T00:00:00Z`);
  return makeZoneTime(timeZone, { from: at, until: at }).list(dayOf(date), 1);
}

/** As 02:30. */
const shownAt = ({ ofWeek }: { ofWeek: number }) => {
  const ofDay = ofWeek % 48;
  return `${String(Math.floor(ofDay / 2)).padStart(2, '0')}:${ofDay % 2 === 0 ? '00' : '30'}`;
};

test.each([
  ['Europe/Berlin', '2026-03-29', 46],
  ['Europe/Berlin', '2026-10-25', 50],
  ['Europe/Berlin', '2026-06-01', 48],
  ['America/New_York', '2026-03-08', 46],
  ['America/New_York', '2026-11-01', 50],
  ['Australia/Lord_Howe', '2026-04-05', 49],
  ['Australia/Lord_Howe', '2026-10-04', 47],
  ['Asia/Kathmandu', '2026-10-25', 48],
])('%s has on %s so many half hours: %i', (timeZone, date, count) => {
  const halfHours = listDay(timeZone, date);
  expect(halfHours).toHaveLength(count);
  expect(new Set(halfHours.map(({ day }) => day))).toEqual(new Set([dayOf(date)]));
});

test('what the clocks show twice is the same half hour of the week twice, and what they leave out is none', () => {
  const autumn = listDay('Europe/Berlin', '2026-10-25').map(shownAt);
  expect(autumn.filter((shown) => shown === '02:30')).toHaveLength(2);
  const spring = listDay('Europe/Berlin', '2026-03-29').map(shownAt);
  expect(spring).not.toContain('02:30');
  expect(spring).toContain('03:00');
});

test('Monday’s first is 0 and Sunday’s last 335, also where midnight is at a quarter past the hour of UTC', () => {
  const [first] = listDay('Asia/Kathmandu', '2026-10-26');
  expect(first).toEqual({ at: Date.UTC(2026, 9, 25, 18, 15), day: dayOf('2026-10-26'), ofWeek: 0 });
  expect(listDay('Asia/Kathmandu', '2026-10-25').at(-1)?.ofWeek).toBe(335);
});

test('only what begins with a half hour of the clocks there is one', () => {
  const at = Date.UTC(2026, 5, 1, 18, 15);
  const isBegin = (zone: string) => makeZoneTime(zone, { from: at, until: at }).isBegin(at);
  expect([isBegin('Asia/Kathmandu'), isBegin('UTC')]).toEqual([true, false]);
});
