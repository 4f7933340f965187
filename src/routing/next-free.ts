// When the pace of the next agent is over, so that the router looks again exactly then. Pure.
import { freeAt, roomOf } from './eligible.ts';
import type { AgentState, Instant } from './types.ts';

/** Of those who could take something but for their pace; null: nobody's pace holds up anything. */
export function findNextFree(agents: readonly AgentState[], now: Instant): Instant | null {
  let next: Instant | null = null;
  for (const agent of agents) {
    if (agent.paceMs === 0 || agent.availability !== 'online' || roomOf(agent) <= 0) continue;
    const at = freeAt(agent);
    if (at > now && (next === null || at < next)) next = at;
  }
  return next;
}
