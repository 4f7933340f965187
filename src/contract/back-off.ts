// How long to wait after something failed again: twice as long each time.

/** `times`: how often it has failed, this time included. Without limits 1, 2, 4 … 60 s. */
export function backOffMs(
  times: number,
  { firstMs, longestMs } = { firstMs: 1000, longestMs: 60_000 },
): number {
  return Math.min(longestMs, firstMs * 2 ** (times - 1));
}
