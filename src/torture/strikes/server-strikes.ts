// Servers that are killed, that hang, and whose clock is turned.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../make-random.ts';
import { elapsed, type Placed, type Round } from '../world.ts';
import { ALWAYS, pickFree, type Strike, strikeAll } from './strike.ts';

const DEAD_MS = [0, 1500] as const;
const PAUSED_MS = [100, 6000] as const;
const STEP_SECONDS = [-7200, 7200] as const;
const TURNED_MS = [500, 5000] as const;
const AGAIN_MS = 200;

export const serverStrikes: Strike[] = [
  {
    ...{ name: 'server killed', share: 14, missing: ALWAYS },
    begin: ({ nodes }, random) => killThese(pickFree(nodes, random), random),
  },
  {
    ...{ name: 'all servers killed', share: 6, missing: ALWAYS },
    begin: ({ nodes }, random) => killThese(nodes, random),
  },
  {
    ...{ name: 'server paused', share: 10, missing: ALWAYS, blurs: true },
    begin: ({ nodes }, random) => {
      const paused = pickFree(nodes, random);
      return strikeAll(paused, async () => {
        for (const { node } of paused) node.pause();
        await sleep(random.between(...PAUSED_MS));
        for (const { node } of paused) node.resume();
      });
    },
  },
  {
    ...{ name: 'clock turned', share: 8 },
    missing: ({ nodes }) =>
      nodes.some(({ turnClock }) => turnClock !== null) ? null : 'libfaketime is not installed',
    begin: ({ nodes }, random) => {
      const turned = pickFree(nodes, random);
      return strikeAll(turned, async () => {
        const seconds = Math.round(random.between(...STEP_SECONDS));
        for (const { turnClock } of turned) await turnClock?.(seconds);
        await sleep(random.between(...TURNED_MS));
        // Back, with as large a step, for half of them; the others go on with a wrong clock.
        if (random.chance(0.5)) for (const { turnClock } of turned) await turnClock?.(0);
      });
    },
  },
];

function killThese(dying: readonly Placed[], random: Random): Promise<void> | null {
  return strikeAll(dying, async () => {
    await Promise.all(dying.map(({ node }) => node.kill()));
    await sleep(random.between(...DEAD_MS));
    await Promise.all(dying.map(revive));
  });
}

/** Again and again, as whatever supervises it would: it ends when it finds no database. */
export async function revive({ node }: Placed): Promise<void> {
  const until = elapsed() + 120_000;
  for (;;) {
    if (!node.isAlive()) node.start();
    const isUp = await node.ready().then(
      () => true,
      () => false,
    );
    if (isUp) return;
    if (elapsed() > until) throw new Error(`A server does not come back:\n${node.output()}`);
    await sleep(AGAIN_MS);
  }
}

/** Starts those that have ended by themselves. Answers for how long a server has its database before an end is its own fault. */
export async function supervise(round: Round, onEnded: (placed: Placed) => void): Promise<void> {
  while (!round.isCalm()) {
    await sleep(AGAIN_MS);
    for (const placed of round.nodes) {
      if (placed.isStruck || placed.node.isAlive()) continue;
      onEnded(placed);
      await strikeAll([placed], () => revive(placed));
    }
  }
}
