// The server's time: it passes by itself, and a test may move it on, which does what has come due.

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  date(): Date;
  /** Answers how to cancel it. */
  after(ms: number, act: () => void): () => void;
  /** Moves time on; what has come due is begun, the earliest first. */
  advance(ms: number): void;
  /** What is not due yet is forgotten, as by a restart of the process. */
  forget(): void;
}

interface Timer {
  due: number;
  act: () => void;
  timeout: NodeJS.Timeout;
}

export function makeClock(): Clock {
  let moved = 0;
  const timers = new Set<Timer>();
  const now = () => Date.now() + moved;

  const fire = (timer: Timer): void => {
    if (!timers.delete(timer)) return;
    clearTimeout(timer.timeout);
    timer.act();
  };
  const arm = (due: number, act: () => void): Timer => {
    const timer: Timer = {
      due,
      act,
      timeout: setTimeout(() => fire(timer), Math.max(0, due - now())),
    };
    timers.add(timer);
    return timer;
  };
  const cancel = (timer: Timer): void => {
    timers.delete(timer);
    clearTimeout(timer.timeout);
  };

  return {
    now,
    date: () => new Date(now()),
    after(ms, act) {
      const timer = arm(now() + ms, act);
      return () => cancel(timer);
    },
    advance(ms) {
      moved += ms;
      const at = now();
      for (const timer of [...timers].toSorted((a, b) => a.due - b.due)) {
        if (!timers.has(timer)) continue;
        if (timer.due <= at) fire(timer);
        else {
          cancel(timer);
          arm(timer.due, timer.act);
        }
      }
    },
    forget() {
      for (const timer of timers) cancel(timer);
    },
  };
}
