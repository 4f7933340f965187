// Tells a running command to end.

/**
 * npm also forwards the signal that the terminal has sent us already, so that one does not count as
 * a second.
 */
export const SAME_WISH_MS = 1000;

/**
 * Aborted by the first SIGTERM or SIGINT. A later one ends the process at once.
 * Call it before anything is started that must be ended.
 */
export function listenForStop(): AbortSignal {
  const stop = new AbortController();
  let askedAt = 0;
  const ask = (): void => {
    if (!stop.signal.aborted) askedAt = performance.now();
    else if (performance.now() - askedAt > SAME_WISH_MS) process.exit(1);
    stop.abort();
  };
  process.on('SIGTERM', ask);
  process.on('SIGINT', ask);
  return stop.signal;
}

export function whenAborted(signal: AbortSignal): Promise<null> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(null);
    signal.addEventListener('abort', () => resolve(null), { once: true });
  });
}
