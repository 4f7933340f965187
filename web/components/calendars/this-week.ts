// What the present week adds to the drawing of every week: where now is, and the exceptions that fall into it.
import type { Calendar, DatedException } from '../../../src/contract/policy/calendar.ts';
import type { Opening } from './read-opening.ts';

const DAY_MS = 86_400_000;

export interface DayOfWeek {
  /** As 2026-12-25. */
  date: string;
  exceptions: readonly DatedException[];
  /** Of the day, in percent; undefined: it is not today. */
  now?: number;
}

/** From Monday on; without an opening, nothing. */
export function listThisWeek(
  { exceptions = [] }: Pick<Calendar, 'exceptions'>,
  opening: Pick<Opening, 'reading'> | null,
): DayOfWeek[] {
  if (opening === null) return [];
  const { reading } = opening;
  const today = Math.floor(reading / DAY_MS);
  // 1 January 1970 was a Thursday.
  const weekday = (today + 3) % 7;
  return [0, 1, 2, 3, 4, 5, 6].map((day) => {
    const date = new Date((today - weekday + day) * DAY_MS).toISOString().slice(0, 10);
    return {
      date,
      exceptions: exceptions.filter((one) => one.date === date),
      ...(day === weekday && { now: ((reading % DAY_MS) / DAY_MS) * 100 }),
    };
  });
}
