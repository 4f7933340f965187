// Starts work at a given rate, whether or not earlier work has ended, as customers do.

/**
 * Gaps are exponential. Resolves once everything started has ended. `late` are the milliseconds
 * by which each start missed its moment, because the process was busy.
 */
export async function openLoop(
  { rate, seconds }: { rate: number; seconds: number },
  act: (index: number) => Promise<void>,
): Promise<{ late: number[] }> {
  const began = performance.now();
  const late: number[] = [];
  const running: Promise<void>[] = [];
  let due = began;
  while (due < began + seconds * 1000) {
    const now = performance.now();
    if (due > now) await new Promise((done) => setTimeout(done, due - now));
    while (due <= performance.now()) {
      late.push(performance.now() - due);
      running.push(act(running.length));
      due += exponential(1000 / rate);
    }
  }
  await Promise.all(running);
  return { late };
}

export function exponential(mean: number): number {
  return -Math.log(1 - Math.random()) * mean;
}
