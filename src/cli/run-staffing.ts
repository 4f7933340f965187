// Foretells arrivals and finds the agents for them in this process, a half hour at a time.
import { setImmediate } from 'node:timers/promises';
import type { Calendar } from '../contract/policy/calendar.ts';
import { readScenario } from '../simulation/read-scenario.ts';
import { BEGINS_AT } from '../simulation/run-scenario.ts';
import { type BackTest, backTest } from '../staffing/back-test.ts';
import { type Forecast, forecast } from '../staffing/forecast.ts';
import type { History } from '../staffing/history.ts';
import { makeCentre } from '../staffing/make-centre.ts';
import { type StaffedHalfHour, staff } from '../staffing/staff.ts';
import { type StaffingTotals, sumStaffing } from '../staffing/sum-staffing.ts';
import type { Target } from '../staffing/target.ts';
import { CommandFailed } from './api-client.ts';
import { sayFinding } from './policy-commands.ts';

export interface StaffingOptions {
  target: Target;
  weeks: number;
  /** By its name in the policy of the scenario; absent: the only one. */
  calendar: string | undefined;
  /** Where there is no calendar. */
  timeZone: string;
  costPerHour: number | null;
  most: number;
  arrivals: number;
  onProgress(done: number): void;
}

export interface Staffing {
  timeZone: string;
  calendar: string | null;
  target: Target;
  backTest: BackTest | null;
  forecast: Omit<Forecast, 'halfHours'>;
  halfHours: StaffedHalfHour[];
  totals: StaffingTotals;
  /** What could not be used, or is not followed. */
  notes: string[];
}

export type ReadHistory = (timeZone: string) => Promise<{ history: History; notes: string[] }>;

const HELD_OUT_WEEKS = 8;

/** `readIn`: the arrivals, by the clocks of a zone. Throws CommandFailed. */
export async function runStaffing(
  { readIn, scenario: body }: { readIn: ReadHistory; scenario: object },
  options: StaffingOptions,
): Promise<Staffing> {
  const read = readScenario(body, BEGINS_AT);
  if (read.scenario === null) refuse('The scenario cannot be run.', read.faults.map(sayFinding));
  const calendar = findCalendar(read.policy.calendars ?? [], options.calendar);
  const timeZone = calendar?.timeZone ?? options.timeZone;
  const { history, notes } = await readIn(timeZone);
  const { target, weeks, arrivals, most, costPerHour } = options;
  const { halfHours, ...foretold } = forecast(history, { calendar, weeks });
  const { centre, notModelled } = makeCentre(read, { target, arrivals });
  const run = staff({ ...centre, halfHours, calendar, most });
  const staffed = await finishSlowly(run, options.onProgress);
  return {
    ...{ timeZone, calendar: calendar?.name ?? null, target },
    backTest: backTest(history, { calendar, weeks: HELD_OUT_WEEKS }),
    ...{ forecast: foretold, halfHours: staffed, totals: sumStaffing(staffed, costPerHour) },
    notes: [...notes, ...sayNotModelled(notModelled)],
  };
}

export function refuse(what: string, faults: readonly string[]): never {
  throw new CommandFailed([what, ...faults].join('\n'), 1);
}

function findCalendar(calendars: readonly Calendar[], name: string | undefined): Calendar | null {
  const names = calendars.map((one) => `“${one.name}”`).join(', ');
  if (name === undefined) {
    if (calendars.length < 2) return calendars[0] ?? null;
    throw new CommandFailed(`Name one of the calendars by --calendar: ${names}.`, 2);
  }
  const found = calendars.find((one) => one.name === name);
  if (found !== undefined) return found;
  const there = calendars.length === 0 ? 'it has none' : `it has ${names}`;
  throw new CommandFailed(`The policy of the scenario has no calendar “${name}”; ${there}.`, 2);
}

function sayNotModelled(parts: readonly string[]): string[] {
  return parts.length === 0 ? [] : [`Not followed: ${parts.join(', ')}.`];
}

/** The process goes on answering: a signal ends it. */
async function finishSlowly<Result>(
  run: Generator<number, Result>,
  onProgress: (done: number) => void,
): Promise<Result> {
  for (;;) {
    const step = run.next();
    if (step.done) return step.value;
    onProgress(step.value);
    await setImmediate();
  }
}
