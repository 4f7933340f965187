// Checks the dated exceptions of a calendar, each and beside the others of its date.
import type { DatedException } from '../../contract/policy/calendar.ts';
import type { PolicyFault } from '../../contract/policy/fault.ts';
import type { Findings } from './findings.ts';
import { readDate, readSpan, type Span } from './spans-of-day.ts';

interface Dated {
  place: number;
  /** null: closed. */
  hours: Span | null;
}

/** `path`: of the list of exceptions. `today`: in days from 1 January 1970. */
export function checkExceptions(
  exceptions: readonly DatedException[],
  { path, today }: { path: string; today: number },
): Findings {
  const faults = exceptions.flatMap((exception, place) => checkOne(exception, `${path}/${place}`));
  if (faults.length > 0 || exceptions.length === 0) return { faults, warnings: [] };
  const warnings = [...groupByDate(exceptions)].flatMap(([date, dated]) =>
    compareOfDate(date, dated, path),
  );
  // A night that began yesterday may last until today.
  if (exceptions.every(({ date }) => (readDate(date) ?? 0) < today - 1)) warnings.push(past(path));
  return { faults, warnings };
}

function checkOne({ date, from, to }: DatedException, path: string): PolicyFault[] {
  const faults: PolicyFault[] = [];
  if (readDate(date) === null) {
    faults.push({
      path: `${path}/date`,
      code: 'exception.no-such-date',
      values: { date },
      detail: `There is no ${date}.`,
      remedy: 'Write a date of the calendar as year, month and day: 2026-12-25.',
    });
  }
  if ((from === undefined) !== (to === undefined)) {
    const [given, missing] = from === undefined ? ['to', 'from'] : ['from', 'to'];
    faults.push({
      path,
      code: 'exception.half',
      detail: `The exception has ${given} and no ${missing}.`,
      remedy: `Add ${missing}, or leave both out to be closed on that date.`,
    });
  }
  return faults;
}

function groupByDate(exceptions: readonly DatedException[]): Map<string, Dated[]> {
  const byDate = new Map<string, Dated[]>();
  for (const [place, { date, from, to }] of exceptions.entries()) {
    const hours = from === undefined || to === undefined ? null : readSpan({ from, to });
    const dated = byDate.get(date) ?? [];
    byDate.set(date, dated);
    dated.push({ place, hours });
  }
  return byDate;
}

function compareOfDate(date: string, dated: readonly Dated[], path: string): PolicyFault[] {
  return dated.flatMap((one, index) => {
    const other = dated.find((before, place) => place < index && contradict(one, before));
    if (other === undefined) return [];
    const both = one.hours !== null && other.hours !== null;
    return both || (one.hours === null && other.hours === null)
      ? [overlap(date, one, other, path)]
      : [contradiction(date, one, path)];
  });
}

function contradict(one: Dated, other: Dated): boolean {
  if (one.hours === null || other.hours === null) return true;
  return one.hours.from < other.hours.to && other.hours.from < one.hours.to;
}

const overlap = (date: string, one: Dated, other: Dated, path: string): PolicyFault => ({
  path: `${path}/${one.place}`,
  code: 'exception.overlaps',
  values: { date, exception: other.place + 1 },
  detail: `It says of ${date} what exception ${other.place + 1} says in part or whole.`,
  remedy: 'Write the hours of the date without overlap; they count as one.',
});

const contradiction = (date: string, one: Dated, path: string): PolicyFault => ({
  path: `${path}/${one.place}`,
  code: 'exception.contradicts',
  values: { date },
  detail: `One exception closes ${date}, another has hours on it; the hours count.`,
  remedy: 'Keep the one that is meant.',
});

const past = (path: string): PolicyFault => ({
  path,
  code: 'exceptions.past',
  detail: 'All exceptions lie in the past.',
  remedy: 'Enter the holidays to come, or remove the old ones.',
});
