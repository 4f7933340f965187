// Time that a test moves: that of one database, and that of the nodes which share this clock.
import type { Pool } from 'pg';
import { makeClock, type NodeClock, realTime, type Time } from '../../src/clock.ts';
import { MOVE_TIME } from '../database-time.ts';

export interface TestClock extends NodeClock {
  /**
   * Lets so much time pass at once, here and in the database. What has come due is done, the earliest first. What is
   * under way looks as if it had hung for so long: a delivery is then taken over, so let it end first.
   */
  advance(ms: number): Promise<void>;
}

/**
 * Time passes by itself too, as fast as it does. `skewMs`: how wrong the time of day of the node is.
 * `db`: a copy of the template, whose time can be moved; null: there is none.
 */
export function makeTestClock(db: Pick<Pool, 'query'> | null, { skewMs = 0 } = {}): TestClock {
  const { time, leap } = makeTime(skewMs);
  const clock = makeClock(time);
  // A measurement that overlaps a move has one side of it only.
  let movedAt = 0;
  return {
    ...clock,
    measured: (at, asked, answered) => {
      if (asked >= movedAt) clock.measured(at, asked, answered);
    },
    advance: async (ms) => {
      movedAt = Number.POSITIVE_INFINITY;
      if (db !== null) await moveDatabase(db, ms);
      leap(ms, () => {
        movedAt = clock.elapsed();
      });
    },
  };
}

/** For nodes that are processes of their own: they learn it from the database alone. */
export async function moveDatabase(db: Pick<Pool, 'query'>, ms: number): Promise<void> {
  await db.query(MOVE_TIME, [Math.round(ms)]);
}

interface Timer {
  due: number;
  act: () => void;
  cancel: () => void;
}

function makeTime(skewMs: number): { time: Time; leap(ms: number, moved: () => void): void } {
  let leapt = 0;
  const timers = new Set<Timer>();
  const elapsed = () => realTime.elapsed() + leapt;
  const arm = (timer: Timer): void => {
    timer.cancel = realTime.after(Math.max(0, timer.due - elapsed()), () => fire(timer));
  };
  const fire = (timer: Timer): void => {
    if (!timers.delete(timer)) return;
    timer.cancel();
    timer.act();
  };
  const time: Time = {
    timeOfDay: () => realTime.timeOfDay() + leapt + skewMs,
    elapsed,
    after: (ms, act) => {
      const timer: Timer = { due: elapsed() + ms, act, cancel: () => {} };
      timers.add(timer);
      arm(timer);
      return () => {
        timers.delete(timer);
        timer.cancel();
      };
    },
  };
  const leap = (ms: number, moved: () => void): void => {
    leapt += ms;
    moved();
    const all = [...timers].toSorted((a, b) => a.due - b.due);
    const now = elapsed();
    for (const timer of all) {
      if (!timers.has(timer)) continue;
      timer.cancel();
      if (timer.due <= now) fire(timer);
      else arm(timer);
    }
  };
  return { time, leap };
}
