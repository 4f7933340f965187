// Finds the connections of an origin, and forgets origins that have been idle for a while.

import { type Opener, openConnection, type Target } from './open-connection.ts';
import { type Origin, openOrigin } from './open-origin.ts';

export interface Origins {
  of(target: Target): Origin;
  close(): void;
}

const FORGET_EVERY_MS = 10_000;

export function keepOrigins(options: { opener: Opener; maxPerOrigin: number }): Origins {
  const { opener, maxPerOrigin } = options;
  const kept = new Map<string, Origin>();
  const forgetting = setInterval(() => {
    for (const [key, origin] of kept) if (origin.isUnused()) kept.delete(key);
  }, FORGET_EVERY_MS).unref();
  return {
    of(target) {
      // A connection opened without verification must never serve a request that asks for it.
      const key = `${target.origin} ${target.verifyTls}`;
      const known = kept.get(key);
      if (known !== undefined) return known;
      const origin = openOrigin({
        limit: maxPerOrigin,
        open: (limits) => openConnection(opener, target, limits),
      });
      kept.set(key, origin);
      return origin;
    },
    close() {
      clearInterval(forgetting);
      for (const origin of kept.values()) origin.close();
    },
  };
}
