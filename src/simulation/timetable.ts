// What is to happen, and when; of two at one moment, what goes first, then what was planned first.
import { makeHeap } from '../routing/heap.ts';
import type { Instant } from '../routing/types.ts';

/** Of a run, between two of its yields: about a millisecond, so that a run beside a server gives way at once. */
export const EVENTS_A_STEP = 200;

export interface Timetable<What> {
  /** `goesFirst`: before everything else of that moment. */
  plan(at: Instant, what: What, goesFirst?: boolean): void;
  /** null: nothing more happens. */
  next(): { at: Instant; what: What } | null;
}

export function makeTimetable<What>(): Timetable<What> {
  const events = makeHeap<{ at: Instant; nth: number; what: What }>([], (a, b) => {
    return (a.at - b.at || a.nth - b.nth) < 0;
  });
  let planned = 0;
  return {
    plan: (at, what, goesFirst = false) => {
      planned += 1;
      events.push({ at, nth: goesFirst ? planned + Number.MIN_SAFE_INTEGER : planned, what });
    },
    next: () => events.pop() ?? null,
  };
}
