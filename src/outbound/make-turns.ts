// Lets a few go at a time; the others wait in order of arrival, or leave.

export interface Turns {
  /** True: the turn is taken at once, and must then be passed on. */
  takeNow(): boolean;
  /** True: the turn is taken, and must then be passed on. False: the signal came first. */
  take(signal: AbortSignal): Promise<boolean>;
  pass(): void;
  /** Nobody has a turn or waits for one. */
  isFree(): boolean;
}

export function makeTurns(limit: number): Turns {
  const waiting = new Set<() => void>();
  let taken = 0;
  const takeNow = (): boolean => {
    if (taken >= limit) return false;
    taken += 1;
    return true;
  };
  return {
    takeNow,
    take(signal) {
      if (signal.aborted) return Promise.resolve(false);
      if (takeNow()) return Promise.resolve(true);
      return new Promise((resolve) => {
        const settle = (isGranted: boolean) => {
          waiting.delete(grant);
          signal.removeEventListener('abort', leave);
          resolve(isGranted);
        };
        const grant = () => settle(true);
        const leave = () => settle(false);
        waiting.add(grant);
        signal.addEventListener('abort', leave, { once: true });
      });
    },
    pass() {
      // The turn goes from one to the next, so that no later caller slips in between.
      const [next] = waiting;
      if (next === undefined) taken -= 1;
      else next();
    },
    isFree: () => taken === 0,
  };
}
