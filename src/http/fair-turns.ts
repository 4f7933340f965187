// Limits how many requests run at a time, in all and per address, so that an address with many waits only for itself.

export interface FairTurns {
  /**
   * True: the turn is taken, and must then be passed on. False: too many wait there, or the signal
   * came first.
   */
  take(key: string, signal: AbortSignal): Promise<boolean>;
  pass(key: string): void;
}

export interface TurnLimits {
  /** At a time, in all and of one key. */
  most: number;
  mostEach: number;
  /** How many of one key may wait; more are refused at once. */
  mostWaiting: number;
}

export function makeFairTurns({ most, mostEach, mostWaiting }: TurnLimits): FairTurns {
  const busy = new Map<string, number>();
  /** Keys in the order of their next turns; each with its callers in order of arrival. */
  const waiting = new Map<string, Set<() => void>>();
  let taken = 0;

  const mayWork = (key: string): boolean => taken < most && (busy.get(key) ?? 0) < mostEach;
  const begin = (key: string): void => {
    taken += 1;
    busy.set(key, (busy.get(key) ?? 0) + 1);
  };
  const serveNext = (): void => {
    for (const [key, line] of waiting) {
      const [next] = line;
      if (next === undefined || !mayWork(key)) continue;
      // A key that was served goes behind the others.
      waiting.delete(key);
      if (line.size > 1) waiting.set(key, line);
      begin(key);
      next();
      return;
    }
  };

  return {
    take(key, signal) {
      if (signal.aborted) return Promise.resolve(false);
      const line = waiting.get(key) ?? new Set();
      if (line.size === 0 && mayWork(key)) {
        begin(key);
        return Promise.resolve(true);
      }
      if (line.size >= mostWaiting) return Promise.resolve(false);
      waiting.set(key, line);
      return new Promise((resolve) => {
        const settle = (isGranted: boolean) => {
          line.delete(grant);
          if (line.size === 0 && waiting.get(key) === line) waiting.delete(key);
          signal.removeEventListener('abort', leave);
          resolve(isGranted);
        };
        const grant = () => settle(true);
        const leave = () => settle(false);
        line.add(grant);
        signal.addEventListener('abort', leave, { once: true });
      });
    },
    pass(key) {
      taken -= 1;
      const left = (busy.get(key) ?? 1) - 1;
      if (left === 0) busy.delete(key);
      else busy.set(key, left);
      serveNext();
    },
  };
}
