// Limits the bytes sent per second, in all and per address, so that one reader does not slow down the others.
import { setTimeout as sleep } from 'node:timers/promises';

export interface Pace {
  /** Resolves once these bytes may be sent; fails if the signal comes first. */
  wait(key: string, bytes: number, signal: AbortSignal): Promise<void>;
}

interface Allowance {
  /** Bytes. */
  perSecond: number;
  /** Bytes that may go at once after a pause. */
  burst: number;
}

const MANY = 10_000;

export function makePace({ each, all }: { each: Allowance; all: Allowance }): Pace {
  // The time at which the debt is paid; a key without debt need not be stored.
  const paidAt = new Map<string, number>();
  let allPaidAt = 0;
  const forgetPaid = (now: number): void => {
    if (paidAt.size <= MANY) return;
    for (const [key, at] of paidAt) if (at <= now) paidAt.delete(key);
  };
  return {
    async wait(key, bytes, signal) {
      const now = performance.now();
      forgetPaid(now);
      const paid = Math.max(paidAt.get(key) ?? 0, now) + costOf(each, bytes);
      paidAt.set(key, paid);
      await pause(paid - costOf(each, each.burst) - now, signal);
      // Only then: a reader that waits for its own limit takes nothing from the others.
      const later = performance.now();
      allPaidAt = Math.max(allPaidAt, later) + costOf(all, bytes);
      await pause(allPaidAt - costOf(all, all.burst) - later, signal);
    },
  };
}

/** In milliseconds. */
const costOf = ({ perSecond }: Allowance, bytes: number): number => (bytes / perSecond) * 1000;

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (ms > 0) await sleep(ms, undefined, { signal });
}
