// Repeats something at intervals, never twice at once.
import { realTime } from '../clock.ts';
import { type LoopClock, openLane } from './open-lane.ts';

export interface Repeated {
  /** Returns once the run under way has ended. */
  stop(): Promise<void>;
}

/** Spreads nodes that start together, so that they do not ask at the same moments for ever. */
const JITTER = 0.1;

/** Now, and about `everyMs` after each run has ended, whether or not it failed. */
export function repeat(options: {
  everyMs: number;
  act: () => Promise<unknown>;
  onError: (error: unknown) => void;
  clock?: LoopClock | undefined;
}): Repeated {
  const { everyMs, act, onError, clock = realTime } = options;
  const lane = openLane({
    work: async () => {
      await act().catch(onError);
      lane.wakeIn(everyMs * (1 + JITTER * (2 * Math.random() - 1)));
    },
    onError,
    clock,
  });
  lane.wake();
  return { stop: lane.stop };
}
