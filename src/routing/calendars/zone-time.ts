// Which moment it is when the clocks of a time zone show something.
import { Temporal } from 'temporal-polyfill';
import type { Instant } from '../types.ts';

/** While it lasts, the zone's clocks are ahead of UTC by the same. */
export interface Stretch {
  from: Instant;
  /** Not in it. */
  until: Instant;
  aheadMs: number;
}

/** Those that follow one another from the one moment to the other. Throws if there is no such zone. */
export function readStretches(timeZone: string, from: Instant, until: Instant): Stretch[] {
  const stretches: Stretch[] = [];
  let at = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(timeZone);
  for (;;) {
    const next = at.getTimeZoneTransition('next');
    const end = next === null ? until : Math.min(next.epochMilliseconds, until);
    const aheadMs = at.offsetNanoseconds / 1e6;
    stretches.push({ from: at.epochMilliseconds, until: end, aheadMs });
    if (next === null || end >= until) return stretches;
    at = next;
  }
}

/**
 * The first moment at which the clocks show this time or are past it. So a time that a change of
 * the clocks leaves out is the moment of the change, and of a time that comes twice the first
 * counts. Times in order have moments in order. `reading`: what is shown, as if it were UTC.
 */
export function firstMoment(stretches: readonly Stretch[], reading: number): Instant {
  for (const { from, until, aheadMs } of stretches) {
    const moment = Math.max(from, reading - aheadMs);
    if (moment < until) return moment;
  }
  return Number.POSITIVE_INFINITY;
}
