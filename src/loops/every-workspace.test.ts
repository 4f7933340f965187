// Workspaces are gone through side by side: one that fails, hangs or has much to do keeps none of the others.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { makeTestClock } from '../../test/makers/test-clock.ts';
import { type Chore, everyWorkspace, forgetAll } from './every-workspace.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function begin(act: Chore['act'], list: Chore['list']) {
  const errors: string[] = [];
  const loop = everyWorkspace(
    { what: 'the test', everyMs: 1000, list, act },
    { onError: (_, what) => errors.push(what), slowMs: 10_000, turnMs: 3000 },
  );
  return { errors, loop };
}

test('a workspace that fails keeps no later one waiting, and is named', async () => {
  const served: string[] = [];
  const { errors } = begin(
    async (workspaceId) => {
      if (workspaceId === 'failing') throw new Error('broken');
      served.push(workspaceId);
    },
    async () => ['failing', 'a', 'b', 'c', 'd', 'e'],
  );
  await vi.advanceTimersByTimeAsync(0);
  expect(served).toEqual(['a', 'b', 'c', 'd', 'e']);
  expect(errors).toEqual(['the test failed for workspace failing']);
});

test('as many that hang as are served at once keep the others waiting for a while only, and are told', async () => {
  const hanging = ['1', '2', '3', '4'];
  const hang = Promise.withResolvers<void>();
  const served: string[] = [];
  const { errors, loop } = begin(
    async (workspaceId) => {
      served.push(workspaceId);
      if (hanging.includes(workspaceId)) await hang.promise;
    },
    async () => [...hanging, 'other'],
  );
  await vi.advanceTimersByTimeAsync(9999);
  expect(served).toEqual(hanging);
  await vi.advanceTimersByTimeAsync(1);
  expect(served).toEqual([...hanging, 'other']);
  expect(errors).toEqual(hanging.map((id) => `the test failed for workspace ${id}`));
  // Those that hang are not begun twice; the other is served with each round.
  await vi.advanceTimersByTimeAsync(3400);
  expect(served.filter((id) => id !== 'other')).toEqual(hanging);
  expect(served.filter((id) => id === 'other').length).toBeGreaterThan(3);
  hang.resolve();
  await loop.stop();
});

test('what is under way while a test moves its clock is not taken for slow', async () => {
  const errors: unknown[] = [];
  const clock = makeTestClock(null);
  const work = Promise.withResolvers<void>();
  const loop = everyWorkspace(
    { what: 'the test', everyMs: 1000, list: async () => ['a'], act: () => work.promise },
    { onError: (error) => errors.push(error), slowMs: 10_000, clock },
  );
  await vi.advanceTimersByTimeAsync(0);
  await clock.advance(60_000);
  expect(errors).toEqual([]);
  work.resolve();
  await loop.stop();
});

test('one that hangs does not keep back the next look at the others', async () => {
  const served: string[] = [];
  begin(
    async (workspaceId) => {
      served.push(workspaceId);
      if (workspaceId === 'hanging') await new Promise(() => {});
    },
    async () => ['hanging', 'other'],
  );
  await vi.advanceTimersByTimeAsync(2300);
  expect(served).toEqual(['hanging', 'other', 'other', 'other']);
});

test('one with much to do stops when its turn is over, and goes on after the others', async () => {
  const served: string[] = [];
  const left = new Map([['large', 7]]);
  const forget = forgetAll(async (workspaceId) => {
    await new Promise((done) => setTimeout(done, 1000));
    const count = left.get(workspaceId) ?? 0;
    served.push(workspaceId);
    left.set(workspaceId, Math.max(0, count - 1));
    return count;
  });
  let looks = 0;
  begin(forget, async () => {
    looks += 1;
    return looks === 1 ? ['large', 'a', 'b', 'c', 'waits'] : [];
  });
  await vi.advanceTimersByTimeAsync(2000);
  expect(served.filter((id) => id === 'waits')).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(served.filter((id) => id === 'large')).toHaveLength(8);
});

test('stopping waits for what is under way, and nothing begins after it', async () => {
  const served: string[] = [];
  const { loop } = begin(
    async (workspaceId) => {
      await new Promise((done) => setTimeout(done, 500));
      served.push(workspaceId);
    },
    async () => ['1', '2', '3', '4', '5', '6'],
  );
  await vi.advanceTimersByTimeAsync(100);
  let stopped = false;
  const stopping = loop.stop().then(() => {
    stopped = true;
  });
  await vi.advanceTimersByTimeAsync(100);
  expect(stopped).toBe(false);
  await vi.advanceTimersByTimeAsync(5000);
  await stopping;
  expect(served).toEqual(['1', '2', '3', '4']);
});

test('a look that fails is told, and the next one serves', async () => {
  const served: string[] = [];
  let looks = 0;
  const { errors } = begin(
    async (workspaceId) => void served.push(workspaceId),
    async () => {
      looks += 1;
      if (looks === 1) throw new Error('away');
      return ['a'];
    },
  );
  await vi.advanceTimersByTimeAsync(1200);
  expect(errors).toEqual(['the test failed']);
  expect(served).toEqual(['a']);
});
