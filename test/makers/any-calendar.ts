// Calendars as fast-check draws them: short and long spans, nights, exceptions about the year's odd dates.
import fc from 'fast-check';
import type { Calendar } from '../../src/contract/policy/calendar.ts';
import { weekdays } from '../../src/contract/policy/weekdays.ts';

const two = (value: number) => String(value).padStart(2, '0');
const clockTime = (hours: fc.Arbitrary<number>) =>
  fc.tuple(hours, fc.constantFrom(0, 15, 30, 45, 59)).map(([h, m]) => `${two(h)}:${two(m)}`);
// Clocks change in the first hours of a day, and in some zones at its end.
const from = clockTime(fc.oneof(fc.nat(23), fc.constantFrom(0, 1, 2, 3, 22, 23)));
const to = fc.oneof({ weight: 4, arbitrary: from }, fc.constant('24:00'));
const hours = fc.record({ from, to });

const spans = fc.array(
  fc.tuple(fc.subarray([...weekdays], { minLength: 1 }), hours).map(([days, span]) => ({
    days,
    ...span,
  })),
  { maxLength: 5 },
);

const exceptions = (dates: readonly string[]) =>
  fc.array(
    fc
      .tuple(fc.constantFrom(...dates), fc.option(hours, { nil: {} }))
      .map(([date, span]) => ({ date, ...span })),
    { maxLength: 12 },
  );

/** `dates`: on which exceptions may fall. */
export function anyCalendar({
  zones,
  dates,
}: {
  zones: readonly string[];
  dates: readonly string[];
}): fc.Arbitrary<Calendar> {
  return fc.record({
    name: fc.constant('Office'),
    timeZone: fc.constantFrom(...zones),
    weekly: spans,
    exceptions: exceptions(dates),
  });
}
