import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type LaneOptions, openLane } from './open-lane.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Each run ends when the test says so. */
function makeWork(options: Partial<LaneOptions> = {}) {
  const begun: PromiseWithResolvers<boolean>[] = [];
  const announced: boolean[] = [];
  const errors: unknown[] = [];
  let atOnce = 0;
  let most = 0;
  const lane = openLane({
    work: async (isNews) => {
      atOnce += 1;
      most = Math.max(most, atOnce);
      const run = Promise.withResolvers<boolean>();
      begun.push(run);
      try {
        return await run.promise;
      } finally {
        announced.push(isNews());
        atOnce -= 1;
      }
    },
    onError: (error) => errors.push(error),
    ...options,
  });
  const end = async (more = false): Promise<void> => {
    begun.at(-1)?.resolve(more);
    await vi.advanceTimersByTimeAsync(0);
  };
  const fail = async (): Promise<void> => {
    begun.at(-1)?.reject(new Error('broken'));
    await vi.advanceTimersByTimeAsync(0);
  };
  return { lane, begun, announced, errors, end, fail, mostAtOnce: () => most };
}

test('however often it is woken while it runs, it runs once more, and never twice at once', async () => {
  const { lane, begun, end, mostAtOnce } = makeWork();
  for (let n = 0; n < 5; n += 1) lane.wake();
  expect(begun).toHaveLength(1);
  await end();
  expect(begun).toHaveLength(2);
  await end();
  expect(begun).toHaveLength(2);
  lane.wake();
  expect(begun).toHaveLength(3);
  expect(mostAtOnce()).toBe(1);
});

test('work that wakes its own lane runs after itself', async () => {
  const done: string[] = [];
  const lane = openLane({
    work: async () => {
      done.push('begun');
      if (done.length === 1) lane.wake();
      await Promise.resolve();
      done.push('ended');
    },
    onError: () => {},
  });
  lane.wake();
  await vi.advanceTimersByTimeAsync(0);
  expect(done).toEqual(['begun', 'ended', 'begun', 'ended']);
});

test('it goes on while there is more to do, with a pause between', async () => {
  const { lane, begun, end } = makeWork({ pauseMs: 2 });
  lane.wake();
  await end(true);
  expect(begun).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(2);
  expect(begun).toHaveLength(2);
});

test('what a look finds is news only if news came meanwhile', async () => {
  const { lane, announced, end } = makeWork();
  lane.look();
  await end();
  lane.look();
  lane.wake();
  await end();
  await end();
  expect(announced).toEqual([false, true, true]);
});

test('a look begins nothing while a run is under way, nor one after it', async () => {
  const { lane, begun, end } = makeWork();
  lane.wake();
  lane.look();
  await end();
  expect(begun).toHaveLength(1);
});

test('what failed is repeated, after twice as long each time, until it succeeds', async () => {
  const { lane, begun, errors, end, fail } = makeWork({ retry: { firstMs: 100, longestMs: 300 } });
  lane.wake();
  for (const ms of [100, 200, 300, 300]) {
    await fail();
    const before = begun.length;
    await vi.advanceTimersByTimeAsync(ms - 1);
    expect(begun).toHaveLength(before);
    await vi.advanceTimersByTimeAsync(1);
    expect(begun).toHaveLength(before + 1);
  }
  expect(errors).toHaveLength(4);
  await end();
  await vi.advanceTimersByTimeAsync(1000);
  expect(begun).toHaveLength(5);
  lane.wake();
  await fail();
  await vi.advanceTimersByTimeAsync(100);
  expect(begun).toHaveLength(7);
});

test('of several times to wake at, the earliest counts', async () => {
  const { lane, begun, end } = makeWork();
  lane.wakeIn(500);
  lane.wakeIn(100);
  lane.wakeIn(300);
  await vi.advanceTimersByTimeAsync(99);
  expect(begun).toHaveLength(0);
  await vi.advanceTimersByTimeAsync(1);
  expect(begun).toHaveLength(1);
  await end();
  await vi.advanceTimersByTimeAsync(1000);
  expect(begun).toHaveLength(1);
});

test('it is quiet when nothing runs and nothing is to come', async () => {
  const { lane, end } = makeWork();
  expect(lane.isQuiet()).toBe(true);
  lane.wakeIn(100);
  expect(lane.isQuiet()).toBe(false);
  await vi.advanceTimersByTimeAsync(100);
  expect(lane.isQuiet()).toBe(false);
  await end();
  expect(lane.isQuiet()).toBe(true);
});

test('it tells when all is done, and not between runs', async () => {
  const onRest = vi.fn();
  const { lane, end } = makeWork({ onRest });
  lane.wake();
  lane.wake();
  await end();
  expect(onRest).not.toHaveBeenCalled();
  await end();
  expect(onRest).toHaveBeenCalledOnce();
});

test('stopping waits for the run under way, and nothing begins after it', async () => {
  const { lane, begun, end } = makeWork();
  lane.wake();
  lane.wake();
  lane.wakeIn(50);
  let stopped = false;
  const stopping = lane.stop().then(() => {
    stopped = true;
  });
  await vi.advanceTimersByTimeAsync(100);
  expect(stopped).toBe(false);
  await end(true);
  await stopping;
  lane.wake();
  lane.look();
  lane.wakeIn(1);
  await vi.advanceTimersByTimeAsync(100);
  expect(begun).toHaveLength(1);
});
