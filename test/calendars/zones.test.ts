// Openings and closings in the time zones of the world are those that another library gives.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Calendar } from '../../src/contract/policy/calendar.ts';
import { weekdays } from '../../src/contract/policy/weekdays.ts';
import { compileCalendar, type Hours } from '../../src/routing/calendars/compile-calendar.ts';
import { anyCalendar } from '../makers/any-calendar.ts';
import { findOffsets, slowChanges } from './slow-hours.ts';

type Years = readonly [number, number];

const LONG = process.env.USHER_LONG_TESTS === '1';
const DAY = 86_400_000;

/** Each with the years in which its clocks did something of their own. */
const odd: readonly (readonly [string, Years])[] = [
  ['Asia/Jakarta', [2026, 2027]],
  ['America/New_York', [2026, 2027]],
  ['Europe/Berlin', [2024, 2025]],
  ['Africa/Casablanca', [2026, 2027]],
  ['Asia/Gaza', [2024, 2025]],
  ['Antarctica/Troll', [2026, 2027]],
  ['Australia/Lord_Howe', [2026, 2027]],
  ['America/Scoresbysund', [2024, 2025]],
  ['Pacific/Apia', [2021, 2022]],
  ['America/Havana', [2026, 2027]],
  ['Asia/Beirut', [2023, 2024]],
  ['America/Santiago', [2022, 2023]],
  ['Asia/Tehran', [2022, 2023]],
  ['Asia/Kathmandu', [2028, 2029]],
];

const everyZone = Intl.supportedValuesOf('timeZone').map((zone): readonly [string, Years] => [
  zone,
  [2020, 2030],
]);

const two = (value: number) => String(value).padStart(2, '0');

/** Open for the first half of every hour, so that no change of the clocks falls between its bounds. */
const halfHours = (timeZone: string): Calendar => ({
  name: 'Half hours',
  timeZone,
  weekly: Array.from({ length: 24 }, (_, hour) => ({
    days: [...weekdays],
    from: `${two(hour)}:00`,
    to: `${two(hour)}:30`,
  })),
});

const nights = (timeZone: string): Calendar => ({
  name: 'Nights',
  timeZone,
  weekly: [
    { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '08:00', to: '17:00' },
    { days: ['fri', 'sat', 'sun'], from: '22:15', to: '02:30' },
  ],
  exceptions: [
    { date: '2024-02-29', from: '23:00', to: '01:45' },
    { date: '2028-02-29' },
    ...Array.from({ length: 10 }, (_, year) => ({ date: `${2020 + year}-12-25` })),
  ],
});

/** The same for each zone in every run. */
function drawn(timeZone: string, [first, end]: Years): Calendar[] {
  const dates = Array.from({ length: (end - first) * 365 }, (_, day) =>
    new Date(Date.UTC(first, 0, 1) + day * DAY).toISOString().slice(0, 10),
  );
  const seed = [...timeZone].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) % 2 ** 31;
  return fc.sample(anyCalendar({ zones: [timeZone], dates }), { numRuns: 3, seed });
}

function changesOf(hours: Hours, [first, end]: Years): number[] {
  const changes: number[] = [];
  for (let at = Date.UTC(first, 0, 1); at < Date.UTC(end, 0, 1); ) {
    const next = hours.nextChange(at);
    // A change is looked for within 370 days, and an exception may be further away.
    if (next !== null && next < Date.UTC(end, 0, 1)) changes.push(next);
    at = next ?? at + 370 * DAY;
  }
  return changes;
}

const shown = (changes: readonly number[]) => changes.map((at) => new Date(at).toISOString());

/** By the changes of the other library: it is open or closed between two of them, and for how long. */
function checkBetween(hours: Hours, changes: readonly number[]): void {
  for (const [index, at] of changes.slice(0, 2000).entries()) {
    const open = hours.isOpen(at);
    if (open === hours.isOpen(at - 1)) expect.fail(`nothing changes at ${shown([at])}`);
    const next = changes[index + 1] ?? at;
    const ms = hours.workingSeconds(at, next) * 1000;
    if (ms !== (open ? next - at : 0)) expect.fail(`open time from ${shown([at])} is wrong`);
  }
}

describe.each(LONG ? [...odd, ...everyZone] : odd)('%s in the years %j', (timeZone, years) => {
  test('it opens and closes when another library says so', () => {
    const [begin, end] = [Date.UTC(years[0], 0, 1), Date.UTC(years[1], 0, 1)];
    const offsets = findOffsets(timeZone, begin - 10 * DAY, end + 10 * DAY);
    let compared = 0;
    for (const calendar of [halfHours(timeZone), nights(timeZone), ...drawn(timeZone, years)]) {
      const hours = compileCalendar(calendar);
      const [changes, slow] = [changesOf(hours, years), slowChanges(calendar, offsets, years)];
      // Compared as text first: the runner takes long to compare a year of them.
      if (changes.join() !== slow.join()) {
        expect(shown(changes), JSON.stringify(calendar)).toEqual(shown(slow));
      }
      checkBetween(hours, slow);
      compared += slow.length;
    }
    expect(compared).toBeGreaterThan((years[1] - years[0]) * 12_000);
  });
});
