// What is to happen, and when; of two at one moment, what was planned first.
import { makeHeap } from '../routing/heap.ts';
import type { Instant } from '../routing/types.ts';

export interface Timetable<What> {
  plan(at: Instant, what: What): void;
  /** null: nothing more happens. */
  next(): { at: Instant; what: What } | null;
}

export function makeTimetable<What>(): Timetable<What> {
  const events = makeHeap<{ at: Instant; nth: number; what: What }>([], (a, b) => {
    return (a.at - b.at || a.nth - b.nth) < 0;
  });
  let planned = 0;
  return {
    plan: (at, what) => {
      planned += 1;
      events.push({ at, nth: planned, what });
    },
    next: () => events.pop() ?? null,
  };
}
