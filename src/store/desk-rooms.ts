// The rooms of a mirror (Rocket.Chat) in which agents answer our conversations.

import { mirrorDeliveries } from '../contract/channel-kinds.ts';
import type { ConversationState } from '../contract/conversation-states.ts';
import { externalIdIn } from './agent-identities.ts';
import type { Writing } from './effects.ts';
import { lookedUp } from './guide-planner.ts';
import { type Db, query, queryOne, statement } from './sql.ts';

export interface DeskRoom {
  workspaceId: string;
  deskRoomId: string;
  channelId: string;
  conversationId: string;
  ordinal: number;
  visitorToken: string;
  roomId: string | null;
  /** Who serves it over there by our last knowledge; null: nobody. */
  servedBy: string | null;
  carriedSeq: number;
  readUntil: Date | null;
  /** For which it was opened; null: for an agent whom our routing chose. */
  departmentId: string | null;
  /** We are about to close it, and the conversation goes on. */
  leaving: boolean;
  closedAt: Date | null;
}

const columns = `r.workspace_id as "workspaceId", r.desk_room_id as "deskRoomId", r.channel_id as "channelId",
  r.conversation_id as "conversationId", r.ordinal, r.visitor_token as "visitorToken", r.room_id as "roomId", r.served_by as "servedBy",
  r.carried_seq as "carriedSeq", r.read_until as "readUntil", r.department_id as "departmentId", r.leaving, r.closed_at as "closedAt"`;

const get_ = statement<DeskRoom>(
  'get-desk-room',
  `select ${columns} from desk_room r where r.workspace_id = $1 and r.desk_room_id = $2`,
);

export function getDeskRoom(
  db: Db,
  { workspaceId, deskRoomId }: { workspaceId: string; deskRoomId: string },
): Promise<DeskRoom | null> {
  return queryOne(db, get_, [workspaceId, deskRoomId]);
}

const findOpen_ = statement<DeskRoom>(
  'find-open-desk-room',
  `select ${columns} from desk_room r where r.workspace_id = $1 and r.conversation_id = $2 and r.closed_at is null`,
);

/** null: the conversation has no open room at any mirror. */
export function findOpenDeskRoom(
  db: Db,
  { workspaceId, conversationId }: { workspaceId: string; conversationId: string },
): Promise<DeskRoom | null> {
  return queryOne(db, findOpen_, [workspaceId, conversationId]);
}

// Two at once make one: the second does nothing. Whoever knows a visitor's token can write as the visitor.
const open_ = statement<never>(
  'add-desk-room',
  `insert into desk_room (workspace_id, desk_room_id, channel_id, conversation_id, ordinal, visitor_token)
  select $1, $2, $3, $4, (select count(*)::integer + 1 from desk_room where workspace_id = $1 and conversation_id = $4),
    'usher-' || $4::uuid || '-' || $5::text
  on conflict (workspace_id, conversation_id) where closed_at is null do nothing`,
);

/** Unless it has an open one. */
export async function addDeskRoom(
  db: Db,
  args: {
    workspaceId: string;
    deskRoomId: string;
    channelId: string;
    conversationId: string;
    /** Goes into the visitor's token. */
    random: string;
  },
): Promise<void> {
  const { workspaceId, deskRoomId, channelId, conversationId, random } = args;
  await query(db, open_, [workspaceId, deskRoomId, channelId, conversationId, random]);
}

const name_ = statement<never>(
  'name-desk-room',
  'update desk_room set room_id = $3 where workspace_id = $1 and desk_room_id = $2',
);

/** The room has been made over there. */
export async function nameDeskRoom(
  db: Db,
  args: { workspaceId: string; deskRoomId: string; roomId: string },
): Promise<void> {
  await query(db, name_, [args.workspaceId, args.deskRoomId, args.roomId]);
}

const department_ = statement<never>(
  'note-desk-room-department',
  'update desk_room set department_id = $3 where workspace_id = $1 and desk_room_id = $2',
);

/** For which it is opened. */
export async function noteDepartment(
  db: Db,
  args: { workspaceId: string; deskRoomId: string; departmentId: string | null },
): Promise<void> {
  await query(db, department_, [args.workspaceId, args.deskRoomId, args.departmentId]);
}

const leave_ = statement<{ deskRoomId: string }>(
  'note-desk-room-leaving',
  `update desk_room r set leaving = true from conversation c
  where r.workspace_id = $1 and r.desk_room_id = $2 and r.closed_at is null
    and c.workspace_id = $1 and c.conversation_id = r.conversation_id and c.state <> 'closed' and c.agent_id is not distinct from $3
  returning r.desk_room_id as "deskRoomId"`,
);

