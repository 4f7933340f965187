import { expect, test } from 'vitest';
import { sumByWeeks } from './sum-by-weeks.ts';

const dayOf = (nth: number) => ({ key: `day ${nth}`, opened: nth, closed: 1, abandoned: 0 });

test('weeks have all that their days have, and the name of the first', () => {
  const days = Array.from({ length: 17 }, (_, nth) => dayOf(nth));
  const weeks = sumByWeeks(days);
  expect(weeks.map(({ key, closed }) => [key, closed])).toEqual([
    ...[
      ['day 0', 7],
      ['day 7', 7],
      ['day 14', 3],
    ],
  ]);
  const sum = (rows: readonly { opened: number }[]) =>
    rows.reduce((total, { opened }) => total + opened, 0);
  expect(sum(weeks)).toBe(sum(days));
  expect(days[0]).toEqual(dayOf(0));
});
