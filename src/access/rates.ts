// How much one may send in a while: what goes beyond is a flood or a fault.

export interface Rate {
  /** false: too much. */
  take(now: number): boolean;
}

/** At most so many in any such window, counted from its first. */
export function makeRate({ most, withinMs }: { most: number; withinMs: number }): Rate {
  let [since, count] = [0, 0];
  return {
    take: (now) => {
      if (now - since >= withinMs) [since, count] = [now, 0];
      count += 1;
      return count <= most;
    },
  };
}

/** A rate for each key; those that are idle are forgotten. */
export function makeRates(limit: { most: number; withinMs: number }): {
  take(key: string, now: number): boolean;
} {
  const rates = new Map<string, { rate: Rate; until: number }>();
  return {
    take: (key, now) => {
      if (rates.size > 10_000) {
        for (const [known, { until }] of rates) if (until <= now) rates.delete(known);
      }
      const entry = rates.get(key) ?? { rate: makeRate(limit), until: 0 };
      entry.until = now + limit.withinMs;
      rates.set(key, entry);
      return entry.rate.take(now);
    },
  };
}
