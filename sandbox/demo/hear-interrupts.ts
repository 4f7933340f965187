// How a demonstration is ended early.
import { SAME_WISH_MS } from '../../src/cli/stop-signal.ts';

export interface Interrupts {
  /** Ctrl-C: no further customers come, and open conversations are finished. */
  early: AbortSignal;
  /** SIGTERM, or Ctrl-C again: everything ends at once. */
  now: AbortSignal;
}

/** Call it before starting anything that must be stopped. */
export function hearInterrupts(): Interrupts {
  const early = new AbortController();
  const now = new AbortController();
  let askedAt = 0;
  process.on('SIGINT', () => {
    if (!early.signal.aborted) askedAt = performance.now();
    else if (performance.now() - askedAt > SAME_WISH_MS) now.abort();
    early.abort();
  });
  process.on('SIGTERM', () => {
    early.abort();
    now.abort();
  });
  return { early: early.signal, now: now.signal };
}

/** Settles as `work` does, or rejects at once when it is aborted. */
export function unlessAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const end = () => reject(signal.reason);
  if (signal.aborted) end();
  signal.addEventListener('abort', end, { once: true });
  return Promise.race([work, promise]).finally(() => signal.removeEventListener('abort', end));
}
