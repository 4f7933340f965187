// Rocket.Chat's limiter: so many calls in a window, per path, method and address; most users are bound by it too.
import type { World } from './world.ts';

export interface Allowance {
  limit: number;
  remaining: number;
  /** When the window ends, in milliseconds since 1970. */
  reset: number;
  /** 0: allowed. */
  waitMs: number;
}

export interface RateLimits {
  /** Counts the call, unless it is refused. `own`: the endpoint has a rule of its own. */
  count(key: string, own?: { calls: number; ms: number }): Allowance;
}

export function makeRateLimits({ settings, clock }: World): RateLimits {
  const windows = new Map<string, { ends: number; calls: number }>();
  return {
    count(key, own) {
      const limit = own?.calls ?? settings.API_Enable_Rate_Limiter_Limit_Calls_Default;
      const ms = own?.ms ?? settings.API_Enable_Rate_Limiter_Limit_Time_Default;
      const now = clock.now();
      const known = windows.get(key);
      const window =
        known === undefined || known.ends <= now ? { ends: now + ms, calls: 0 } : known;
      windows.set(key, window);
      const isFull = window.calls >= limit;
      if (!isFull) window.calls += 1;
      return {
        limit,
        remaining: Math.max(0, limit - window.calls),
        reset: window.ends,
        waitMs: isFull ? window.ends - now : 0,
      };
    },
  };
}
