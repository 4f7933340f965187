// Decides whether an agent may be given a conversation: names the first obstacle, or none.
import type { AgentState, Instant, Needs, Obstacle } from './types.ts';

/**
 * How much more an agent may hold, in weights; below zero where the capacity was lowered, or
 * exceeded by force.
 */
export function roomOf(agent: { capacity: number; load: number; externalLoad: number }): number {
  return agent.capacity - agent.externalLoad - agent.load;
}

/** null: eligible. Checked in the order of the decision record (docs/architecture.md, routing). */
export function findObstacle(
  agent: AgentState,
  needs: Needs,
  { now }: { now: Instant },
): Obstacle | null {
  const { weight } = needs;
  return findMismatch(agent, needs) ?? findShortage(agent, { room: roomOf(agent), weight, now });
}

/**
 * Whether it is worth waiting for an agent: they may serve it, and are here or soon back. Whether
 * they have room now is another matter.
 */
export function isReachable(agent: AgentState, needs: Needs, { now }: { now: Instant }): boolean {
  const { availability, leaseUntil, capacity } = agent;
  if (availability === 'offline' || leaseUntil <= now || capacity < needs.weight) return false;
  return findMismatch({ ...agent, availability: 'online' }, needs) === null;
}

/** What stands against whoever fits: that they may be gone, or have no room left. */
export function findShortage(
  { leaseUntil }: Pick<AgentState, 'leaseUntil'>,
  { room, weight, now }: { room: number; weight: number; now: Instant },
): 'lease' | 'capacity' | null {
  if (leaseUntil <= now) return 'lease';
  return room < weight ? 'capacity' : null;
}

/** Obstacles that do not depend on the agent's load or the time. */
export function findMismatch(
  agent: AgentState,
  needs: Needs,
): Exclude<Obstacle, 'lease' | 'capacity'> | null {
  if (agent.availability !== 'online') return 'availability';
  if (!servesChannel(agent, needs)) return 'channel';
  if (needs.teamId !== null && !agent.teamIds.has(needs.teamId)) return 'team';
  if (!hasSkills(agent, needs)) return 'skills';
  if (needs.excludedAgentIds.includes(agent.agentId)) return 'excluded';
  return null;
}

function hasSkills({ skills }: AgentState, { skillIds, skillLevels = [] }: Needs): boolean {
  return skillIds.every((skillId, nth) => (skills.get(skillId) ?? 0) >= (skillLevels[nth] ?? 1));
}

function servesChannel(agent: AgentState, needs: Needs): boolean {
  if (!needs.remote) return agent.answersHere;
  const identity = agent.identities.get(needs.channelId);
  if (identity === undefined) return false;
  if (needs.externalChannelId === null || identity.externalChannelIds === null) return true;
  return identity.externalChannelIds.has(needs.externalChannelId);
}
