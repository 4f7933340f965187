// Everything that stands against an agent, not only the first: each obstacle is taken away, and it is asked again.
import { findObstacle } from './eligible.ts';
import type { AgentState, Instant, Needs, Obstacle } from './types.ts';

interface Pair {
  agent: AgentState;
  needs: Needs;
}

/** The same, as if this obstacle did not stand. */
const without: Record<Obstacle, (pair: Pair) => Pair> = {
  availability: ({ agent, needs }) => ({ agent: { ...agent, availability: 'online' }, needs }),
  bot: ({ agent, needs: { botAgentId: _, ...needs } }) => ({
    agent,
    needs: agent.isBot ? { ...needs, botAgentId: agent.agentId } : needs,
  }),
  channel: ({ agent, needs }) => {
    const known = { externalId: '', externalChannelIds: null };
    const identities = new Map([...agent.identities, [needs.channelId, known]]);
    return { agent: { ...agent, answersHere: true, identities }, needs };
  },
  team: ({ agent, needs }) => ({ agent, needs: { ...needs, teamId: null } }),
  skills: ({ agent, needs }) => ({ agent, needs: { ...needs, skillIds: [], skillLevels: [] } }),
  excluded: ({ agent, needs }) => ({ agent, needs: { ...needs, excludedAgentIds: [] } }),
  lease: ({ agent, needs }) => ({
    agent: { ...agent, leaseUntil: Number.POSITIVE_INFINITY },
    needs,
  }),
  capacity: ({ agent, needs }) => ({
    agent: { ...agent, capacity: Number.POSITIVE_INFINITY },
    needs,
  }),
  limit: ({ agent, needs }) => ({ agent: { ...agent, limits: [] }, needs }),
  pace: ({ agent, needs }) => ({ agent: { ...agent, paceMs: 0 }, needs }),
};

/** In the order in which they are checked; none: eligible. */
export function findObstacles(
  agent: AgentState,
  needs: Needs,
  { now }: { now: Instant },
): Obstacle[] {
  const found: Obstacle[] = [];
  let pair: Pair = { agent, needs };
  for (;;) {
    const obstacle = findObstacle(pair.agent, pair.needs, { now });
    if (obstacle === null) return found;
    if (found.includes(obstacle)) throw new Error(`The obstacle ${obstacle} cannot be taken away.`);
    found.push(obstacle);
    pair = without[obstacle](pair);
  }
}
