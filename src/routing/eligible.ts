// Decides whether an agent may be given a conversation: names the first obstacle, or none.
import type { AgentState, Instant, Limit, Needs, Obstacle } from './types.ts';

/**
 * How much more an agent may hold, in weights; below zero where the capacity was lowered, or
 * exceeded by force.
 */
export function roomOf(agent: { capacity: number; load: number; externalLoad: number }): number {
  return agent.capacity - agent.externalLoad - agent.load;
}

/** What decides whether a limit is about a conversation. */
export type OfChannel = Pick<Needs, 'channelId' | 'channelKind' | 'remote'>;

/** How much more of this channel the limits let the agent hold; Infinity: none is about it. */
export function roomUnderLimits(
  { limits, externalLoad }: Pick<AgentState, 'limits' | 'externalLoad'>,
  channel: OfChannel,
): number {
  let room = Number.POSITIVE_INFINITY;
  for (const limit of limits) {
    if (isAbout(limit, channel)) room = Math.min(room, roomUnder(limit, channel, externalLoad));
  }
  return room;
}

/** What an outside system reports counts where its own conversations do. */
export function roomUnder(
  { most, load }: Limit,
  { remote }: OfChannel,
  externalLoad: number,
): number {
  return most - load - (remote ? externalLoad : 0);
}

export function isAbout(
  { scope }: Limit,
  { channelId, channelKind }: Pick<Needs, 'channelId' | 'channelKind'>,
): boolean {
  return scope === channelKind || scope === channelId;
}

/** From when on the router may give the agent another one. */
export function freeAt({ paceMs, pacedFrom }: Pick<AgentState, 'paceMs' | 'pacedFrom'>): Instant {
  return paceMs === 0 ? Number.NEGATIVE_INFINITY : pacedFrom + paceMs;
}

/** null: eligible. Checked in the order of the decision record (docs/architecture.md, routing). */
export function findObstacle(
  agent: AgentState,
  needs: Needs,
  { now }: { now: Instant },
): Obstacle | null {
  return findMismatch(agent, needs) ?? findShortage(agent, needs, { now });
}

/**
 * Whether it is worth waiting for an agent: they may serve it, and are here or soon back. Whether
 * they have room now is another matter.
 */
export function isReachable(agent: AgentState, needs: Needs, { now }: { now: Instant }): boolean {
  const { availability, leaseUntil, capacity, limits } = agent;
  if (availability === 'offline' || leaseUntil <= now || capacity < needs.weight) return false;
  if (limits.some((limit) => isAbout(limit, needs) && limit.most < needs.weight)) return false;
  return findMismatch({ ...agent, availability: 'online' }, needs) === null;
}

type Shortage = Extract<Obstacle, 'lease' | 'capacity' | 'limit' | 'pace'>;

/** What stands against whoever fits: that they may be gone, have no room left, or just got another one. */
export function findShortage(
  agent: AgentState,
  needs: OfChannel & Pick<Needs, 'weight'>,
  { now }: { now: Instant },
): Shortage | null {
  const room = roomOf(agent);
  const underLimits = roomUnderLimits(agent, needs);
  const from = freeAt(agent);
  return judgeShortage(agent, { room, underLimits, from, weight: needs.weight, now });
}

/** As findShortage, where the figures are known. `from`: when the agent may be given another one. */
export function judgeShortage(
  { leaseUntil }: Pick<AgentState, 'leaseUntil'>,
  has: { room: number; underLimits: number; from: Instant; weight: number; now: Instant },
): Shortage | null {
  if (leaseUntil <= has.now) return 'lease';
  if (has.room < has.weight) return 'capacity';
  if (has.underLimits < has.weight) return 'limit';
  return has.from > has.now ? 'pace' : null;
}

/** What keeps a person from giving it to the agent: room, and nothing that only holds up the router. */
export function findWant(
  agent: Pick<AgentState, 'capacity' | 'load' | 'externalLoad' | 'limits'>,
  needs: OfChannel & Pick<Needs, 'weight'>,
): Shortage | null {
  const has = { room: roomOf(agent), underLimits: roomUnderLimits(agent, needs) };
  const { weight } = needs;
  return judgeShortage({ leaseUntil: 1 }, { ...has, from: 0, weight, now: 0 });
}

/** Obstacles that do not depend on the agent's load or the time. */
export function findMismatch(agent: AgentState, needs: Needs): Exclude<Obstacle, Shortage> | null {
  if (agent.availability !== 'online') return 'availability';
  const { isBot = false, agentId } = agent;
  if (isBot ? needs.botAgentId !== agentId : needs.botAgentId !== undefined) return 'bot';
  if (!servesChannel(agent, needs)) return 'channel';
  // What team and skills are asked of is people.
  if (isBot) return null;
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
