// What time it is, and what to do later: given to every verb and every loop, so that tests can move
// it.

export interface Clock {
  /** Milliseconds since 1970 by the clock of the database, as this node last measured it. */
  now(): number;
  /**
   * Milliseconds that grow evenly, whatever happens to the time of day: measures how long something
   * lasts.
   */
  elapsed(): number;
  /** Acts after this many milliseconds, or 24 days. Answers a function that cancels it. */
  after(ms: number, act: () => void): () => void;
}

/** A clock that is set by the database's. */
export interface NodeClock extends Clock {
  /** `at`: the database's answer, asked and received at these moments of `elapsed`. */
  measured(at: number, asked: number, answered: number): void;
}

/** The parts of a clock. */
export type Time = Pick<Clock, 'elapsed' | 'after'> & {
  /** Milliseconds since 1970 by this machine, which may be wrong. */
  timeOfDay(): number;
};

const LONGEST_TIMER_MS = 2 ** 31 - 1;

export const realTime: Time = {
  timeOfDay: () => Date.now(),
  elapsed: () => performance.now(),
  after: (ms, act) => {
    const timer = setTimeout(act, Math.min(ms, LONGEST_TIMER_MS));
    // Work keeps the process alive; waiting does not.
    timer.unref();
    return () => clearTimeout(timer);
  },
};

// Two clocks drift apart by less than this.
const DRIFT = 1 / 1000;

/** Until it is measured it is this machine's time. */
export function makeClock(time: Time = realTime): NodeClock {
  let base = time.timeOfDay() - time.elapsed();
  let best = { doubt: Number.POSITIVE_INFINITY, at: 0 };
  return {
    now: () => Math.floor(base + time.elapsed()),
    elapsed: time.elapsed,
    after: time.after,
    measured: (at, asked, answered) => {
      // A slow answer says less than an earlier fast one.
      const doubt = (answered - asked) / 2;
      if (doubt > best.doubt + (answered - best.at) * DRIFT) return;
      best = { doubt, at: answered };
      base = at - (asked + answered) / 2;
    },
  };
}

/** Periodically, until it is cancelled. */
export function every(clock: Pick<Clock, 'after'>, ms: number, act: () => void): () => void {
  const next = (): (() => void) =>
    clock.after(ms, () => {
      cancel = next();
      act();
    });
  let cancel = next();
  return () => cancel();
}
