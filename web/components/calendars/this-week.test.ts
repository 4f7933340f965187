import { expect, test } from 'vitest';
import { listThisWeek } from './this-week.ts';

test('the week of a Friday evening goes from its Monday to its Sunday, with what is special in it', () => {
  const christmas = { date: '2026-12-25' };
  const week = listThisWeek(
    { exceptions: [christmas, { date: '2026-12-28' }] },
    { reading: Date.UTC(2026, 11, 25, 18) },
  );
  expect(week.map(({ date }) => date.slice(8))).toEqual(['21', '22', '23', '24', '25', '26', '27']);
  expect(week.map(({ exceptions }) => exceptions.length)).toEqual([0, 0, 0, 0, 1, 0, 0]);
  expect(week.map(({ now }) => now)).toEqual([
    ...Array(4).fill(undefined),
    75,
    undefined,
    undefined,
  ]);
});
