// The customers of the check do what the report judges them by, and no more.
import { expect, onTestFinished, test, vi } from 'vitest';
import { startQiscusEmulator } from '../../qiscus/emulator.ts';
import { startTraffic } from './traffic.ts';

test('a customer whose room was resolved at once does not come back', async () => {
  const qiscus = await startQiscusEmulator();
  onTestFinished(() => qiscus.close());
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const traffic = startTraffic({ qiscus, agents: 1, capacity: 2, rate: 20, seed: 1 });
  onTestFinished(() => traffic.stop());
  for (let ms = 0; ms < 5000; ms += 50) {
    for (const { roomId, isResolved } of qiscus.rooms()) {
      if (!isResolved) qiscus.resolveByHand({ roomId });
    }
    await vi.advanceTimersByTimeAsync(50);
  }
  const sessions = qiscus.rooms().map(({ services }) => services.length);
  expect(sessions.length).toBeGreaterThan(50);
  expect(Math.max(...sessions)).toBe(1);
});

test('some of the customers who wait write again', async () => {
  const qiscus = await startQiscusEmulator();
  onTestFinished(() => qiscus.close());
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const traffic = startTraffic({ qiscus, agents: 1, capacity: 2, rate: 20, seed: 1 });
  onTestFinished(() => traffic.stop());
  await vi.advanceTimersByTimeAsync(5000);
  const again = qiscus.rooms().filter(({ messageCount }) => messageCount > 1).length;
  expect(again).toBeGreaterThan(0);
  expect(again).toBeLessThan(qiscus.rooms().length);
});
