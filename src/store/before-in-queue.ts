// What waits before a conversation, by group of needs: what an agent may be asked first.
import { kindsWith } from '../contract/channel-kinds.ts';
import { type Db, query, statement } from './sql.ts';

export interface GroupBefore {
  channelId: string;
  channelKind: string;
  remote: boolean;
  externalChannelId: string | null;
  teamId: string | null;
  skillIds: string[];
  skillLevels: number[];
  weight: number;
  excludedAgentIds: string[];
  count: number;
}

const count_ = statement<GroupBefore>(
  'count-before-in-queue',
  `select w.channel_id as "channelId", coalesce(h.kind, '') as "channelKind", coalesce(h.kind = any ($3::text[]), false) as remote, w.external_channel_id as "externalChannelId",
    w.team_id as "teamId", w.skill_ids as "skillIds", w.skill_levels as "skillLevels", w.weight,
    w.excluded_agent_ids as "excludedAgentIds", count(*)::integer as count
  from conversation c
  join conversation w on w.workspace_id = $1 and w.state = 'waiting' and w.handed_until is null
    and (w.needs < '~' or (w.needs > '~' || $4::text || '|' and w.needs < '~' || $4::text || '}'))
    and (w.held_until is null or w.held_until <= clock_timestamp())
    and (w.rank_at, w.conversation_id) < (c.rank_at, c.conversation_id)
  left join channel h on h.workspace_id = $1 and h.channel_id = w.channel_id
  where c.workspace_id = $1 and c.conversation_id = $2
  group by 1, 2, 3, 4, 5, 6, 7, 8, 9`,
);

/** Of those that a pass may give to the agent: what waits for somebody else alone is left out. */
export function countBefore(
  db: Db,
  key: { workspaceId: string; conversationId: string; agentId: string },
): Promise<GroupBefore[]> {
  const { workspaceId, conversationId, agentId } = key;
  return query(db, count_, [workspaceId, conversationId, kindsWith('desk', 'remote'), agentId]);
}
