// How long a contact may have to wait, and when it opens, in their language. Pure, and small: the visitor's chat has it too.

/** Milliseconds since 1970. */
export type Instant = number;

/** How long it may take, in seconds. */
export interface WaitRange {
  from: number;
  to: number;
}

/** Four of five waits end within it: a tenth sooner, a tenth later. */
export interface ToldRange extends WaitRange {
  /** Half of them end before. */
  p50: number;
}

/** The zone of the calendar, or of whoever reads it. */
export interface Opening {
  at: Instant;
  timeZone: string;
}

const MINUTE = 60;
const HOUR = 3600;

/** From whole minutes or hours to whole ones, outward: 3–8 minutes. */
export function wordWait(language: string, { from, to }: WaitRange): string {
  const [unit, size] = to <= 2 * HOUR ? (['minute', MINUTE] as const) : (['hour', HOUR] as const);
  const format = new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' });
  const last = Math.max(1, Math.ceil(to / size));
  const first = Math.min(last, Math.max(1, Math.floor(from / size)));
  return first === last ? format.format(last) : format.formatRange(first, last);
}

const WEEK = 6 * 24 * 3_600_000;

/** By the clock of the calendar: on which day, and at what time. */
export function wordOpening(language: string, { at, timeZone }: Opening, now: Instant): string {
  return new Intl.DateTimeFormat(language, {
    ...{ timeZone, weekday: 'long', hour: 'numeric', minute: '2-digit', timeZoneName: 'short' },
    // The weekday alone says when, within a week.
    ...(at - now > WEEK && { day: 'numeric', month: 'long' }),
  }).format(at);
}
