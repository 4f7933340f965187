// Keeps calls below Rocket.Chat's limiter: a bucket of tokens for each of its addresses.

export interface Buckets {
  /** Milliseconds until the next call may be made; 0: now, and it counts. */
  take(endpoint: string): number;
  /** It has said to wait with this one. */
  pause(endpoint: string, ms: number): void;
}

const WINDOW_MS = 60_000;

/** `limitOf`: how many calls of an address a minute allows; the whole minute's may be made at once. */
export function makeBuckets(limitOf: (endpoint: string) => number, elapsed: () => number): Buckets {
  const known = new Map<string, { tokens: number; at: number; notBefore: number }>();
  const bucketOf = (endpoint: string) => {
    const bucket = known.get(endpoint) ?? {
      ...{ tokens: limitOf(endpoint), at: elapsed() },
      notBefore: Number.NEGATIVE_INFINITY,
    };
    known.set(endpoint, bucket);
    return bucket;
  };
  return {
    take(endpoint) {
      const bucket = bucketOf(endpoint);
      const limit = limitOf(endpoint);
      const now = elapsed();
      if (bucket.notBefore > now) return Math.ceil(bucket.notBefore - now);
      const refilled = ((now - bucket.at) * limit) / WINDOW_MS;
      Object.assign(bucket, { tokens: Math.min(limit, bucket.tokens + refilled), at: now });
      if (bucket.tokens < 1) return Math.ceil(((1 - bucket.tokens) * WINDOW_MS) / limit);
      bucket.tokens -= 1;
      return 0;
    },
    pause(endpoint, ms) {
      const bucket = bucketOf(endpoint);
      bucket.notBefore = Math.max(bucket.notBefore, elapsed() + ms);
      bucket.tokens = Math.max(bucket.tokens, 1);
    },
  };
}
