// Tries again after longer and longer waits.

const FIRST_MS = 1000;
const LONGEST_MS = 30_000;

export interface Later {
  /** Once; asked again meanwhile, nothing more. */
  later(): void;
  /** It went well: the next wait is short again. */
  reset(): void;
  stop(): void;
}

export function tryLater(again: () => void): Later {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waitMs = FIRST_MS;
  return {
    later() {
      if (timer !== undefined) return;
      const act = () => {
        timer = undefined;
        again();
      };
      // Not all pages at the same moment.
      timer = setTimeout(act, waitMs * (0.75 + Math.random() / 2));
      waitMs = Math.min(waitMs * 2, LONGEST_MS);
    },
    reset() {
      clearTimeout(timer);
      timer = undefined;
      waitMs = FIRST_MS;
    },
    stop: () => clearTimeout(timer),
  };
}
