// An agent's attention, shared by all that it holds: each goes on the slower the more there are.
import { makeHeap } from '../routing/heap.ts';
import type { Instant } from '../routing/types.ts';

/** `ms`: how long it would take by itself. */
export interface Attended {
  ms: number;
  /** After how much of it something is to be told, at most `ms`; null: nothing is, or it has been. */
  markMs: number | null;
  /** It was dropped before its end. */
  isOver?: boolean;
}

/** Of one agent. */
export interface Attention<One extends Attended> {
  begin(now: Instant, one: One): void;
  /** When the first ends, unless another begins or ends before; null: nothing is held. */
  next(): Instant | null;
  /** The first ends. */
  finish(now: Instant): One;
  /** One that is not the first ends as well, or before its time. */
  drop(now: Instant, one: One): void;
  /** How often something has begun or ended: a moment that was named before is void. */
  changes(): number;
}

/**
 * Each of n takes 1 + slowdown × (n − 1) times as long while there are n. They all go on at one
 * speed, so what is left of each is the distance to one clock that runs at that speed: exact, however
 * often n changes. Slowdown 1 is processor sharing. `reach`: the mark of one was reached, at this
 * instant, or it was dropped before; told with the next change.
 */
export function makeAttention<One extends Attended>(
  slowdown: number,
  begins: Instant,
  reach: (one: One, at: Instant) => void,
): Attention<One> {
  type Due = { at: number; nth: number; one: One };
  const isBefore = (a: Due, b: Due) => (a.at - b.at || a.nth - b.nth) < 0;
  const held = makeHeap<Due>([], isBefore);
  const marks = makeHeap<Due>([], isBefore);
  let [count, changes, began] = [0, 0, 0];
  /** What one conversation has got since the beginning, in milliseconds, and when that was read. */
  let [clock, readAt] = [0, begins];
  const factor = () => 1 + slowdown * (count - 1);
  const tell = (one: One, at: Instant): void => {
    if (one.markMs === null) return;
    one.markMs = null;
    reach(one, at);
  };
  /** The clock goes on to this, by a moment after it was read last. */
  const turn = (to: number, now: Instant): void => {
    for (let mark = marks.peek(); mark !== undefined && mark.at <= to; mark = marks.peek()) {
      marks.pop();
      tell(mark.one, readAt + Math.max(0, mark.at - clock) * factor());
    }
    [clock, readAt] = [to, now];
  };
  const read = (now: Instant): void => {
    turn(count > 0 ? clock + (now - readAt) / factor() : clock, now);
  };
  const peek = () => {
    while (held.peek()?.one.isOver === true) held.pop();
    return held.peek();
  };
  return {
    begin: (now, one) => {
      read(now);
      // An empty agent's clock begins anew, so that it keeps its precision.
      if (count === 0) clock = 0;
      held.push({ at: clock + one.ms, nth: began, one });
      if (one.markMs !== null) marks.push({ at: clock + one.markMs, nth: began, one });
      [count, changes, began] = [count + 1, changes + 1, began + 1];
    },
    next: () => {
      const first = peek();
      return first === undefined ? null : readAt + Math.max(0, first.at - clock) * factor();
    },
    finish: (now) => {
      const first = peek();
      held.pop();
      if (first === undefined) throw new Error('Nothing is held that could end.');
      turn(first.at, now);
      [count, changes] = [count - 1, changes + 1];
      return first.one;
    },
    drop: (now, one) => {
      read(now);
      tell(one, now);
      one.isOver = true;
      [count, changes] = [count - 1, changes + 1];
    },
    changes: () => changes,
  };
}
