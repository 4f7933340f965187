// Keeps the true customer count, and answers the count that Qiscus shows, which lags behind.
import type { Agent } from './state.ts';
import type { World } from './world.ts';

/** Enough for a lag of seconds under load; what is older counts as long past. */
const KEPT_CHANGES = 2000;

export function noteCount(agent: Agent, now: number): void {
  agent.counts.push({ at: now, count: agent.rooms.size });
  if (agent.counts.length <= 2 * KEPT_CHANGES) return;
  const dropped = agent.counts.splice(0, KEPT_CHANGES);
  agent.countBefore = dropped.at(-1)?.count ?? agent.countBefore;
}

/** undefined when the field is left out. */
export function showCount(world: World, agent: Agent): number | undefined {
  const { countAbsent, countLagMs } = world.switches;
  if (countAbsent) return undefined;
  return countLagMs === 'forever' ? INITIAL_COUNT : countAsOf(agent, world.now() - countLagMs);
}

/** Every agent begins without rooms. */
const INITIAL_COUNT = 0;

function countAsOf(agent: Agent, at: number): number {
  return agent.counts.findLast((change) => change.at <= at)?.count ?? agent.countBefore;
}
