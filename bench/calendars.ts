// How long the questions to a calendar take, beside asking the date library for the clock's time each time.
import { Temporal } from 'temporal-polyfill';
import type { Calendar } from '../src/contract/policy/calendar.ts';
import { weekdays } from '../src/contract/policy/weekdays.ts';
import { compileCalendar } from '../src/routing/calendars/compile-calendar.ts';
import { report, target, targetColumns, times, whole } from './table.ts';

const DAY = 86_400_000;
const BEGIN = Date.UTC(2026, 0, 1);
const ASKED = 200_000;

const calendar: Calendar = {
  name: 'Office',
  timeZone: 'America/Sao_Paulo',
  weekly: [
    { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '08:00', to: '12:00' },
    { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '13:00', to: '17:00' },
    { days: ['fri', 'sat'], from: '22:00', to: '02:00' },
  ],
  exceptions: Array.from({ length: 1000 }, (_, day) => ({
    date: new Date(BEGIN + day * 3 * DAY).toISOString().slice(0, 10),
    ...(day % 2 === 0 ? {} : { from: '09:00', to: '13:00' }),
  })),
};

/** Spread evenly and without order, the same in every run. */
function moments(spanDays: number): Float64Array {
  let state = 12_345;
  return Float64Array.from({ length: 8192 }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return BEGIN + Math.floor((state / 2_147_483_648) * spanDays * DAY);
  });
}

/** Microseconds for each question: the median of seven rounds, after one to warm up. */
function measure(count: number, at: Float64Array, ask: (at: number) => unknown): number {
  const round = (): number => {
    const begun = performance.now();
    for (let asked = 0; asked < count; asked += 1) ask(at[asked % at.length] as number);
    return ((performance.now() - begun) * 1000) / count;
  };
  round();
  const rounds = Array.from({ length: 7 }, round).sort((a, b) => a - b);
  return rounds[3] as number;
}

const dated = new Map((calendar.exceptions ?? []).map((exception) => [exception.date, exception]));

/** The plainest way: which hours has the date, and is it between them? Without the nights of the day before. */
function askLibrary(at: number): boolean {
  const here = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(calendar.timeZone);
  const time = here.toPlainTime().toString().slice(0, 5);
  const exception = dated.get(here.toPlainDate().toString());
  if (exception !== undefined) {
    return (exception.from ?? '99') <= time && time < (exception.to ?? '');
  }
  const weekday = weekdays[here.dayOfWeek - 1] as (typeof weekdays)[number];
  return calendar.weekly.some(
    ({ days, from, to }) => days.includes(weekday) && from <= time && time < to,
  );
}

const [today, decade] = [moments(1), moments(3650)];
const hours = compileCalendar(calendar);
const yardstick = measure(5000, decade, askLibrary);
const isOpen = measure(ASKED, decade, (at) => hours.isOpen(at));

const questions: [string, number][] = [
  ['the yardstick: the date library asked each time', yardstick],
  ['isOpen, within one day', measure(ASKED, today, (at) => hours.isOpen(at))],
  ['isOpen, within ten years', isOpen],
  ['nextOpening, within ten years', measure(ASKED, decade, (at) => hours.nextOpening(at))],
  ['addWorking, an hour', measure(ASKED, decade, (at) => hours.addWorking(at, 3600))],
  ['addWorking, 40 hours', measure(ASKED, decade, (at) => hours.addWorking(at, 144_000))],
  ['addWorking, 8,760 hours', measure(5000, decade, (at) => hours.addWorking(at, 31_536_000))],
  [
    'workingSeconds, 30 days',
    measure(ASKED, decade, (at) => hours.workingSeconds(at, at + 30 * DAY)),
  ],
  ['compiled, and asked once', measure(200, decade, (at) => compileCalendar(calendar).isOpen(at))],
];

await report(
  'calendars',
  [
    {
      title: 'Targets',
      how: 'Amortised: what was worked out for earlier questions is kept.',
      columns: targetColumns,
      rows: [
        target('isOpen, within ten years', '≤ 1 µs', `${isOpen.toFixed(3)} µs`, isOpen <= 1),
        target(
          'faster than asking the date library',
          '≥ 5 ×',
          times(yardstick / isOpen),
          yardstick / isOpen >= 5,
        ),
      ],
    },
    {
      title: 'Questions',
      how: `A calendar of three spans a week with 1,000 exceptions in ${calendar.timeZone}; ${whole(ASKED)} questions in no order, the median of seven rounds. The yardstick does less: it leaves out the nights of the day before.`,
      columns: ['question', 'µs', 'yardstick ÷ it'],
      rows: questions.map(([name, us]) => [name, us.toFixed(3), times(yardstick / us)]),
    },
  ],
  [],
  '# bench:calendars\n\nOne thread, no database. Ratios within a run tell more than its absolute numbers.',
);
