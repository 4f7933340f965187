// What a re-balance may move: conversations whose agent has not answered them since they were given.
import { type ChannelKind, kindsWith } from '../contract/channel-kinds.ts';
import type { Exclusion } from '../contract/exclusion.ts';
import { lookedUp } from './guide-planner.ts';
import { type Db, query, statement } from './sql.ts';

export interface MovableRow {
  conversationId: string;
  agentId: string;
  channelId: string;
  channelKind: ChannelKind;
  externalChannelId: string | null;
  teamId: string | null;
  skillIds: string[];
  skillLevels: number[];
  weight: number;
  exclusions: Exclusion[];
  /** Milliseconds since 1970. */
  rankAt: number;
  contactName: string | null;
  contactEmail: string | null;
  contactPhone: string | null;
  contactExternalId: string;
}

// Those that the router gave, or a re-balance: what a person chose stays, and so does what is with the
// agent whom its contact knows, or with a bot. Of what is answered in an outside system nothing is known here. What
// is on its way to its agent, as an offer or to a mirror, stays too.
const list_ = statement<MovableRow>(
  'list-movable',
  `select c.conversation_id as "conversationId", c.agent_id as "agentId", c.channel_id as "channelId", h.kind as "channelKind",
    c.external_channel_id as "externalChannelId", c.team_id as "teamId", c.skill_ids as "skillIds", c.skill_levels as "skillLevels",
    c.weight, c.exclusions, extract(epoch from c.rank_at)::float8 * 1000 as "rankAt",
    k.name as "contactName", k.email as "contactEmail", k.phone as "contactPhone", k.external_id as "contactExternalId"
  from conversation c
  join channel h on h.workspace_id = $1 and h.channel_id = c.channel_id and h.kind = any ($2::text[])
  cross join ${lookedUp(`select a.assignment_id, a.assigned_by from assignment a
    where a.workspace_id = $1 and a.conversation_id = c.conversation_id and a.ended_at is null`)} a
  left join ${lookedUp(`select d.because ->> 'kind' as kind, d.because ->> 'decidedBy' as decided_by from decision d
    where d.workspace_id = $1 and d.conversation_id = c.conversation_id and d.assignment_id = a.assignment_id`)} d on true
  cross join ${lookedUp(`select k.name, k.email, k.phone, k.external_id from contact k
    where k.workspace_id = $1 and k.contact_id = c.contact_id`)} k
  where c.workspace_id = $1 and c.state = 'assigned' and c.confirmed_at is not null
    and (a.assigned_by = 'router' or d.kind = 'balance') and (d.decided_by is null or d.decided_by not in ('sticky', 'bot'))
    and not exists (select from message m where m.workspace_id = $1 and m.conversation_id = c.conversation_id
      and m.kind = 'text' and m.author_kind in ('agent', 'user') and not m.history and m.created_at >= c.assigned_at)
  order by c.rank_at, c.conversation_id`,
);

export function listMovable(db: Db, workspaceId: string): Promise<MovableRow[]> {
  return query(db, list_, [workspaceId, kindsWith('desk', 'ours')]);
}

export interface Balanced {
  conversationId: string;
  /** Who has it by the re-balance, and who had it before. */
  agentId: string;
  fromAgentId: string;
}

const listBalanced_ = statement<Balanced>(
  'list-balanced',
  `select c.conversation_id as "conversationId", c.agent_id as "agentId", (d.because #>> '{from,agentId}') as "fromAgentId"
  from conversation c
  join assignment a on a.workspace_id = $1 and a.conversation_id = c.conversation_id and a.ended_at is null
  join decision d on d.workspace_id = $1 and d.conversation_id = c.conversation_id and d.assignment_id = a.assignment_id
  where c.workspace_id = $1 and c.state = 'assigned' and d.because ->> 'kind' = 'balance'
    and d.because ->> 'balanceId' = $2::text and not d.because ? 'undoes'
  order by c.rank_at, c.conversation_id`,
);

/** What that re-balance has moved and is still where it was moved to. */
export function listBalanced(
  db: Db,
  { workspaceId, balanceId }: { workspaceId: string; balanceId: string },
): Promise<Balanced[]> {
  return query(db, listBalanced_, [workspaceId, balanceId]);
}