/** Needs the conversation's row locked. `agentId`: who has it; null: it waits. false: that has changed. */
export async function noteLeaving(
  db: Db,
  args: { workspaceId: string; deskRoomId: string; agentId: string | null },
): Promise<boolean> {
  const { workspaceId, deskRoomId, agentId } = args;
  return (await queryOne(db, leave_, [workspaceId, deskRoomId, agentId])) !== null;
}

const served_ = statement<{ deskRoomId: string }>(
  'note-desk-room-served',
  `update desk_room set served_by = $3
  where workspace_id = $1 and desk_room_id = $2 and served_by is distinct from $3 and not leaving
  returning desk_room_id as "deskRoomId"`,
);

/** false: it was known, or we are about to close the room. */
export async function noteServed(
  db: Db,
  args: { workspaceId: string; deskRoomId: string; servedBy: string | null },
): Promise<boolean> {
  return (await queryOne(db, served_, [args.workspaceId, args.deskRoomId, args.servedBy])) !== null;
}

const carried_ = statement<never>(
  'note-carried',
  `update desk_room set carried_seq = greatest(carried_seq, $3), refusals = 0
  where workspace_id = $1 and desk_room_id = $2`,
);

export async function noteCarried(
  db: Db,
  args: { workspaceId: string; deskRoomId: string; seq: number },
): Promise<void> {
  await query(db, carried_, [args.workspaceId, args.deskRoomId, args.seq]);
}

const refused_ = statement<{ refusals: number }>(
  'note-desk-refusal',
  'update desk_room set refusals = refusals + 1 where workspace_id = $1 and desk_room_id = $2 returning refusals',
);

/** Answers how often the message that is next has been refused. */
export async function noteRefusal(
  db: Db,
  args: { workspaceId: string; deskRoomId: string },
): Promise<number> {
  const row = await queryOne(db, refused_, [args.workspaceId, args.deskRoomId]);
  return row?.refusals ?? 0;
}

const read_ = statement<never>(
  'note-desk-room-read',
  `update desk_room set read_until = greatest(read_until, $3), checked_at = clock_timestamp()
  where workspace_id = $1 and desk_room_id = $2`,
);

/** What was said over there until then has been taken; null: nothing new was there. */
export async function noteDeskRoomRead(
  db: Db,
  args: { workspaceId: string; deskRoomId: string; until: Date | null },
): Promise<void> {
  await query(db, read_, [args.workspaceId, args.deskRoomId, args.until]);
}

const close_ = statement<{ deskRoomId: string }>(
  'close-desk-room',
  `update desk_room set closed_at = clock_timestamp()
  where workspace_id = $1 and desk_room_id = $2 and closed_at is null returning desk_room_id as "deskRoomId"`,
);

/** Needs the conversation's row locked. false: it was closed before. */
export async function closeDeskRoom(
  db: Db,
  args: { workspaceId: string; deskRoomId: string },
): Promise<boolean> {
  return (await queryOne(db, close_, [args.workspaceId, args.deskRoomId])) !== null;
}

export interface HeldDeskRoom extends DeskRoom {
  state: ConversationState;
  agentId: string | null;
  /** false: it is being given to the agent, and the carrier is at work over there. */
  isConfirmed: boolean;
}

const listOpen_ = statement<HeldDeskRoom>(
  'list-open-desk-rooms',
  `select ${columns}, c.state, c.agent_id as "agentId", c.confirmed_at is not null as "isConfirmed"
  from desk_room r join conversation c on c.workspace_id = $1 and c.conversation_id = r.conversation_id
  where r.workspace_id = $1 and r.channel_id = $2 and r.closed_at is null and r.room_id is not null`,
);

/** With the present state of their conversations. */
export function listOpenDeskRooms(
  db: Db,
  { workspaceId, channelId }: { workspaceId: string; channelId: string },
): Promise<HeldDeskRoom[]> {
  return query(db, listOpen_, [workspaceId, channelId]);
}

const listUnread_ = statement<DeskRoom>(
  'list-unread-desk-rooms',
  `select ${columns} from desk_room r
  where r.workspace_id = $1 and r.channel_id = $2 and r.closed_at is null and r.room_id is not null
    and r.checked_at <= clock_timestamp() - make_interval(secs => $3)
  order by r.checked_at limit $4`,
);

/** The open ones that were read longest ago. */
export function listUnreadDeskRooms(
  db: Db,
  args: { workspaceId: string; channelId: string; olderThanSeconds: number; limit: number },
): Promise<DeskRoom[]> {
  const { workspaceId, channelId, olderThanSeconds, limit } = args;
  return query(db, listUnread_, [workspaceId, channelId, olderThanSeconds, limit]);
}

