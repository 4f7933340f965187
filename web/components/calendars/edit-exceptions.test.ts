import { expect, test } from 'vitest';
import {
  addDays,
  addException,
  changeException,
  listMonth,
  nextFreeDate,
  removeException,
} from './edit-exceptions.ts';

const christmas = { date: '2026-12-25' };
const eve = { date: '2026-12-24', from: '08:00', to: '12:00' };

test('exceptions stand by date and time, whatever is added or changed', () => {
  const both = addException([christmas], eve);
  expect(both).toEqual([eve, christmas]);
  const late = { date: '2026-12-24', from: '18:00', to: '20:00' };
  expect(addException(both, late)).toEqual([eve, late, christmas]);
  expect(changeException(both, 0, { date: '2027-01-01' })).toEqual([
    christmas,
    { date: '2027-01-01' },
  ]);
  expect(removeException(both, 0)).toEqual([christmas]);
});

test('the next date that is free is found, over the end of a year too', () => {
  const dates = ['2026-12-30', '2026-12-31', '2027-01-01'].map((date) => ({ date }));
  expect(nextFreeDate(dates, '2026-12-30')).toBe('2027-01-02');
  expect(nextFreeDate([], '2026-12-30')).toBe('2026-12-30');
  expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
});

test('a month begins under its weekday and has all its days', () => {
  const may = listMonth(2026, 4);
  expect(may[0]).toEqual([null, null, null, null, '2026-05-01', '2026-05-02', '2026-05-03']);
  expect(may.flat().filter((date) => date !== null)).toHaveLength(31);
  expect(listMonth(2028, 1).flat()).toContain('2028-02-29');
  expect(listMonth(2026, 1).flat()).not.toContain('2026-02-29');
});
