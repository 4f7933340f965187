// Deletes everything that is kept of one person, some at a time.
import { kindsWith } from '../contract/channel-kinds.ts';
import type { Writing } from './effects.ts';
import { rowsOf } from './merged.ts';
import { type Db, query, queryOne, statement } from './sql.ts';
import type { Tx } from './tx.ts';

interface ContactKey {
  workspaceId: string;
  contactId: string;
}

const isBusy_ = statement<{ busy: boolean }>(
  'is-contact-busy',
  `select exists (select from conversation c where c.workspace_id = $1 and c.contact_id in (${rowsOf('$2')})
    and (c.state <> 'closed' or exists (select from load_release r where r.workspace_id = $1
      and r.conversation_id = c.conversation_id))) as busy`,
);

/** A conversation is open, or still counts on the load of its agent. */
export async function isContactBusy(db: Db, key: ContactKey): Promise<boolean> {
  return (await queryOne(db, isBusy_, [key.workspaceId, key.contactId]))?.busy === true;
}

const streams_ = statement<{ id: string }>(
  'list-streams-of-contact',
  `select o.contact_id::text as id from (${rowsOf('$2')}) o
  union all
  select c.conversation_id::text from conversation c where c.workspace_id = $1 and c.contact_id in (${rowsOf('$2')})
  union all
  select r.desk_room_id::text from conversation c join desk_room r on r.workspace_id = $1 and r.conversation_id = c.conversation_id
  where c.workspace_id = $1 and c.contact_id in (${rowsOf('$2')})`,
);

/** The ids under which events and deliveries tell of the contact: its rows, conversations and rooms of mirrors. */
export async function listStreamsOf(db: Db, key: ContactKey): Promise<string[]> {
  return (await query(db, streams_, [key.workspaceId, key.contactId])).map(({ id }) => id);
}

interface Walked {
  deleted: number;
  /** null: all have been looked at. */
  lastId: number | null;
}

// Along the key, so that no statement reads a month of deliveries. A transcript that was mailed keeps its address alone.
const eraseDeliveries_ = statement<Walked>(
  'erase-deliveries',
  `with batch as materialized (
    select delivery_id, stream_id, type = 'mail:transcript' and (payload ->> 'conversationId' = any ($3::text[])
        or lower(coalesce(payload ->> 'to', body)) in (select lower(k.email) from contact k
          where k.workspace_id = $1 and k.contact_id in (${rowsOf('$4')}))) as mailed
    from delivery where workspace_id = $1 and delivery_id > $2 order by delivery_id limit 20000
  ), gone as (
    delete from delivery d using batch b where d.workspace_id = $1 and d.delivery_id = b.delivery_id
      and (b.stream_id::text = any ($3::text[]) or b.mailed) returning d.delivery_id
  ), attempts as (
    delete from delivery_attempt a using gone g where a.workspace_id = $1 and a.delivery_id = g.delivery_id
  )
  select (select count(*)::integer from gone) as deleted, max(delivery_id) as "lastId" from batch`,
);

/** Looks at the next 20,000 after an id; what is pending is not sent any more. */
export async function eraseDeliveries(
  db: Db,
  args: { workspaceId: string; contactId: string; afterId: number; streamIds: readonly string[] },
): Promise<Walked> {
  const row = await queryOne(db, eraseDeliveries_, [
    args.workspaceId,
    args.afterId,
    args.streamIds,
    args.contactId,
  ]);
  return row ?? { deleted: 0, lastId: null };
}

export interface ErasedSome {
  conversations: number;
  messages: number;
  files: number;
}

