// How much one may send in a while: what goes beyond is a flood or a fault.

export interface Rate {
  /** false: too much. */
  take(now: number): boolean;
  /** The next one would be too much. Counts nothing. */
  isSpent(now: number): boolean;
}

interface Limit {
  most: number;
  withinMs: number;
}

/** At most this many in any such window, counted from its first. */
export function makeRate({ most, withinMs }: Limit): Rate {
  let [since, count] = [Number.NEGATIVE_INFINITY, 0];
  return {
    take: (now) => {
      if (now - since >= withinMs) [since, count] = [now, 0];
      count += 1;
      return count <= most;
    },
    isSpent: (now) => now - since < withinMs && count >= most,
  };
}

export interface Rates {
  take(key: string, now: number): boolean;
  isSpent(key: string, now: number): boolean;
}

const MANY = 10_000;

/** A rate for each key; idle ones are forgotten, looked for once a window at most. */
export function makeRates(limit: Limit): Rates {
  const rates = new Map<string, { rate: Rate; until: number }>();
  let sweptAt = 0;
  const sweep = (now: number): void => {
    if (rates.size <= MANY || now - sweptAt < limit.withinMs) return;
    sweptAt = now;
    for (const [known, { until }] of rates) if (until <= now) rates.delete(known);
  };
  return {
    take: (key, now) => {
      sweep(now);
      const entry = rates.get(key) ?? { rate: makeRate(limit), until: 0 };
      entry.until = now + limit.withinMs;
      rates.set(key, entry);
      return entry.rate.take(now);
    },
    isSpent: (key, now) => rates.get(key)?.rate.isSpent(now) ?? false,
  };
}
