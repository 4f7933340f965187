import { expect, test } from 'vitest';
import { coverQuarters, sumByQuarter, writeProfile } from './cover-quarters.ts';

const HOUR = 3_600_000;
const QUARTER = HOUR / 4;
const at = (time: string) => Date.parse(`${time}Z`);

test('quarters count from Monday at midnight, of a day from its midnight', () => {
  const friday = { since: at('2026-11-27T09:40'), till: at('2026-11-27T10:00') };
  const week = sumByQuarter([friday], 672);
  const nine = (4 * 24 + 9) * 4;
  expect(week.flatMap((ms, nth) => (ms > 0 ? [[nth, ms / 60_000]] : []))).toEqual([
    [nine + 2, 5],
    [nine + 3, 15],
  ]);
  expect(sumByQuarter([friday], 96).findIndex((ms) => ms > 0)).toBe(9 * 4 + 2);
});

test('a week has each quarter once, ten days have some twice, and an hour is no day', () => {
  const since = at('2026-11-25T10:20');
  expect(coverQuarters({ since, till: since + 168 * HOUR })).toEqual(Array(672).fill(QUARTER));
  const ten = coverQuarters({ since, till: since + 240 * HOUR }) ?? [];
  expect(ten.filter((ms) => ms === 2 * QUARTER)).toHaveLength(3 * 96 - 1);
  expect(ten.reduce((sum, ms) => sum + ms, 0)).toBe(240 * HOUR);
  expect(coverQuarters({ since, till: since + 30 * HOUR })).toHaveLength(96);
  expect(coverQuarters({ since, till: since + HOUR })).toBeNull();
});

test('as many come in a quarter as came in it, for each that the span has of it', () => {
  const covered = Array.from({ length: 96 }, (_, nth) => (nth === 9 ? 2 : 1) * QUARTER);
  const profile = writeProfile([9, 9, 9, 10], { arrived: 40, covered });
  expect(profile.every).toBe(900);
  expect(profile.rates[9]).toBeCloseTo(30 / 1800, 12);
  expect(profile.rates[10]).toBeCloseTo(10 / 900, 12);
  expect(profile.rates.filter((rate) => rate > 0)).toHaveLength(2);
});
