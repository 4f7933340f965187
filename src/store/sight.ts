// What an agent may see where agents see only their own and their teams': the condition, and who passes it.
import { batch } from './batch.ts';
import { keptOf, rowsOf } from './merged.ts';
import { agentsSeeIn } from './settings.ts';
import { type Db, query, statement } from './sql.ts';

/**
 * For a conversation `c`: the agent of the parameter `agent` has it or had it last, it asks for one
 * of the agent's teams, it waits for anybody with skills that the agent has, or the agent who has it
 * has asked this one to read along. Removed agents see nothing.
 */
export function isOwnOrTeams(agent: string): string {
  return `(c.agent_id = ${agent}
    or c.team_id in (select t.team_id from agent_team t where t.workspace_id = $1 and t.agent_id = ${agent})
    or (c.state = 'waiting' and c.team_id is null
      and c.skill_ids <@ array(select s.skill_id from agent_skill s where s.workspace_id = $1 and s.agent_id = ${agent})
      and exists (select from agent a where a.workspace_id = $1 and a.agent_id = ${agent} and a.deleted_at is null))
    or (c.state in ('assigned', 'parked') and c.conversation_id in (${consultedOf(agent)})))`;
}

/** SQL: the ids of the conversations about which that agent is asked. They are seen while somebody has them. */
export function consultedOf(agent: string): string {
  return `select s.conversation_id from consultation s where s.workspace_id = $1 and s.agent_id = ${agent} and s.ended_at is null`;
}

/** The same, but null as the parameter sees everything. */
export function isSeenBy(agent: string): string {
  return `(${agent}::uuid is null or ${isOwnOrTeams(agent)})`;
}

export type Seeable = 'conversation' | 'contact' | 'message' | 'delivery' | 'attachment';

const isSeen = isSeenBy('$3');
const namesFile = `m.workspace_id = $1 and m.attachments <> '[]'
      and m.attachments @> jsonb_build_array(jsonb_build_object('id', a.attachment_id))`;

// Those who see one of a contact's conversations see the contact, and the messages sent to the
// contact through the company's own system. A file is seen where a message names it; the id of a
// file that no message names is known only to its uploader.
const sources: Record<Seeable, string> = {
  conversation: `select c.conversation_id::text as id from conversation c
    where c.workspace_id = $1 and c.conversation_id = any ($2::uuid[]) and ${isSeen}`,
  contact: `select w.id::text from unnest($2::uuid[]) as w(id)
    where exists (select from conversation c where c.workspace_id = $1
      and c.contact_id in (${rowsOf(keptOf('w.id'))}) and ${isSeen})`,
  message: `select m.message_id::text as id from message m
    join conversation c on c.workspace_id = $1 and c.conversation_id = m.conversation_id
    where m.workspace_id = $1 and m.message_id = any ($2::uuid[]) and ${isSeen}`,
  delivery: `select distinct d.delivery_id::text as id from delivery d
    join conversation c on c.workspace_id = $1 and c.contact_id = d.stream_id
    where d.workspace_id = $1 and d.delivery_id = any ($2::bigint[]) and ${isSeen}`,
  attachment: `select a.attachment_id::text as id from attachment a
    where a.workspace_id = $1 and a.attachment_id = any ($2::uuid[])
      and (not exists (select from message m where ${namesFile})
        or exists (select from message m
          join conversation c on c.workspace_id = $1 and c.conversation_id = m.conversation_id
          where ${namesFile} and ${isSeen}))`,
};
const findSeen_ = Object.fromEntries(
  Object.entries(sources).map(([kind, source]) => [
    kind,
    statement<{ id: string }>(`find-seen-${kind}`, source),
  ]),
) as Record<Seeable, ReturnType<typeof statement<{ id: string }>>>;

/** Those of them that exist and that `agentId` sees; null sees everything. In no order. */
export async function findSeen(
  db: Db,
  kind: Seeable,
  args: { workspaceId: string; ids: readonly string[]; agentId: string | null },
): Promise<string[]> {
  const rows = await query(db, findSeen_[kind], [args.workspaceId, args.ids, args.agentId]);
  return rows.map(({ id }) => id);
}

const moves = batch<{ id: string; moved: boolean; leftTeamId: string | undefined }>(3, {
  id: ['uuid', ({ id }) => id],
  moved: ['boolean', ({ moved }) => moved],
  left_team_id: ['uuid', ({ leftTeamId }) => leftTeamId ?? null],
});

// A conversation that has just moved is also told to agents who could have taken it while it
// waited, and to those who were asked about it: it may have left their lists.
const listWatchers_ = statement<{ agentId: string; conversationId: string }>(
  'list-watchers',
  `select g.agent_id as "agentId", c.conversation_id as "conversationId"
  from ${moves.rows} w
  join conversation c on c.workspace_id = $1 and c.conversation_id = w.id
  cross join unnest($2::uuid[]) as g(agent_id)
  where ${isOwnOrTeams('g.agent_id')}
    or exists (select from agent_team t where t.workspace_id = $1 and t.agent_id = g.agent_id and t.team_id = w.left_team_id)
    or (w.moved and (c.previous_agent_id = g.agent_id or exists (select from consultation s where s.workspace_id = $1
      and s.conversation_id = c.conversation_id and s.agent_id = g.agent_id) or (c.team_id is null and c.skill_ids <@ array(
      select s.skill_id from agent_skill s where s.workspace_id = $1 and s.agent_id = g.agent_id))))`,
);

/** Which of these agents are told about which conversations. */
export function listWatchers(
  db: Db,
  args: {
    workspaceId: string;
    conversations: readonly { id: string; moved: boolean; leftTeamId: string | undefined }[];
    agentIds: readonly string[];
  },
): Promise<{ agentId: string; conversationId: string }[]> {
  const { workspaceId, conversations, agentIds } = args;
  return query(db, listWatchers_, [workspaceId, agentIds, ...moves.values(conversations)]);
}

const listSights_ = statement<{ agentId: string; seesAll: boolean }>(
  'list-agent-sights',
  `select agent_id as "agentId", role <> 'agent' or ${agentsSeeIn('$1')} = 'everything' as "seesAll"
  from agent where workspace_id = $1 and deleted_at is null`,
);

/** For all agents, by their roles. */
export function listAgentSights(
  db: Db,
  workspaceId: string,
): Promise<{ agentId: string; seesAll: boolean }[]> {
  return query(db, listSights_, [workspaceId]);
}
