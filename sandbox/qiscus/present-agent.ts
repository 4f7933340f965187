// Shows an agent as the API does.
import { showCount } from './customer-count.ts';
import { AGENT_TYPES, type Agent } from './state.ts';
import type { World } from './world.ts';

export function presentAgent(world: World, agent: Agent) {
  const { channels, divisions } = world.state;
  const channelIds = agent.channelIds ?? [...channels.keys()];
  const count = showCount(world, agent);
  return {
    id: agent.id,
    name: agent.name,
    email: agent.email,
    sdk_email: `${agent.id}_sdk@qiscus.example`,
    sdk_key: `sdk-${agent.id}`,
    type: AGENT_TYPES[agent.type],
    type_as_string: agent.type,
    is_available: agent.isAvailable,
    force_offline: agent.forceOffline,
    avatar_url: null,
    last_login: null,
    created_at: new Date(agent.createdAt).toISOString(),
    user_channels: channelIds.map((id) => ({ id, name: channels.get(id)?.name ?? '' })),
    user_roles: agent.divisionIds.map((id) => ({ id, name: divisions.get(id)?.name ?? '' })),
    ...(count !== undefined && { current_customer_count: count }),
  };
}
