// Repeats something on a timer for as long as a switch, which may change at any time, is on.

/** How soon a switch that was just turned on is noticed. */
const LOOK_MS = 50;

/** Stops when the returned function is called. */
export function runWhileOn(read: () => { everyMs: number } | null, act: () => void): () => void {
  let elapsedMs = 0;
  let timer: NodeJS.Timeout;
  const look = (): void => {
    const everyMs = Math.max(1, read()?.everyMs ?? Number.POSITIVE_INFINITY);
    const isOn = Number.isFinite(everyMs);
    elapsedMs = isOn ? elapsedMs : 0;
    if (isOn && elapsedMs >= everyMs) {
      elapsedMs = 0;
      act();
    }
    const stepMs = isOn ? Math.min(LOOK_MS, everyMs - elapsedMs) : LOOK_MS;
    elapsedMs += stepMs;
    timer = setTimeout(look, stepMs).unref();
  };
  timer = setTimeout(look, LOOK_MS).unref();
  return () => clearTimeout(timer);
}
