// Records the end of conversations. Takes no routing lock: the next pass settles what was released.

import { deliveryTypes, mirrorDeliveries } from '../contract/channel-kinds.ts';
import { batch } from './batch.ts';
import { tellDesk } from './desk-rooms.ts';
import type { Writing } from './effects.ts';
import { lookUpRooms } from './look-up-rooms.ts';
import { ENDED, releaseLoad } from './roster.ts';
import { query, statement } from './sql.ts';
import { turnTargets } from './target-columns.ts';
import { appendAndTell, eventFacts } from './tell-endpoints.ts';
import type { Tx } from './tx.ts';

export interface Resolution {
  channelId: string;
  externalId: string;
  /** The outside system's number of this session; it grows with every session of the room. */
  sessionId: number | null;
  reason: string;
  note: string | null;
}

export interface Closed {
  conversationId: string;
  agentId: string | null;
  channelId: string;
  externalId: string;
  /** An endpoint is bound to an event of this item or of another in the batch. */
  told: boolean;
}

// What every closing does, given CTE target(conversation_id, session_id, reason, note, tags, meta,
// categories, close_meta, actor).
const ending = `closed as (
    update conversation c set state = 'closed', closed_at = clock_timestamp(), active_at = clock_timestamp(), close_reason = t.reason,
      close_note = t.note, session_id = coalesce(t.session_id, c.session_id), held_until = null,
      hold_reason = null, ${turnTargets('c')}, event_seq = c.event_seq + 1, tags = coalesce(t.tags, c.tags),
      meta = c.meta || coalesce(t.meta, '{}'), categories = coalesce(t.categories, c.categories),
      close_meta = coalesce(t.close_meta, c.close_meta)
    from target t
    where c.workspace_id = $1 and c.conversation_id = t.conversation_id and c.state <> 'closed'
    returning ${eventFacts('c')}, t.actor
  ), ended as (
    update assignment a set state = 'ended', ended_at = closed.closed_at, end_reason = 'closed'
    from closed
    where a.workspace_id = $1 and a.conversation_id = closed.conversation_id and a.ended_at is null
    returning ${ENDED}
  ), ${releaseLoad('ended', { wrapsUp: true })}, ${appendAndTell({
    source: 'closed',
    type: `'conversation.closed'`,
    at: 'closed_at',
    data: `jsonb_build_object('agentId', agent_id, 'reason', close_reason, 'note', close_note, 'by', actor)`,
  })}`;

const rooms = batch<Pick<Resolution, 'channelId' | 'externalId'>>(2, {
  channel_id: ['uuid', ({ channelId }) => channelId],
  external_id: ['text', ({ externalId }) => externalId],
});

// A closing must begin after it has the row. One that waits for a claim's row inside its own
// statement ends the conversation, but does not see the assignment that the claim wrote, and the
// agent would hold it for ever. Rows are locked in the order of the ids, as a claim locks them.
const lockRooms_ = statement<{ conversationId: string }>(
  'lock-open-rooms',
  `select c.conversation_id as "conversationId" from conversation c
  where c.workspace_id = $1 and c.state <> 'closed' and (c.channel_id, c.external_id) in (
    select channel_id, external_id from ${rooms.rows} r)
  order by c.conversation_id for update`,
);

/** The open conversations of these rooms, locked until the transaction ends. */
export async function lockOpenRooms(
  tx: Tx,
  workspaceId: string,
  wanted: readonly { channelId: string; externalId: string }[],
): Promise<string[]> {
  const rows = await query(tx, lockRooms_, [workspaceId, ...rooms.values(wanted)]);
  return rows.map(({ conversationId }) => conversationId);
}

export interface Resolved extends Closed {
  /** doubt: it may belong to the session before, so the outside system is asked about the room. */
  outcome: 'closed' | 'doubt';
}

const resolved = batch<Resolution>(2, {
  channel_id: ['uuid', ({ channelId }) => channelId],
  external_id: ['text', ({ externalId }) => externalId],
  session_id: ['bigint', ({ sessionId }) => sessionId],
  reason: ['text', ({ reason }) => reason],
  note: ['text', ({ note }) => note],
});

