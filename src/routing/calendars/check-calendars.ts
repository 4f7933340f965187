// Says what is wrong with calendars, and what is legal in them and probably not meant.
import type { Calendar, WeeklySpan } from '../../contract/policy/calendar.ts';
import type { PolicyFault } from '../../contract/policy/fault.ts';
import type { Instant } from '../types.ts';
import { checkExceptions } from './check-exceptions.ts';
import { compileCalendar, HORIZON } from './compile-calendar.ts';
import { findOverlaps } from './find-overlaps.ts';
import type { Findings } from './findings.ts';
import { DAY } from './spans-of-day.ts';
import { isZone, suggestZone } from './suggest-zone.ts';

/** Of calendars that have the shape of the contract. Paths begin with /calendars. */
export function checkCalendars(calendars: readonly Calendar[], now: Instant): Findings {
  const names = checkNames(calendars);
  const each = calendars.map((calendar, place) => check(calendar, `/calendars/${place}`, now));
  return {
    faults: [...names, ...each.flatMap(({ faults }) => faults)],
    warnings: each.flatMap(({ warnings }) => warnings),
  };
}

function checkNames(calendars: readonly Calendar[]): PolicyFault[] {
  return calendars.flatMap(({ name }, place) => {
    const first = calendars.findIndex((other) => other.name === name);
    if (first === place) return [];
    return {
      path: `/calendars/${place}/name`,
      code: 'calendar.name-taken',
      values: { name, calendar: first + 1 },
      detail: `Calendar ${first + 1} is called “${name}” too.`,
      remedy: 'Give each calendar a name of its own.',
    };
  });
}

function check(calendar: Calendar, path: string, now: Instant): Findings {
  const zone = checkZone(calendar.timeZone, `${path}/timeZone`);
  const dated = checkExceptions(calendar.exceptions ?? [], {
    path: `${path}/exceptions`,
    today: Math.floor(now / DAY),
  });
  const faults = [...zone, ...dated.faults];
  const warnings = [
    ...checkWeekly(calendar.weekly, `${path}/weekly`),
    ...checkLengths(calendar.exceptions ?? [], `${path}/exceptions`),
    ...dated.warnings,
  ];
  if (faults.length === 0) warnings.push(...checkOpening(calendar, path, now));
  return { faults, warnings };
}

function checkZone(timeZone: string, path: string): PolicyFault[] {
  if (isZone(timeZone)) return [];
  const near = suggestZone(timeZone);
  return [
    {
      path,
      code: 'time-zone.unknown',
      values: { name: timeZone },
      detail: `There is no time zone “${timeZone}”.`,
      remedy:
        near === null
          ? 'Write the IANA’s name of a place, such as Asia/Jakarta or America/Sao_Paulo; UTC is one too.'
          : `Did you mean ${near}?`,
    },
  ];
}

function checkWeekly(spans: readonly WeeklySpan[], path: string): PolicyFault[] {
  const overlaps = findOverlaps(spans).map(({ place, with: other }) => ({
    path: `${path}/${place}`,
    code: 'span.overlaps',
    values: { span: other + 1 },
    detail: `It is open in part at the same time as span ${other + 1} of the calendar.`,
    remedy: 'Write the hours without overlap; they count as one.',
  }));
  return [...checkLengths(spans, path), ...overlaps];
}

function checkLengths(
  spans: readonly { from?: string | undefined; to?: string | undefined }[],
  path: string,
): PolicyFault[] {
  return spans.flatMap(({ from, to }, place) => {
    if (from === undefined || from !== to) return [];
    return {
      path: `${path}/${place}/to`,
      code: 'span.whole-day',
      values: { from, to },
      detail: `From ${from} to ${to} is 24 hours, until the next day.`,
      remedy: 'Write 00:00 to 24:00 for a whole day; remove it if closed is meant.',
    };
  });
}

function checkOpening(calendar: Calendar, path: string, now: Instant): PolicyFault[] {
  if (compileCalendar(calendar).nextOpening(now) !== null) return [];
  return [
    {
      path,
      code: 'calendar.never-open',
      values: { days: HORIZON / DAY },
      detail: `It is not open at any time of the next ${HORIZON / DAY} days.`,
      remedy: 'Give it weekly hours, or an exception to come that has hours.',
    },
  ];
}
