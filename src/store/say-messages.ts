// Writes messages of many conversations over the web in one batch, each message once.

import { mirrorDeliveries } from '../contract/channel-kinds.ts';
import type { MessageAttachment } from '../contract/events.ts';
import { isToRoute, sendFirstMessage } from './ask-again.ts';
import { batch } from './batch.ts';
import { tellDesk } from './desk-rooms.ts';
import type { Writing } from './effects.ts';
import { nobody, noteBound, others, type ToldParts } from './guess-bound.ts';
import { hearSilence } from './silence-columns.ts';
import { query, statement } from './sql.ts';
import { turnFor } from './target-columns.ts';
import { eventFacts } from './tell-endpoints.ts';
import { WEB_SESSION_STANDS, webSessions } from './web-sessions.ts';

export interface Saying {
  conversationId: string;
  messageId: string;
  authorKind: 'contact' | 'agent';
  /** The contact of the conversation, or the agent who holds it: others are refused. */
  authorId: string;
  /** For a visitor: after this session has ended, messages are refused. null: for an agent. */
  sessionId: string | null;
  text: string;
  attachments: readonly MessageAttachment[];
  /** The sender's own name for it: a repeat is answered with the stored message. */
  clientMessageId: string | null;
  /** Marked by the network as a repeat; without a name it is recognised by its text. */
  isRepeat: boolean;
}

export interface Said {
  place: number;
  /** parked: the contact has written to what is parked, which has to come back first; nothing is stored. */
  outcome: 'stored' | 'repeat' | 'closed' | 'parked' | 'not-yours' | 'session-over' | 'unknown';
  messageId: string | null;
  seq: number | null;
  /** The agent who wrote it has not accepted the conversation yet. */
  offered: boolean;
  /** An endpoint is bound to an event of this item or of another in the batch. */
  told: boolean;
  /** Of this item or of another in the batch: rules look at the first message. */
  toRoute: boolean;
  /** An endpoint is bound to what is said. */
  bound: boolean;
}

const input = batch<Saying>(2, {
  conversation_id: ['uuid', ({ conversationId }) => conversationId],
  message_id: ['uuid', ({ messageId }) => messageId],
  author_kind: ['text', ({ authorKind }) => authorKind],
  author_id: ['uuid', ({ authorId }) => authorId],
  text: ['text', ({ text }) => text],
  attachments: ['jsonb', ({ attachments }) => attachments],
  client_message_id: ['text', ({ clientMessageId }) => clientMessageId],
  is_repeat: ['boolean', ({ isRepeat }) => isRepeat],
  session_id: ['uuid', ({ sessionId }) => sessionId],
});