export interface DeskAssignment {
  /** It still waits to be confirmed. */
  isPending: boolean;
  /** It has not ended. */
  isLive: boolean;
  agentId: string;
  /** The agent's id at the mirror; null: not known there. */
  externalAgentId: string | null;
  channelName: string;
  teamName: string | null;
  contactName: string | null;
  contactEmail: string | null;
  contactPhone: string | null;
}

const getAssignment_ = statement<DeskAssignment>(
  'get-desk-assignment',
  `select a.ended_at is null and a.state = 'pending' as "isPending", a.ended_at is null as "isLive",
    a.agent_id as "agentId", (${externalIdIn('$4', 'a.agent_id')}) as "externalAgentId", h.name as "channelName",
    t.name as "teamName", k.name as "contactName", k.email as "contactEmail", k.phone as "contactPhone"
  from assignment a
  join conversation c on c.workspace_id = $1 and c.conversation_id = a.conversation_id
  join channel h on h.workspace_id = $1 and h.channel_id = c.channel_id
  join contact k on k.workspace_id = $1 and k.contact_id = c.contact_id
  left join team t on t.workspace_id = $1 and t.team_id = c.team_id
  where a.workspace_id = $1 and a.conversation_id = $2 and a.assignment_id = $3`,
);

/** As the mirror `channelId` sees it. */
export function getDeskAssignment(
  db: Db,
  args: { workspaceId: string; conversationId: string; assignmentId: string; channelId: string },
): Promise<DeskAssignment | null> {
  const { workspaceId, conversationId, assignmentId, channelId } = args;
  return queryOne(db, getAssignment_, [workspaceId, conversationId, assignmentId, channelId]);
}

const keepNews_ = statement<{ kept: boolean }>(
  'keep-desk-news',
  `with room as (
    select desk_room_id from desk_room where workspace_id = $1 and channel_id = $2 and room_id = $3
  ), kept as (
    insert into delivery (workspace_id, subscriber_id, stream_id, type, payload, due_at, created_at)
    select $1, $2, desk_room_id, '${mirrorDeliveries.news}', $4, clock_timestamp(), clock_timestamp() from room
    returning delivery_id
  )
  select exists (select from kept) as kept`,
).needs('send');

/** Kept until it has been read, in order per room. false: the room is none of ours. */
export async function keepDeskNews(
  db: Writing<typeof keepNews_>,
  args: { workspaceId: string; channelId: string; roomId: string; news: object },
): Promise<boolean> {
  const { workspaceId, channelId, roomId, news } = args;
  const row = await queryOne(db, keepNews_, [workspaceId, channelId, roomId, JSON.stringify(news)]);
  return row?.kept ?? false;
}

const findAgents_ = statement<{ externalId: string; agentId: string; name: string }>(
  'find-agents-by-external-id',
  `select i.external_id as "externalId", i.agent_id as "agentId", a.name from agent_identity i
  join agent a on a.workspace_id = $1 and a.agent_id = i.agent_id and a.deleted_at is null
  where i.workspace_id = $1 and i.channel_id = $2 and i.external_id = any ($3::text[])`,
);

/** Who they are here, by their ids over there. */
export async function findAgentsThere(
  db: Db,
  args: { workspaceId: string; channelId: string; externalIds: readonly string[] },
): Promise<Map<string, { agentId: string; name: string }>> {
  const { workspaceId, channelId, externalIds } = args;
  const rows = await query(db, findAgents_, [workspaceId, channelId, externalIds]);
  return new Map(rows.map(({ externalId, ...agent }) => [externalId, agent]));
}

/**
 * A CTE `told_desk`: the mirror that has an open room of a conversation is told, by a delivery of
 * that type. `source` has conversation_id; `at` is SQL over its columns.
 */
export function tellDesk(told: {
  source: string;
  at: string;
  type: string;
  payload?: string;
  where?: string;
}): string {
  const { source, at, type, payload = `'{}'::jsonb`, where = 'true' } = told;
  return `told_desk as (
    insert into delivery (workspace_id, subscriber_id, stream_id, type, payload, due_at, created_at)
    select $1, r.channel_id, s.conversation_id, '${type}', ${payload}, s.told_at, s.told_at
    from (select distinct on (conversation_id) *, ${at} as told_at from ${source} order by conversation_id) s
    cross join ${lookedUp('select * from desk_room where workspace_id = $1 and conversation_id = s.conversation_id and closed_at is null')} r
    where ${where}
    returning delivery_id
  )`;
}
