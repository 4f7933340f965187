// Stops what was started, in the opposite order, within a time limit for each part.

// Longer than any part needs; one that hangs is left behind, and named in the log.
const STEP_LIMIT_MS = 15_000;

export interface Part {
  name: string;
  stop: () => Promise<unknown>;
}

/** In the opposite order of the start: the doors first, the database last. */
export async function stopAll(
  parts: readonly Part[],
  onError: (error: unknown, what: string) => void,
  limitMs = STEP_LIMIT_MS,
): Promise<void> {
  for (const { name, stop } of parts.toReversed()) {
    const limit = Promise.withResolvers<never>();
    const late = () => limit.reject(new Error(`It took longer than ${limitMs} ms.`));
    const timer = setTimeout(late, limitMs);
    await Promise.race([stop(), limit.promise]).catch((error: unknown) =>
      onError(error, `a part did not stop cleanly: ${name}`),
    );
    clearTimeout(timer);
  }
}
