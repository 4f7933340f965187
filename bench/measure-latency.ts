// Measures how soon a visitor's message reaches the agent.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Crowd, Party } from './chat-crowd.ts';
import { openLoop } from './open-loop.ts';

/** What has not come by then counts as not shown. */
const STRAGGLE_MS = 10_000;
const LOOK_MS = 50;

/** Milliseconds of each message; Infinity: not shown. `late` are those by which starts missed their moments. */
export async function measureLatency(
  crowd: Crowd,
  load: { rate: number; seconds: number },
  next: () => { content: string; party: Party },
): Promise<{ latencies: number[]; late: number[] }> {
  const spoken = new Map<string, number>();
  const { late } = await openLoop(load, async () => {
    const { content, party } = next();
    spoken.set(content, performance.now());
    await party.publish(content);
  });
  const until = performance.now() + STRAGGLE_MS;
  const isMissing = () => [...spoken.keys()].some((content) => !crowd.arrived.has(content));
  while (isMissing() && performance.now() < until) await sleep(LOOK_MS);
  const latencies = [...spoken].map(
    ([content, at]) => (crowd.arrived.get(content) ?? Number.POSITIVE_INFINITY) - at,
  );
  return { latencies, late };
}