const eraseConversations_ = statement<ErasedSome>(
  'erase-conversations',
  `with old as materialized (
    select conversation_id from conversation
    where workspace_id = $1 and contact_id in (${rowsOf('$2')}) and state = 'closed'
    order by conversation_id limit 100 for update
  ), sessions as materialized (
    select 'visitor:' || w.session_id as name from web_conversation w
    where w.workspace_id = $1 and w.conversation_id in (select conversation_id from old)
  ), files as (
    delete from attachment where workspace_id = $1 and (attachment_id in (
      select (a ->> 'id')::uuid from message m cross join jsonb_array_elements(m.attachments) a
      where m.workspace_id = $1 and m.conversation_id in (select conversation_id from old) and a ? 'id')
      or (not said and created_by in (select name from sessions))) returning 1
  ), said as (
    delete from message where workspace_id = $1 and conversation_id in (select conversation_id from old) returning 1
  ), held as (
    delete from assignment where workspace_id = $1 and conversation_id in (select conversation_id from old)
  ), decided as (
    delete from decision where workspace_id = $1 and conversation_id in (select conversation_id from old)
  ), targets as (
    delete from target_result where workspace_id = $1 and conversation_id in (select conversation_id from old)
  ), foretold as (
    delete from told_wait where workspace_id = $1 and conversation_id in (select conversation_id from old)
  ), mentioned as (
    delete from mention where workspace_id = $1 and conversation_id in (select conversation_id from old)
  ), happened as (
    delete from event where workspace_id = $1 and stream_id in (select conversation_id from old)
  ), marks as (
    delete from read_mark where workspace_id = $1 and conversation_id in (select conversation_id from old)
  ), asked as (
    delete from consultation where workspace_id = $1 and conversation_id in (select conversation_id from old)
  ), ran as (
    delete from automation_run where workspace_id = $1 and conversation_id in (select conversation_id from old)
  ), pushed as (
    delete from push where workspace_id = $1 and conversation_id in (select conversation_id from old)
  ), web as (
    delete from web_conversation where workspace_id = $1 and conversation_id in (select conversation_id from old)
  ), read as (
    delete from program_read where workspace_id = $1 and conversation_id in (select conversation_id from old)
  ), mirrored as (
    delete from desk_room where workspace_id = $1 and conversation_id in (select conversation_id from old)
  ), gone as (
    delete from conversation where workspace_id = $1 and conversation_id in (select conversation_id from old) returning 1
  )
  select (select count(*)::integer from gone) as conversations, (select count(*)::integer from said) as messages,
    (select count(*)::integer from files) as files`,
).needs('conversation');

/** A hundred at most; 0: no closed one is left. */
export async function eraseConversations(
  tx: Writing<typeof eraseConversations_, Tx>,
  key: ContactKey,
): Promise<ErasedSome> {
  const row = await queryOne(tx, eraseConversations_, [key.workspaceId, key.contactId]);
  return row ?? { conversations: 0, messages: 0, files: 0 };
}

// A visitor's name and sessions are known under the id of the channel. Answers that are kept for a key
// are sealed with it: nobody else opens them, and they go after a day.
const eraseRest_ = statement<{ identities: number; sessionId: string | null }>(
  'erase-contact',
  `with rows as materialized (
    select k.contact_id, k.channel_id, k.external_id, h.kind = any ($4::text[]) as visits from contact k
    join channel h on h.workspace_id = $1 and h.channel_id = k.channel_id
    where k.workspace_id = $1 and k.contact_id in (${rowsOf('$2')})
  ), happened as (
    delete from event where workspace_id = $1 and stream_id in (select contact_id from rows)
  ), sessions as (
    delete from web_session where workspace_id = $1 and customer_id in (select external_id from rows where visits)
    returning session_id
  ), budgets as (
    delete from upload_budget where workspace_id = $1 and key in (select 'session ' || session_id from sessions)
  ), named as (
    delete from web_identity where workspace_id = $1 and customer_id in (select external_id from rows where visits)
  ), files as (
    delete from attachment where workspace_id = $1 and not said and created_by in (select 'visitor:' || session_id from sessions)
  ), recorded as (
    update audit_entry set change = '{}' where workspace_id = $1 and object_id = any ($3::uuid[])
  ), merged as (
    delete from contact_merge where workspace_id = $1
      and (kept_id in (select contact_id from rows) or merged_id in (select contact_id from rows))
  ), blocked as (
    delete from contact_block where workspace_id = $1 and contact_id in (select contact_id from rows)
  ), gone as (
    delete from contact where workspace_id = $1 and contact_id in (select contact_id from rows) returning 1
  )
  select (select count(*)::integer from gone) as identities, s.session_id as "sessionId"
  from (select) one left join sessions s on true`,
).needs('contact', 'rights');

/** `streamIds`: as `listStreamsOf`. Answers how many rows the contact had, and the sessions that ended. */
export async function eraseContactRows(
  tx: Writing<typeof eraseRest_, Tx>,
  args: ContactKey & { streamIds: readonly string[] },
): Promise<{ identities: number; sessionIds: string[] }> {
  const { workspaceId, contactId, streamIds } = args;
  const values = [workspaceId, contactId, streamIds, kindsWith('visitors', 'here')];
  const rows = await query(tx, eraseRest_, values);
  const sessionIds = rows.flatMap(({ sessionId }) => (sessionId === null ? [] : [sessionId]));
  return { identities: rows[0]?.identities ?? 0, sessionIds };
}