// Rows are locked in the order of their ids, as claims and closings do. Sessions are looked up one
// by one: by "exists" the planner read all of them for each batch. A repeat that another node is
// writing at this moment fails on the unique index, and is found when the batch is tried again.
const sayTelling = (to: ToldParts) => `with input as (
    select * from ${input.rows} t where ${to.onlyIf}
  ), locked as materialized (
    select i.conversation_id, c.state, c.agent_id, c.contact_id, c.message_seq, c.confirmed_at
    from (select distinct conversation_id from input order by conversation_id) i
    cross join lateral (select state, agent_id, contact_id, message_seq, confirmed_at from conversation
      where workspace_id = $1 and conversation_id = i.conversation_id for update) c
  ), known as materialized (
    select i.place, m.message_id, m.seq from input i cross join lateral (
      select message_id, seq from message where workspace_id = $1 and conversation_id = i.conversation_id
        and author_kind = i.author_kind and client_message_id = i.client_message_id
        and (author_kind = 'contact' or author_id = i.author_id)) m
    union all
    select i.place, m.message_id, m.seq from input i join locked l on l.conversation_id = i.conversation_id
    cross join lateral (select message_id, seq from message where workspace_id = $1 and conversation_id = i.conversation_id
      and seq > l.message_seq - 20 and author_kind = i.author_kind and author_id = i.author_id and text = i.text
      and created_at > clock_timestamp() - interval '2 seconds' order by seq desc limit 1) m
    where i.is_repeat and i.client_message_id is null
  ), standing as materialized (
    select i.session_id from (select distinct session_id from input where session_id is not null) i
    cross join lateral (select from ${webSessions}
      where s.workspace_id = $1 and s.session_id = i.session_id and ${WEB_SESSION_STANDS} limit 1) s
  ), judged as materialized (
    select i.*, k.message_id as known_id, k.seq as known_seq, case
        when i.session_id is not null and st.session_id is null then 'session-over'
        when k.message_id is not null then 'repeat' when l.conversation_id is null then 'unknown'
        when l.state = 'closed' then 'closed'
        when i.author_id is distinct from case i.author_kind when 'agent' then l.agent_id else l.contact_id end then 'not-yours'
        when l.state = 'parked' and i.author_kind = 'contact' then 'parked' else 'stored' end as outcome,
      l.state = 'assigned' and l.confirmed_at is null and i.author_kind = 'agent' and i.author_id = l.agent_id as offered
    from input i left join locked l on l.conversation_id = i.conversation_id left join known k on k.place = i.place
    left join standing st on st.session_id = i.session_id
  ), fresh as materialized (
    select j.*, row_number() over (partition by conversation_id order by place)::integer as n,
      count(*) over (partition by conversation_id)::integer as added
    from judged j where outcome = 'stored'
  ), counted as (
    update conversation c set message_seq = c.message_seq + f.added, event_seq = c.event_seq + f.added,
      active_at = clock_timestamp(), ${sendFirstMessage('c', 'true')}, ${turnFor('c', 'any (f.authors)')},
      ${hearSilence('c', { byAgent: `'agent' = any (f.authors)`, byContact: `'contact' = any (f.authors)` })}
    from (select conversation_id, added, array_agg(author_kind) as authors from fresh group by conversation_id, added) f
    where c.workspace_id = $1 and c.conversation_id = f.conversation_id
    returning c.*, f.added, clock_timestamp() as said_at
  ), facts as materialized (
    select ${eventFacts('c', 'c.event_seq - c.added + f.n')}, c.message_seq - c.added + f.n as seq, c.said_at,
      f.message_id, f.author_kind, f.author_id, f.text, f.attachments, f.client_message_id
    from fresh f join counted c on c.conversation_id = f.conversation_id
  ), said as (
    insert into message (workspace_id, conversation_id, seq, message_id, kind, author_kind, author_id, text,
      attachments, created_at, client_message_id)
    select $1, conversation_id, seq, message_id, 'text', author_kind, author_id, text, attachments, said_at,
      client_message_id from facts
  ), seen as (
    update web_conversation w set seen_at = clock_timestamp()
    from (select distinct conversation_id from fresh where author_kind = 'contact') v
    where w.workspace_id = $1 and w.conversation_id = v.conversation_id
      and w.seen_at not between clock_timestamp() - interval '5 seconds' and clock_timestamp()
  ), ${tellDesk({ source: 'facts', at: 'said_at', type: mirrorDeliveries.said })}, ${to.append({
    source: 'facts',
    type: `'message.created'`,
    at: 'said_at',
    data: `jsonb_build_object('messageId', message_id, 'messageSeq', seq, 'kind', 'text', 'authorKind', author_kind,
      'authorId', author_id, 'text', text, 'attachments', attachments, 'late', false)`,
  })}
  select j.place::integer, j.outcome, coalesce(j.known_id, f.message_id) as "messageId", coalesce(j.known_seq, f.seq) as seq,
    coalesce(j.offered, false) as offered,
    ${to.isTold} or exists (select from told_desk) as told, ${to.isBound} as bound,
    exists (select from counted c where ${isToRoute('c')}) as "toRoute"
  from judged j left join facts f on f.message_id = j.message_id order by j.place`;

const EFFECTS = ['send', 'message', 'wake'] as const;
const say_ = {
  told: statement<Said>('say-messages', sayTelling(others)).needs(...EFFECTS),
  untold: statement<Said>('say-messages-untold', sayTelling(nobody)).needs(...EFFECTS),
};

/**
 * One answer for each, in the order given; null: an endpoint is bound after all, and nothing is stored. No two of a batch
 * may be repeats of each other.
 */
export async function sayMessages(
  db: Writing<typeof say_.told>,
  workspaceId: string,
  { sayings, isBound }: { sayings: readonly Saying[]; isBound: boolean },
): Promise<Said[] | null> {
  const by = isBound ? say_.told : say_.untold;
  const said = await query(db, by, [workspaceId, ...input.values(sayings)]);
  const [first] = said;
  if (sayings.length > 0 && first === undefined) return null;
  if (first !== undefined) noteBound(workspaceId, first.bound);
  return said;
}
