// What happens on a channel, as it happens: asks, waits with the server, and asks on after every failure that passes.

import { sleep } from './send-request.ts';

export interface UpdatesOptions {
  /** From there on: `after` of an earlier stream, or of `now()`. Without it: from the first request on. */
  after?: string;
  /** Updates that come only to whoever asks for them: places in the queue, and whether somebody is there. */
  also?: readonly ('place' | 'presence')[] | undefined;
  /** For how many seconds the server may wait where there is nothing yet; 25 unless told otherwise, at most 50. */
  wait?: number;
  /** Ends the stream. */
  signal?: AbortSignal;
}

export interface Updates<T> extends AsyncGenerator<T, void, void> {
  /** All before it has been taken: keep it, and go on from there after a restart. What was taken since comes again. */
  readonly after: string | null;
}

/** Where there is nothing new. Servers that stop, and proxies that keep answers, answer at once. */
const LEAST_BETWEEN_MS = 1000;

interface Question {
  after?: string;
  wait: number;
  signal: AbortSignal | undefined;
}

export function followUpdates<T>(
  ask: (question: Question) => Promise<{ after: string; items: T[] }>,
  { after, wait = 25, signal }: UpdatesOptions,
): Updates<T> {
  let reached = after ?? null;
  async function* follow(): AsyncGenerator<T, void, void> {
    try {
      while (signal?.aborted !== true) {
        const askedAt = Date.now();
        const page = await ask({ ...(reached !== null && { after: reached }), wait, signal });
        yield* page.items;
        const isNew = page.after !== reached;
        reached = page.after;
        const tookMs = Math.max(0, Date.now() - askedAt);
        if (!isNew && tookMs < LEAST_BETWEEN_MS) await sleep(LEAST_BETWEEN_MS - tookMs, signal);
      }
    } catch (error) {
      if (signal?.aborted !== true) throw error;
    }
  }
  return Object.defineProperty(follow(), 'after', { get: () => reached }) as Updates<T>;
}

export function isUpdatesPage(answer: unknown): boolean {
  const { after, items } = (answer ?? {}) as { after?: unknown; items?: unknown };
  return typeof after === 'string' && after !== '' && Array.isArray(items);
}