// A resolve closes the room's open conversation unless it repeats or is late: its session is one
// that an earlier conversation of the room already ended with, or no newer than the session before
// this conversation. We may have ended the conversation before without knowing its session,
// and its own resolve may still come. Then the resolve could mean either, and the room is looked
// up. With nothing open, the session has ended all the same, and is stored.
const closeResolved_ = statement<Resolved>(
  'close-resolved',
  `with input as (
    select * from ${resolved.rows} t
  ), judged as materialized (
    select c.conversation_id, c.agent_id, i.*, case
      when i.session_id <= c.previous_session_id or later.yes then 'late'
      when unsure.yes then 'doubt' else 'closed' end as outcome
    from input i
    join conversation c on c.workspace_id = $1 and c.channel_id = i.channel_id
      and c.external_id = i.external_id and c.state <> 'closed' and c.conversation_id = any ($7::uuid[])
    left join lateral (
      select true as yes from conversation p
      where p.workspace_id = $1 and p.channel_id = i.channel_id and p.external_id = i.external_id
        and p.state = 'closed' and p.session_id >= i.session_id limit 1) later on true
    left join lateral (
      select true as yes from conversation p
      where p.workspace_id = $1 and p.channel_id = i.channel_id and p.external_id = i.external_id
        and p.state = 'closed' and p.session_id is null
        and (greatest(p.closed_at, p.resolved_there_at) > clock_timestamp() - interval '60 seconds' or exists (
          select from delivery d where d.workspace_id = $1 and d.subscriber_id = p.channel_id
            and d.stream_id = p.conversation_id and d.type = 'resolve' and d.state = 'pending')) limit 1) unsure on true
  ), target as (
    select conversation_id, session_id, reason, note,
      null::text[] as tags, null::jsonb as meta, null::text[] as categories, null::jsonb as close_meta, 'remote' as actor
    from judged where outcome = 'closed'
  ), ${ending}, remembered as (
    update conversation p set session_id = i.session_id
    from input i
    where p.workspace_id = $1 and i.session_id is not null and p.channel_id = i.channel_id
      and p.external_id = i.external_id and p.state = 'closed' and coalesce(p.session_id, 0) < i.session_id
      and p.closed_at = (select max(l.closed_at) from conversation l where l.workspace_id = $1
        and l.channel_id = i.channel_id and l.external_id = i.external_id and l.state = 'closed')
      and not exists (select from judged j where j.channel_id = i.channel_id and j.external_id = i.external_id)
  ), ${lookUpRooms(`select channel_id, conversation_id, clock_timestamp() as due_at from judged where outcome = 'doubt'`)}
  select j.conversation_id as "conversationId", j.agent_id as "agentId", j.channel_id as "channelId",
    j.external_id as "externalId", j.outcome, exists (select from told_endpoints) as told
  from judged j where j.outcome <> 'late'`,
).needs('wake', 'send', 'conversation');

/**
 * Ends what an outside system says is resolved, each room once, among the locked conversations.
 * Answers those that this call ended, and those about which it has the outside system asked.
 */
export function closeResolved(
  tx: Writing<typeof closeResolved_, Tx>,
  workspaceId: string,
  { resolutions, locked }: { resolutions: readonly Resolution[]; locked: readonly string[] },
): Promise<Resolved[]> {
  return query(tx, closeResolved_, [workspaceId, ...resolved.values(resolutions), locked]);
}

// The session that the answer names has ended. Without a number, only the time is known after which
// its resolve may come.
const noteResolved_ = statement<never>(
  'note-resolved-there',
  `update conversation set session_id = greatest(session_id, $3), resolved_there_at = clock_timestamp()
  where workspace_id = $1 and conversation_id = $2 and state = 'closed'`,
);

/** The outside system answered our own resolve. */
export async function noteResolvedThere(
  tx: Tx,
  args: { workspaceId: string; conversationId: string; sessionId: number | null },
): Promise<void> {
  await query(tx, noteResolved_, [args.workspaceId, args.conversationId, args.sessionId]);
}

export interface Ending {
  conversationId: string;
  reason: string;
  note: string | null;
  tags: readonly string[] | null;
  meta: Record<string, unknown> | null;
  categories: readonly string[] | null;
  closeMeta: readonly unknown[] | null;
  actor: string;
  tellRemote: boolean;
}

const endings = batch<Ending>(2, {
  conversation_id: ['uuid', (one) => one.conversationId],
  reason: ['text', (one) => one.reason],
  note: ['text', (one) => one.note],
  tags: ['text[]', (one) => one.tags],
  meta: ['jsonb', (one) => one.meta],
  categories: ['text[]', (one) => one.categories],
  close_meta: ['jsonb', (one) => one.closeMeta],
  actor: ['text', (one) => one.actor],
  tell_remote: ['boolean', (one) => one.tellRemote],
});

// Ends conversations by their ids; asks the outside system to resolve their rooms too when told to.
const closeConversations_ = statement<Closed>(
  'close-conversations',
  `with target as (
    select t.*, null::bigint as session_id from ${endings.rows} t
  ), ${ending}, told as (
    insert into delivery (workspace_id, subscriber_id, stream_id, type, payload, due_at, created_at)
    select $1, c.channel_id, c.conversation_id, $11::jsonb ->> h.kind,
      jsonb_build_object('note', c.close_note), c.closed_at, c.closed_at
    from closed c join target t using (conversation_id)
    join channel h on h.workspace_id = $1 and h.channel_id = c.channel_id
    where t.tell_remote and $11::jsonb ? h.kind
  ), ${tellDesk({
    source: 'closed',
    at: 'closed_at',
    type: mirrorDeliveries.closed,
    payload: `jsonb_build_object('note', s.close_note, 'by', s.actor)`,
  })}
  select conversation_id as "conversationId", agent_id as "agentId", channel_id as "channelId", external_id as "externalId",
    exists (select from told_endpoints) or exists (select from told_desk) as told from closed`,
).needs('wake', 'send', 'conversation');

const TOLD_BY = JSON.stringify(deliveryTypes('closed'));

/** Each once; needs the rows locked. Answers those that were not closed before, in no order. */
export function closeConversations(
  tx: Writing<typeof closeConversations_, Tx>,
  workspaceId: string,
  wanted: readonly Ending[],
): Promise<Closed[]> {
  return query(tx, closeConversations_, [workspaceId, ...endings.values(wanted), TOLD_BY]);
}
