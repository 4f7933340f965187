// Who asks for much waits; who asks for little, or leaves, is not held up by it.
import { expect, test } from 'vitest';
import { makePace } from './pace-bytes.ts';

const fast = { perSecond: 1e9, burst: 1e9 };

test('what goes beyond an allowance waits for its time, of one key or of all', async () => {
  const tight = { perSecond: 10_000, burst: 1000 };
  for (const [pace, other] of [
    [makePace({ each: tight, all: fast }), 'a'],
    [makePace({ each: fast, all: tight }), 'b'],
  ] as const) {
    const began = performance.now();
    const { signal } = new AbortController();
    await Promise.all([pace.wait('a', 1000, signal), pace.wait(other, 2000, signal)]);
    expect(performance.now() - began).toBeGreaterThan(190);
  }
});

test('whoever waits for their own sake takes nothing from the others, and may leave', async () => {
  const allowance = { perSecond: 1000, burst: 1000 };
  const pace = makePace({ each: allowance, all: { perSecond: 1000, burst: 2000 } });
  const gone = new AbortController();
  await pace.wait('a', 1000, gone.signal);
  // A hundred seconds.
  const waiting = pace.wait('a', 100_000, gone.signal);
  await pace.wait('b', 1000, new AbortController().signal);
  gone.abort();
  await expect(waiting).rejects.toThrow(/abort/);
});
