// What the bot has yet to fetch: kept until it confirms it by asking for what comes after.
import { BotError } from './bot-error.ts';

export interface Updates {
  add(message: object): void;
  /** Waits while there is nothing. A second question ends the first with 409. */
  read(question: { offset: number; seconds: number; signal: AbortSignal }): Promise<object[]>;
  pending(): number;
}

const MOST_AT_ONCE = 100;
const CONFLICT = 'Conflict: terminated by other getUpdates request';

export function makeUpdates(): Updates {
  const kept: { update_id: number; message: object }[] = [];
  let last = 1000;
  let waiting: { wake(): void; refuse(): void } | null = null;

  const wait = (ms: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const end = (act: () => void) => () => {
        clearTimeout(timer);
        if (waiting === own) waiting = null;
        act();
      };
      const own = {
        wake: end(resolve),
        refuse: end(() => reject(new BotError(409, CONFLICT))),
      };
      const timer = setTimeout(own.wake, ms);
      signal.addEventListener('abort', own.wake, { once: true });
      waiting = own;
    });

  return {
    add: (message) => {
      last += 1;
      kept.push({ update_id: last, message });
      waiting?.wake();
    },
    read: async ({ offset, seconds, signal }) => {
      waiting?.refuse();
      while (kept[0] !== undefined && kept[0].update_id < offset) kept.shift();
      if (kept.length === 0 && seconds > 0) await wait(seconds * 1000, signal);
      return kept.slice(0, MOST_AT_ONCE);
    },
    pending: () => kept.length,
  };
}
