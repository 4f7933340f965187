// A week that is edited day by day means what the calendar said.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { WeeklySpan } from '../../../src/contract/policy/calendar.ts';
import { weekdays } from '../../../src/contract/policy/weekdays.ts';
import { compileCalendar } from '../../../src/routing/calendars/compile-calendar.ts';
import { copyDay, listPieces, listSpans, moveEnd, moveSpan, writeWeekly } from './week.ts';

const office: WeeklySpan[] = [
  { days: ['mon', 'tue', 'fri'], from: '08:00', to: '17:00' },
  { days: ['fri'], from: '22:00', to: '02:00' },
  { days: ['sun'], from: '20:00', to: '24:00' },
];

test('a week that nobody changed is written as it was', () => {
  expect(writeWeekly(listSpans(office))).toEqual(office);
});

const clock = fc.integer({ min: 0, max: 95 }).map((quarter) => quarter * 15);
const text = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
const weeks = fc.array(
  fc.record({
    days: fc.uniqueArray(fc.constantFrom(...weekdays), { minLength: 1, maxLength: 7 }),
    from: clock.map(text),
    to: fc.oneof(clock.map(text), fc.constant('24:00')),
  }),
  { maxLength: 6 },
);

test('however its hours are grouped, the router has it open at the same times', () => {
  fc.assert(
    fc.property(
      weeks,
      fc.array(fc.integer({ min: 0, max: 7 * 96 }), { maxLength: 20 }),
      (weekly, quarters) => {
        const hours = (spans: WeeklySpan[]) =>
          compileCalendar({ name: 'A', timeZone: 'Asia/Jakarta', weekly: spans });
        const [before, after] = [hours(weekly), hours(writeWeekly(listSpans(weekly)))];
        for (const quarter of quarters) {
          const at = Date.UTC(2026, 10, 16) + quarter * 900_000;
          expect(after.isOpen(at)).toBe(before.isOpen(at));
        }
      },
    ),
    { numRuns: 60 },
  );
});

test('a night is drawn to midnight on its day, and on from midnight on the next; that of Sunday on Monday', () => {
  const spans = listSpans([{ days: ['fri', 'sun'], from: '22:00', to: '02:00' }]);
  const drawn = (day: number) =>
    listPieces(spans, day).map(({ from, to, isRest }) => [from, to, isRest]);
  expect(drawn(4)).toEqual([[1320, 1440, false]]);
  expect(drawn(5)).toEqual([[0, 120, true]]);
  expect(drawn(0)).toEqual([[0, 120, true]]);
  expect(drawn(1)).toEqual([]);
});

test('an end can be moved over midnight, and never past its beginning or a whole day', () => {
  const span = { day: 0, from: 1320, to: 1380 };
  expect(moveEnd(span, 'to', 1560)).toEqual({ day: 0, from: 1320, to: 1560 });
  expect(moveEnd(span, 'to', 60).to).toBe(1321);
  expect(moveEnd(span, 'to', 9999).to).toBe(1320 + 1440);
  expect(moveEnd({ day: 0, from: 1320, to: 1560 }, 'from', 1500).from).toBe(1439);
  expect(moveEnd({ day: 0, from: 1320, to: 1560 }, 'from', 0).from).toBe(120);
});

test('what is moved stays as long as it was, and in the week', () => {
  expect(moveSpan({ day: 6, from: 1320, to: 1560 }, { day: 9, from: 1380 })).toEqual({
    ...{ day: 6, from: 1380, to: 1620 },
  });
  expect(moveSpan({ day: 1, from: 60, to: 120 }, { day: -1, from: -30 })).toEqual({
    ...{ day: 0, from: 0, to: 60 },
  });
});

test('a day that is copied replaces what the others had, and leaves the rest alone', () => {
  const copied = writeWeekly(copyDay(listSpans(office), 4, [4, 5, 6]));
  expect(copied).toEqual([
    { days: ['mon', 'tue', 'fri', 'sat', 'sun'], from: '08:00', to: '17:00' },
    { days: ['fri', 'sat', 'sun'], from: '22:00', to: '02:00' },
  ]);
});
