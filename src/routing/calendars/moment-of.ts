// Which moment a written date and time is, where a clock may show it twice or never.
import { Temporal } from 'temporal-polyfill';
import type { Instant } from '../types.ts';

export type Moment =
  | { at: Instant }
  /** Unreadable; left out by a change of the clocks; shown twice because of one. */
  | { fault: 'time-unreadable' | 'time-left-out' | 'time-twice' };

const WITH_OFFSET = /(?:z|[+-]\d\d:?\d\d)$/i;
const SHAPE = /^\d{4}-\d\d-\d\d[t ]\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:z|[+-]\d\d:?\d\d)?$/i;

/** `text` as 2026-01-31 09:00 or 2026-01-31T09:00:00+07:00; `timeZone`: where it names no offset. */
export function momentOf(text: string, timeZone: string): Moment {
  if (!SHAPE.test(text)) return { fault: 'time-unreadable' };
  try {
    const iso = text.replace(' ', 'T');
    if (WITH_OFFSET.test(text)) return { at: Temporal.Instant.from(iso).epochMilliseconds };
    const shown = Temporal.PlainDateTime.from(iso);
    const [one, other] = (['earlier', 'later'] as const).map((disambiguation) =>
      shown.toZonedDateTime(timeZone, { disambiguation }),
    );
    if (one === undefined || other === undefined) return { fault: 'time-unreadable' };
    if (one.epochMilliseconds === other.epochMilliseconds) return { at: one.epochMilliseconds };
    const isShown = one.toPlainDateTime().equals(shown);
    return { fault: isShown ? 'time-twice' : 'time-left-out' };
  } catch {
    return { fault: 'time-unreadable' };
  }
}

/** Midnight before the one moment, and midnight after the other, by the clocks of the zone. */
export function daysAround(
  { first, last }: { first: Instant; last: Instant },
  timeZone: string,
): { from: Instant; to: Instant } {
  const dayOf = (at: Instant) =>
    Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).startOfDay();
  const [from, to] = [dayOf(first), dayOf(last).add({ days: 1 }).startOfDay()];
  return { from: from.epochMilliseconds, to: to.epochMilliseconds };
}
