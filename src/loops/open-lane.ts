// Runs work again when there is news: never twice at once, and again after a failure.
import { type Clock, realTime } from '../clock.ts';
import { backOffMs } from '../contract/back-off.ts';

/** The clock by which loops measure time, and wait. */
export type LoopClock = Pick<Clock, 'elapsed' | 'after'>;

export interface Lane {
  /** There is news: a run begins now, or one more follows the run under way. */
  wake(): void;
  /**
   * As wake, after this time. Of several calls the earliest counts, and its run asks for the next.
   */
  wakeIn(ms: number): void;
  /** A run without news, unless one is under way. */
  look(): void;
  /** Nothing is under way or planned. */
  isQuiet(): boolean;
  /** Begins nothing more, and returns once the run under way has ended. */
  stop(): Promise<void>;
}

export interface LaneOptions {
  /**
   * `isNews`: whether news has announced what this run finds. true: there is more to do at once.
   */
  work: (isNews: () => boolean) => Promise<unknown>;
  onError: (error: unknown) => void;
  /** All work is done. */
  onRest?: () => void;
  /**
   * The pause between a run and one that follows at once, so that what arrives meanwhile is taken
   * together.
   */
  pauseMs?: number;
  /** After failures in a row: twice as long each time. */
  retry?: { firstMs: number; longestMs: number };
  clock?: LoopClock | undefined;
}

const RETRY = { firstMs: 250, longestMs: 5000 };

export function openLane(options: LaneOptions): Lane {
  const { work, onError, onRest, pauseMs = 0, retry = RETRY, clock = realTime } = options;
  let [woken, runs, stopped, failures] = [false, false, false, 0];
  let last: Promise<void> = Promise.resolve();

  const run = async (announced: boolean): Promise<void> => {
    let known = announced;
    do {
      woken = false;
      const more = await work(() => known || woken);
      failures = 0;
      woken ||= more === true;
      known = true;
      if (woken && pauseMs > 0) await new Promise<void>((go) => clock.after(pauseMs, go));
    } while (woken && !stopped);
    onRest?.();
  };
  const onFailure = (error: unknown): void => {
    woken = false;
    failures += 1;
    onError(error);
    alarm.by(backOffMs(failures, retry));
  };
  const start = (announced: boolean): void => {
    if (stopped || runs) return;
    runs = true;
    last = run(announced)
      .catch(onFailure)
      .then(() => {
        runs = false;
        // It was woken while the run was ending.
        if (woken) start(true);
      });
  };
  const wake = (): void => {
    woken = true;
    start(true);
  };
  const alarm = makeAlarm(clock, wake);
  return {
    wake,
    wakeIn: (ms) => {
      if (!stopped) alarm.by(ms);
    },
    look: () => start(false),
    isQuiet: () => !runs && !alarm.isSet(),
    stop: async () => {
      stopped = true;
      alarm.stop();
      await last;
    },
  };
}

/** Rings once, at the earliest of the requested times. */
function makeAlarm(clock: LoopClock, ring: () => void) {
  let dueAt = Number.POSITIVE_INFINITY;
  let cancel = (): void => {};
  let stopped = false;
  return {
    by: (ms: number): void => {
      const at = clock.elapsed() + Math.max(0, ms);
      if (stopped || dueAt <= at) return;
      cancel();
      dueAt = at;
      cancel = clock.after(Math.max(0, ms), () => {
        dueAt = Number.POSITIVE_INFINITY;
        ring();
      });
    },
    isSet: () => dueAt !== Number.POSITIVE_INFINITY,
    stop: () => {
      stopped = true;
      dueAt = Number.POSITIVE_INFINITY;
      cancel();
    },
  };
}
