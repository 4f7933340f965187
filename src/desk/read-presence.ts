// For each channel of web chat: whether an agent is there for its conversations.
import type { Presence } from '../contract/presence.ts';
import { judgePresence } from '../routing/judge-presence.ts';
import type { AgentState, Needs } from '../routing/types.ts';
import { type OnlineKind, readOnlineKinds } from '../store/roster.ts';
import type { Desk } from './context.ts';
import { type ChannelWants, findWanted } from './find-wanted.ts';

export type StaffedChannel = ChannelWants & { channelId: string; kind: string; weight: number };

/** By channel. One small query, and one more where a channel names skills. */
export async function readPresence(
  desk: Pick<Desk, 'db'>,
  workspaceId: string,
  channels: readonly StaffedChannel[],
): Promise<Map<string, Presence>> {
  if (channels.length === 0) return new Map();
  const [kinds, needs] = await Promise.all([
    readOnlineKinds(desk.db, workspaceId),
    Promise.all(channels.map((channel) => findNeeds(desk, workspaceId, channel))),
  ]);
  const agents = kinds.map(toAgent);
  return new Map(needs.map((each) => [each.channelId, { state: judgePresence(agents, each) }]));
}

async function findNeeds(
  desk: Pick<Desk, 'db'>,
  workspaceId: string,
  { channelId, kind: channelKind, weight, ...channel }: StaffedChannel,
): Promise<Needs> {
  const { teamId, skillIds } = await findWanted(desk, { workspaceId, channel });
  const of = { channelId, channelKind, remote: false, externalChannelId: null };
  return { ...of, teamId, skillIds, weight, excludedAgentIds: [] };
}

/** A conversation that stands for all of a kind, as routing needs it. */
function toAgent({ teamIds, skillIds, room, limits }: OnlineKind): AgentState {
  return {
    ...{ agentId: '', name: '', identities: new Map(), idleSince: 0 },
    ...{ availability: 'online', answersHere: true, leaseUntil: Number.POSITIVE_INFINITY },
    ...{ capacity: room, load: 0, externalLoad: 0 },
    ...{ limits, paceMs: 0, pacedFrom: 0 },
    teamIds: new Set(teamIds),
    skills: new Map(skillIds.map((id) => [id, 1])),
  };
}
