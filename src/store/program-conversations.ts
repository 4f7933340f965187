// The conversations of programs, as their contacts are shown them: how they stand, their places, those that were before.
import { lookedUp } from './guide-planner.ts';
import { type Db, query, queryOne, statement } from './sql.ts';

interface Key {
  workspaceId: string;
  conversationId: string;
}

export interface StandingRow {
  conversationId: string;
  externalId: string;
  contactExternalId: string;
  state: 'waiting' | 'assigned' | 'parked' | 'closed';
  /** false while an agent has yet to accept it. */
  confirmed: boolean;
  agentName: string | null;
  agentAvatarUrl: string | null;
  /** Online at this moment. */
  agentPresent: boolean;
  queuedAt: Date;
  closedAt: Date | null;
  closeReason: string | null;
  /** Of the last message, no note. null: nothing was said. */
  lastSeq: number | null;
  contactReadSeq: number;
  agentReadSeq: number;
}

const standing_ = statement<StandingRow>(
  'read-standing-of-program-conversation',
  `select c.conversation_id as "conversationId", c.external_id as "externalId", k.external_id as "contactExternalId", c.state,
    c.confirmed_at is not null as confirmed, g.name as "agentName", p.avatar_url as "agentAvatarUrl",
    coalesce(g.availability = 'online' and g.lease_until > clock_timestamp(), false) as "agentPresent",
    c.queued_at as "queuedAt", c.closed_at as "closedAt", c.close_reason as "closeReason", m.seq as "lastSeq",
    coalesce(r.contact_read_seq, 0) as "contactReadSeq", coalesce(r.agent_read_seq, 0) as "agentReadSeq"
  from conversation c
  join contact k on k.workspace_id = $1 and k.contact_id = c.contact_id
  left join agent g on g.workspace_id = $1 and g.agent_id = c.agent_id
  left join ${lookedUp('select avatar_url from user_account where workspace_id = $1 and agent_id = c.agent_id limit 1')} p on true
  left join ${lookedUp(`select seq from message where workspace_id = $1 and conversation_id = c.conversation_id
    and kind = 'text' order by seq desc limit 1`)} m on true
  left join program_read r on r.workspace_id = $1 and r.conversation_id = c.conversation_id
  where c.workspace_id = $1 and c.conversation_id = $2`,
);

/** null: it is deleted. */
export function readStanding(db: Db, key: Key): Promise<StandingRow | null> {
  return queryOne(db, standing_, [key.workspaceId, key.conversationId]);
}

// As for web chat: the head of the queue is numbered, and then sorted out.
const listPlaces_ = statement<{ conversationId: string; position: number }>(
  'list-program-queue-places',
  `select q.conversation_id as "conversationId", q.position::integer as position from (
    select conversation_id, channel_id, row_number() over (order by rank_at, conversation_id) as position from (
      select conversation_id, channel_id, rank_at from conversation where workspace_id = $1 and state = 'waiting'
      order by rank_at, conversation_id limit $2) head) q
  where q.channel_id = any($3::uuid[])`,
);

/** Places in the queue, from 1, of those among the `first` that wait on these channels. */
export function listProgramQueuePlaces(
  db: Db,
  args: { workspaceId: string; channelIds: readonly string[]; first: number },
): Promise<{ conversationId: string; position: number }[]> {
  const { workspaceId, channelIds, first } = args;
  return query(db, listPlaces_, [workspaceId, first, channelIds]);
}

export interface WaitingOfProgram {
  conversationId: string;
  channelId: string;
  externalId: string;
  contactExternalId: string;
}

const listWaiting_ = statement<WaitingOfProgram>(
  'list-waiting-of-programs',
  `select c.conversation_id as "conversationId", c.channel_id as "channelId", c.external_id as "externalId",
    k.external_id as "contactExternalId"
  from unnest($2::uuid[]) as wanted(id)
  cross join ${lookedUp('select * from conversation where workspace_id = $1 and conversation_id = wanted.id')} c
  cross join ${lookedUp('select external_id from contact where workspace_id = $1 and contact_id = c.contact_id')} k
  where c.state = 'waiting'`,
);

/** Those of them that wait still. */
export function listWaitingOfPrograms(
  db: Db,
  args: { workspaceId: string; conversationIds: readonly string[] },
): Promise<WaitingOfProgram[]> {
  return query(db, listWaiting_, [args.workspaceId, args.conversationIds]);
}

export interface PastRow {
  conversationId: string;
  externalId: string;
  state: 'waiting' | 'assigned' | 'parked' | 'closed';
  confirmed: boolean;
  queuedAt: Date;
  closedAt: Date | null;
  closeReason: string | null;
}

const listOfContact_ = statement<PastRow>(
  'list-program-conversations-of-contact',
  `select c.conversation_id as "conversationId", c.external_id as "externalId", c.state, c.confirmed_at is not null as confirmed,
    c.queued_at as "queuedAt", c.closed_at as "closedAt", c.close_reason as "closeReason"
  from contact k
  cross join ${lookedUp(`select * from conversation where workspace_id = $1 and contact_id = k.contact_id
    and conversation_id < $4 order by conversation_id desc limit $5`)} c
  where k.workspace_id = $1 and k.channel_id = $2 and k.external_id = $3`,
);

/** The newest first, older than `before`. */
export function listProgramConversationsOfContact(
  db: Db,
  args: {
    workspaceId: string;
    channelId: string;
    externalId: string;
    before: string;
    limit: number;
  },
): Promise<PastRow[]> {
  const { workspaceId, channelId, externalId, before, limit } = args;
  return query(db, listOfContact_, [workspaceId, channelId, externalId, before, limit]);
}
