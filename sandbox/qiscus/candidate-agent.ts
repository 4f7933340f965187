// Writes Qiscus' own suggestion, which an allocator must not trust.
import { writeTime } from './dates.ts';
import { worksOnChannel } from './roster.ts';
import { AGENT_TYPES, type Agent, type Room } from './state.ts';
import type { World } from './world.ts';

/** null also when there is no such agent, and always in 2024's generation. */
export function presentCandidate(world: World, room: Room) {
  const generation = world.switches.hookGeneration;
  const agent = generation === 2024 ? undefined : chooseCandidate(world, room);
  if (agent === undefined) return null;
  const isOld = generation === 2019;
  // The fields that all generations have: fourteen in 2021.
  return {
    id: agent.id,
    name: agent.name,
    email: agent.email,
    sdk_email: `${agent.id}_sdk@qiscus.example`,
    sdk_key: `sdk-${agent.id}`,
    type: AGENT_TYPES[agent.type],
    type_as_string: agent.type,
    is_available: agent.isAvailable,
    is_verified: true,
    force_offline: agent.forceOffline,
    avatar_url: null,
    last_login: writeTime(agent.createdAt, generation),
    created_at: writeTime(agent.createdAt, generation),
    updated_at: writeTime(agent.createdAt, generation),
    ...(isOld && { authentication_token: `token-${agent.id}`, assigned_rules: [] }),
  };
}

function chooseCandidate({ state, switches }: World, room: Room): Agent | undefined {
  if (switches.candidateAgent === null) return undefined;
  const fit = [...state.agents.values()].filter((agent) => worksOnChannel(agent, room.channelId));
  if (switches.candidateAgent === 'offline') return fit.find((agent) => !agent.isAvailable);
  return fit.reduce<Agent | undefined>(
    (most, agent) => (most === undefined || agent.rooms.size > most.rooms.size ? agent : most),
    undefined,
  );
}
