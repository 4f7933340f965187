// What the programs of channels are told: numbered after the commit, read after a number, and forgotten.
import { kindsWith } from '../contract/channel-kinds.ts';
import { lookedUp } from './guide-planner.ts';
import { type Db, query, queryOne, statement } from './sql.ts';
import type { Tx } from './tx.ts';
import { listing } from './workspaces-with.ts';

export interface FeedKey {
  workspaceId: string;
  channelId: string;
}

export interface FeedRow {
  /** The last number that was given. */
  last: number;
  /** Up to here they are deleted. */
  forgotten: number;
  /** Some have no number yet. */
  more: boolean;
}

const readFeed_ = statement<FeedRow>(
  'read-feed',
  `select coalesce(f.last, 0) as last, coalesce(f.forgotten, 0) as forgotten, exists (
    select from channel_update where workspace_id = $1 and channel_id = $2 and number is null) as more
  from (select) one left join channel_feed f on f.workspace_id = $1 and f.channel_id = $2`,
);

export async function readFeed(db: Db, { workspaceId, channelId }: FeedKey): Promise<FeedRow> {
  const row = await queryOne(db, readFeed_, [workspaceId, channelId]);
  return row ?? { last: 0, forgotten: 0, more: false };
}

const lockFeed_ = statement<never>(
  'lock-feed',
  `insert into channel_feed as f (workspace_id, channel_id) values ($1, $2)
  on conflict (workspace_id, channel_id) do update set last = f.last`,
);

/** Nobody else gives numbers in the channel until the transaction ends. */
export async function lockFeed(tx: Tx, { workspaceId, channelId }: FeedKey): Promise<void> {
  await query(tx, lockFeed_, [workspaceId, channelId]);
}

/** As many are numbered at a time: 1,000 take some 20 ms. */
const MOST_NUMBERED = 1000;

// By ctid: nobody else changes a row that has no number. The statement begins after the lock is taken, so it sees all
// that whoever had it before has written.
const number_ = statement<{ numbered: number }>(
  'number-updates',
  `with fresh as materialized (
    select place, row_number() over (order by update_id) as nth from (
      select ctid as place, update_id from channel_update
      where workspace_id = $1 and channel_id = $2 and number is null order by update_id limit ${MOST_NUMBERED}) few
  ), numbered as (
    update channel_update u set number = feed.last + fresh.nth
    from fresh cross join (select last from channel_feed where workspace_id = $1 and channel_id = $2) feed
    where u.ctid = fresh.place
  )
  update channel_feed set last = last + (select count(*) from fresh) where workspace_id = $1 and channel_id = $2
  returning (select count(*)::integer from fresh) as numbered`,
);

/** Those that are committed, in the order in which they were written. Needs the feed locked. true: there may be more. */
export async function numberUpdateRows(
  tx: Tx,
  { workspaceId, channelId }: FeedKey,
): Promise<boolean> {
  const row = await queryOne(tx, number_, [workspaceId, channelId]);
  return row?.numbered === MOST_NUMBERED;
}

export interface UpdateRow {
  number: number;
  conversationId: string;
  /** Null, as most below: the conversation is deleted. */
  externalId: string | null;
  contactExternalId: string | null;
  /** Of the event; null: an agent has read. */
  type: string | null;
  at: Date;
  data: Record<string, unknown> | null;
  readSeq: number | null;
  /** Of an assignment: it held at once, and nobody had to accept it. */
  heldAtOnce: boolean;
  agentName: string | null;
  agentAvatarUrl: string | null;
}

const list_ = statement<UpdateRow>(
  'list-updates',
  `select u.number, u.conversation_id as "conversationId", c.external_id as "externalId", k.external_id as "contactExternalId",
    e.type, coalesce(e.at, u.at) as at, e.data, u.read_seq as "readSeq",
    coalesce(a.confirmed_at <= e.at, false) as "heldAtOnce", g.name as "agentName", p.avatar_url as "agentAvatarUrl"
  from (select number, conversation_id, event_seq, read_seq, at from channel_update
    where workspace_id = $1 and channel_id = $2 and number > $3 order by number limit $4) u
  left join ${lookedUp('select external_id, contact_id from conversation where workspace_id = $1 and conversation_id = u.conversation_id')} c on true
  left join ${lookedUp('select external_id from contact where workspace_id = $1 and contact_id = c.contact_id')} k on true
  left join ${lookedUp('select type, at, data from event where workspace_id = $1 and stream_id = u.conversation_id and seq = u.event_seq')} e on true
  left join ${lookedUp(`select agent_id, confirmed_at from assignment where workspace_id = $1 and conversation_id = u.conversation_id
    and assignment_id = (e.data ->> 'assignmentId')::uuid`)} a on true
  left join ${lookedUp('select name from agent where workspace_id = $1 and agent_id = a.agent_id')} g on true
  left join ${lookedUp('select avatar_url from user_account where workspace_id = $1 and agent_id = a.agent_id limit 1')} p on true
  order by u.number`,
);

