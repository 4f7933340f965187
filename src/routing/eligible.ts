// Who may be given a conversation at all: the first thing that stands against it, or nothing.
import type { AgentState, Instant, Needs, Obstacle } from './types.ts';

/** null: eligible. Asked in the order of the decision record (docs/architecture.md, routing). */
export function findObstacle(
  agent: AgentState,
  needs: Needs,
  { now, load = agent.load }: { now: Instant; load?: number },
): Obstacle | null {
  const mismatch = findMismatch(agent, needs);
  if (mismatch !== null) return mismatch;
  if (agent.leaseUntil <= now) return 'lease';
  if (!hasRoom(agent, needs.weight, load)) return 'capacity';
  return null;
}

/** What stands against it whatever the agent holds and whatever the time. */
export function findMismatch(
  agent: AgentState,
  needs: Needs,
): Exclude<Obstacle, 'lease' | 'capacity'> | null {
  if (agent.availability !== 'online') return 'availability';
  if (!servesChannel(agent, needs)) return 'channel';
  if (needs.teamId !== null && !agent.teamIds.has(needs.teamId)) return 'team';
  if (!needs.skillIds.every((skillId) => agent.skillIds.has(skillId))) return 'skills';
  if (needs.excludedAgentIds.includes(agent.agentId)) return 'excluded';
  return null;
}

export function hasRoom(agent: AgentState, weight: number, load: number): boolean {
  return load + agent.externalLoad + weight <= agent.capacity;
}

function servesChannel(agent: AgentState, needs: Needs): boolean {
  if (!needs.remote) return agent.answersHere;
  const identity = agent.identities.get(needs.channelId);
  if (identity === undefined) return false;
  if (needs.externalChannelId === null || identity.externalChannelIds === null) return true;
  return identity.externalChannelIds.has(needs.externalChannelId);
}
