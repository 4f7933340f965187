// What happens on a channel, as it happens: asks, waits with the server, and asks on after every failure that passes.

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
        const page = await ask({ ...(reached !== null && { after: reached }), wait, signal });
        yield* page.items;
        reached = page.after;
      }
    } catch (error) {
      if (signal?.aborted !== true) throw error;
    }
  }
  return Object.defineProperty(follow(), 'after', { get: () => reached }) as Updates<T>;
}
