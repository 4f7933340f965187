// Notes that name agents, and whether these have looked.
import { MOST_MENTIONED } from '../contract/mentions.ts';
import { agentsSeeIn } from './settings.ts';
import { isOwnOrTeams, isSeenBy } from './sight.ts';
import { type Db, query, queryOne, statement } from './sql.ts';
import type { Tx } from './tx.ts';

const MOST_UNREAD = 100;

const findMentioned_ = statement<{ agentId: string }>(
  'find-mentioned',
  `select distinct a.agent_id as "agentId" from agent a
  left join agent_team t on t.workspace_id = $1 and t.agent_id = a.agent_id and t.team_id = any ($3::uuid[])
  where a.workspace_id = $1 and a.deleted_at is null and a.kind = 'human'
    and (a.agent_id = any ($2::uuid[]) or t.team_id is not null) and a.agent_id is distinct from $4::uuid
  order by a.agent_id limit ${MOST_MENTIONED}`,
);

/** People among these agents and in these teams, but for the writer. */
export async function findMentioned(
  db: Db,
  args: {
    workspaceId: string;
    agentIds: readonly string[];
    teamIds: readonly string[];
    writerId: string | null;
  },
): Promise<string[]> {
  const { workspaceId, agentIds, teamIds, writerId } = args;
  const rows = await query(db, findMentioned_, [workspaceId, agentIds, teamIds, writerId]);
  return rows.map(({ agentId }) => agentId);
}

const insert_ = statement<never>(
  'insert-mentions',
  `insert into mention (workspace_id, agent_id, conversation_id, seq, at)
  select $1, g.agent_id, $2, m.seq, m.created_at from unnest($4::uuid[]) as g(agent_id)
  join message m on m.workspace_id = $1 and m.conversation_id = $2 and m.message_id = $3`,
);

/** For a message of the same transaction. */
export async function insertMentions(
  tx: Tx,
  args: {
    workspaceId: string;
    conversationId: string;
    messageId: string;
    agentIds: readonly string[];
  },
): Promise<void> {
  const { workspaceId, conversationId, messageId, agentIds } = args;
  await query(tx, insert_, [workspaceId, conversationId, messageId, agentIds]);
}

export interface MentionRow {
  conversationId: string;
  seq: number;
  text: string;
  authorId: string | null;
  authorName: string | null;
  at: Date;
  readAt: Date | null;
  contactExternalId: string;
  contactName: string | null;
  contactEmail: string | null;
  contactPhone: string | null;
  /** As the cursor needs it. */
  sortKey: string;
}

// What they may not see any more is not shown, and does not count.
const list_ = statement<MentionRow>(
  'list-mentions',
  `select n.conversation_id as "conversationId", n.seq, left(m.text, 300) as text, m.author_id as "authorId", a.name as "authorName",
    n.at, n.read_at as "readAt", k.external_id as "contactExternalId", k.name as "contactName", k.email as "contactEmail",
    k.phone as "contactPhone", n.at::text as "sortKey"
  from mention n
  join conversation c on c.workspace_id = $1 and c.conversation_id = n.conversation_id
  join contact k on k.workspace_id = $1 and k.contact_id = c.contact_id
  join message m on m.workspace_id = $1 and m.conversation_id = n.conversation_id and m.seq = n.seq
  left join agent a on a.workspace_id = $1 and a.agent_id = m.author_id
  where n.workspace_id = $1 and n.agent_id = $2 and ${isSeenBy('$3')} and (not $4::boolean or n.read_at is null)
    and ($5::text is null or (n.at, n.conversation_id) < ($5::timestamptz, $6::uuid))
  order by n.at desc, n.conversation_id desc limit $7`,
);

/** The latest first. */
export function listMentions(
  db: Db,
  args: {
    workspaceId: string;
    agentId: string;
    seenBy: string | null;
    unread: boolean;
    after: { key: string | null; id: string } | null;
    limit: number;
  },
): Promise<MentionRow[]> {
  const { workspaceId, agentId, seenBy, unread, after, limit } = args;
  return query(db, list_, [
    workspaceId,
    agentId,
    seenBy,
    unread,
    after?.key ?? null,
    after?.id ?? null,
    limit,
  ]);
}

const count_ = statement<{ count: number }>(
  'count-unread-mentions',
  `select count(*)::integer as count from (select from mention n
    join conversation c on c.workspace_id = $1 and c.conversation_id = n.conversation_id
    where n.workspace_id = $1 and n.agent_id = $2 and n.read_at is null and ${isSeenBy('$3')} limit ${MOST_UNREAD}) few`,
);

export async function countUnreadMentions(
  db: Db,
  args: { workspaceId: string; agentId: string; seenBy: string | null },
): Promise<number> {
  const { workspaceId, agentId, seenBy } = args;
  return (await queryOne(db, count_, [workspaceId, agentId, seenBy]))?.count ?? 0;
}

const read_ = statement<never>(
  'read-mentions',
  `update mention set read_at = now() where workspace_id = $1 and agent_id = $2 and read_at is null
    and ($3::uuid is null or conversation_id = $3)`,
);

/** Of one conversation; null: all. */
export async function readMentions(
  db: Db,
  args: { workspaceId: string; agentId: string; conversationId: string | null },
): Promise<void> {
  await query(db, read_, [args.workspaceId, args.agentId, args.conversationId]);
}

const mentionable_ = statement<{ agentId: string; sees: boolean }>(
  'list-mentionable',
  `select g.agent_id as "agentId", g.role <> 'agent' or ${agentsSeeIn('$1')} = 'everything' or ${isOwnOrTeams('g.agent_id')} as sees
  from agent g join conversation c on c.workspace_id = $1 and c.conversation_id = $2
  where g.workspace_id = $1 and g.deleted_at is null and g.set_aside_at is null and g.kind = 'human'
  order by g.agent_id limit 1000`,
);

/** Everybody who can be named there, and whether they may see it. */
export function listMentionable(
  db: Db,
  key: { workspaceId: string; conversationId: string },
): Promise<{ agentId: string; sees: boolean }[]> {
  return query(db, mentionable_, [key.workspaceId, key.conversationId]);
}
