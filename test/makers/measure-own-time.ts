// How long something takes of the time in which this process could run: a busy machine makes no test red.

/** Answers how many milliseconds have gone by since, in steps of `stepMs`, and measures no further. */
export function measureOwnTime(stepMs = 50): () => number {
  let steps = 0;
  // A process that had to wait for the processor is not told of the steps that it has missed.
  const timer = setInterval(() => {
    steps += 1;
  }, stepMs);
  return () => {
    clearInterval(timer);
    return steps * stepMs;
  };
}