/** After a number, in their order. */
export function listUpdates(
  db: Db,
  args: FeedKey & { after: number; limit: number },
): Promise<UpdateRow[]> {
  return query(db, list_, [args.workspaceId, args.channelId, args.after, args.limit]);
}

// From the lowest number on, which is the oldest. The feed is locked, so whoever reads its bounds afterwards knows.
const forget_ = statement<{ forgotten: number }>(
  'forget-updates',
  `with feed as materialized (
    select workspace_id, channel_id, ctid as place from channel_feed
    where workspace_id = $1 order by channel_id for update
  ), gone as (
    delete from channel_update u using feed f cross join ${lookedUp(`select ctid as place from (
      select ctid, at from channel_update where workspace_id = f.workspace_id and channel_id = f.channel_id and number is not null
      order by number limit 1000) first where at <= now() - make_interval(days => $2)`)} o
    where u.ctid = o.place returning u.channel_id, u.number
  ), noted as (
    update channel_feed f set forgotten = g.up_to from (select channel_id, max(number) as up_to from gone group by channel_id) g
    where f.workspace_id = $1 and f.channel_id = g.channel_id
  )
  select count(*)::integer as forgotten from gone`,
);

/** Those that are older: at most a thousand of each channel. Answers how many. */
export async function forgetUpdates(
  db: Db,
  { workspaceId, days }: { workspaceId: string; days: number },
): Promise<number> {
  return (await queryOne(db, forget_, [workspaceId, days]))?.forgotten ?? 0;
}

const listOld_ = statement<{ workspaceId: string }>(
  'list-workspaces-with-old-updates',
  listing({
    table: 'channel_feed',
    due: `select from channel_feed f cross join lateral (select at from channel_update u where u.workspace_id = f.workspace_id
      and u.channel_id = f.channel_id and u.number is not null order by u.number limit 1) oldest
    where f.workspace_id = w.workspace_id and oldest.at <= now() - make_interval(days => $1)`,
  }),
);

export async function listWorkspacesWithOldUpdates(db: Db, days: number): Promise<string[]> {
  return (await query(db, listOld_, [days])).map(({ workspaceId }) => workspaceId);
}

const listUnnumbered_ = statement<{ workspaceId: string }>(
  'list-workspaces-with-unnumbered-updates',
  listing({ table: 'channel_update', where: 't.number is null' }),
);

export async function listWorkspacesWithUnnumberedUpdates(db: Db): Promise<string[]> {
  return (await query(db, listUnnumbered_, [])).map(({ workspaceId }) => workspaceId);
}

const listFeeds_ = statement<{ channelId: string }>(
  'list-channels-with-updates',
  `select channel_id as "channelId" from channel where workspace_id = $1 and has_updates`,
);

/** Also of those that are deleted. */
export async function listChannelsWithUpdates(db: Db, workspaceId: string): Promise<string[]> {
  return (await query(db, listFeeds_, [workspaceId])).map(({ channelId }) => channelId);
}

export interface ProgramConversation {
  conversationId: string;
  channelId: string;
  externalId: string;
  isOpen: boolean;
  agentId: string | null;
  agentName: string | null;
  agentAvatarUrl: string | null;
  contactExternalId: string;
}

const find_ = statement<ProgramConversation>(
  'find-conversation-of-program',
  `select c.conversation_id as "conversationId", c.channel_id as "channelId", c.external_id as "externalId",
    c.state <> 'closed' as "isOpen", c.agent_id as "agentId", g.name as "agentName", p.avatar_url as "agentAvatarUrl",
    k.external_id as "contactExternalId"
  from conversation c join channel h on h.workspace_id = $1 and h.channel_id = c.channel_id and h.kind = any ($3::text[])
  join contact k on k.workspace_id = $1 and k.contact_id = c.contact_id
  left join agent g on g.workspace_id = $1 and g.agent_id = c.agent_id
  left join user_account p on p.workspace_id = $1 and p.agent_id = c.agent_id
  where c.workspace_id = $1 and c.conversation_id = $2 limit 1`,
);

/** null: it is none between a program and an agent. */
export function findProgramConversation(
  db: Db,
  { workspaceId, conversationId }: { workspaceId: string; conversationId: string },
): Promise<ProgramConversation | null> {
  return queryOne(db, find_, [workspaceId, conversationId, kindsWith('takesTokens', true)]);
}
