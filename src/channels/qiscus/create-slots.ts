// Lets only so many calls go at a time, the others in order of arrival.

export interface Slots {
  /** false when no slot came free within `patienceMs`, or the slots were closed. */
  take(patienceMs: number): Promise<boolean>;
  /** Gives back a slot that was taken. */
  giveBack(): void;
  /** Sends away whoever waits. */
  close(): void;
}

export function createSlots(size: number): Slots {
  let free = size;
  let isClosed = false;
  const waiting = new Set<(taken: boolean) => void>();
  return {
    take(patienceMs) {
      if (isClosed) return Promise.resolve(false);
      if (free > 0) {
        free -= 1;
        return Promise.resolve(true);
      }
      return new Promise((resolve) => {
        const answer = (taken: boolean) => {
          clearTimeout(timer);
          waiting.delete(answer);
          resolve(taken);
        };
        const timer = setTimeout(answer, patienceMs, false);
        waiting.add(answer);
      });
    },
    giveBack() {
      const [next] = waiting;
      if (next === undefined) free += 1;
      else next(true);
    },
    close() {
      isClosed = true;
      for (const answer of [...waiting]) answer(false);
    },
  };
}
