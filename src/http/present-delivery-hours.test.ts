import { expect, test } from 'vitest';
import { presentDeliveryHours } from './present-delivery-hours.ts';

const now = Date.parse('2026-03-04T10:30:00Z');
const row = (at: string, lookedAt: number, earliestAt: string) => ({
  ...{ at: new Date(at), delivered: 2, failed: 1, waiting: 0, lookedAt },
  earliestAt: new Date(earliestAt),
});

test('every hour of the span is there, the current one last, also those in which nothing happened', () => {
  const rows = [row('2026-03-04T09:00:00Z', 3, '2026-03-04T09:12:00Z')];
  const nothing = { delivered: 0, failed: 0, waiting: 0 };
  expect(presentDeliveryHours(rows, { hours: 3, now })).toEqual({
    items: [
      { at: '2026-03-04T08:00:00.000Z', ...nothing },
      { at: '2026-03-04T09:00:00.000Z', delivered: 2, failed: 1, waiting: 0 },
      { at: '2026-03-04T10:00:00.000Z', ...nothing },
    ],
    isCut: false,
  });
});

test('where more happened than is looked at, the hour that may be cut and those before it are left out', () => {
  const cut = [
    row('2026-03-04T08:00:00Z', 5, '2026-03-04T08:40:00Z'),
    row('2026-03-04T09:00:00Z', 5, '2026-03-04T08:40:00Z'),
  ];
  const { items, isCut } = presentDeliveryHours(cut, { hours: 4, now, most: 5 });
  expect(isCut).toBe(true);
  expect(items.map(({ at }) => at.slice(11, 13))).toEqual(['09', '10']);
});

test('as many rows as are looked at, some of them before the span, cut nothing', () => {
  const rows = [row('2026-03-04T09:00:00Z', 5, '2026-03-01T00:00:00Z')];
  const { items, isCut } = presentDeliveryHours(rows, { hours: 4, now, most: 5 });
  expect([items.length, isCut]).toEqual([4, false]);
});
