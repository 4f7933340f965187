// Writes what plans say to contacts: system messages, each once by its key, in the transaction of its cause.
import { deliveryTypes, mirrorDeliveries } from '../contract/channel-kinds.ts';
import { batch } from './batch.ts';
import { tellDesk } from './desk-rooms.ts';
import { lookedUp, unindexed } from './guide-planner.ts';
import { type Call, statement } from './sql.ts';
import { appendAndTell, eventFacts } from './tell-endpoints.ts';

export interface PlanSaying {
  conversationId: string;
  /** Of the cause: the message's own name, by which it is written once. */
  key: string;
  text: string;
}

export interface PlanSaid {
  conversationId: string;
  seq: number;
  /** Something is to be sent. */
  told: boolean;
}

/** Given a CTE wanted(conversation_id, key, text, place) of conversations that are locked and open. */
const saying = (types: string): string => `fresh as materialized (
    select w.*, row_number() over (partition by conversation_id order by place)::integer as n,
      count(*) over (partition by conversation_id)::integer as added
    from wanted w left join ${lookedUp(`select true as said from message m where m.workspace_id = $1
      and m.conversation_id = w.conversation_id and m.author_kind = 'system' and m.client_message_id = w.key`)} m on true
    where m.said is null
  ), counted as (
    update conversation c set message_seq = c.message_seq + f.added, event_seq = c.event_seq + f.added
    from (select distinct conversation_id, added from fresh) f
    where c.workspace_id = $1 and c.conversation_id = f.conversation_id
    returning c.*, f.added, clock_timestamp() as said_at
  ), facts as materialized (
    select ${eventFacts('c', 'c.event_seq - c.added + f.n')}, c.message_seq - c.added + f.n as seq, c.said_at,
      gen_random_uuid() as message_id, f.key, f.text, h.kind
    from fresh f join counted c on c.conversation_id = f.conversation_id
    join channel h on h.workspace_id = $1 and h.channel_id = c.channel_id
  ), sent as (
    insert into delivery (workspace_id, subscriber_id, stream_id, type, payload, due_at, created_at)
    select $1, channel_id, conversation_id, ${types} ->> kind, jsonb_build_object('messageId', message_id), said_at, said_at
    from facts where ${types} ? kind order by conversation_id, seq
    returning delivery_id, payload ->> 'messageId' as message_id
  ), said as (
    insert into message (workspace_id, conversation_id, seq, message_id, kind, author_kind, text, attachments, created_at,
      client_message_id, delivery_id)
    select $1, f.conversation_id, f.seq, f.message_id, 'text', 'system', f.text, '[]', f.said_at, f.key, s.delivery_id
    from facts f left join sent s on s.message_id = f.message_id::text
  ), ${tellDesk({ source: 'facts', at: 'said_at', type: mirrorDeliveries.said })}, ${appendAndTell({
    source: 'facts',
    type: `'message.created'`,
    at: 'said_at',
    data: `jsonb_build_object('messageId', message_id, 'messageSeq', seq, 'kind', 'text', 'authorKind', 'system',
      'authorId', null, 'text', text, 'attachments', '[]'::jsonb, 'late', false)`,
  })}
  select conversation_id as "conversationId", seq::integer,
    exists (select from sent) or exists (select from told_endpoints) or exists (select from told_desk) as told from facts`;

const TOLD_BY = JSON.stringify(deliveryTypes('said'));

const input = batch<PlanSaying>(3, {
  conversation_id: ['uuid', ({ conversationId }) => conversationId],
  key: ['text', ({ key }) => key],
  text: ['text', ({ text }) => text],
});

// What was placed by the same transaction is locked by it; what somebody changed meanwhile was not
// placed, and its route does not know the cause: it is said when it is placed.
const sayWords_ = statement<PlanSaid>(
  'say-words',
  `with input as (
    select * from ${input.rows} t
  ), locked as materialized (
    select c.conversation_id, c.route
    from (select distinct conversation_id from input order by conversation_id) g
    cross join lateral (select conversation_id, route from conversation
      where workspace_id = $1 and conversation_id = g.conversation_id and ${unindexed('state')} <> 'closed' for update skip locked) c
  ), wanted as materialized (
    select i.* from input i join locked l on l.conversation_id = i.conversation_id where l.route -> 'told' ? i.key
  ), ${saying('$2::jsonb')}`,
).needs('send', 'message');

/** After the placing that has noted their keys (`route.told`), in its transaction. */
export function sayingWords(
  workspaceId: string,
  sayings: readonly PlanSaying[],
): Call<PlanSaid, 'send' | 'message'> {
  return { statement: sayWords_, values: [workspaceId, TOLD_BY, ...input.values(sayings)] };
}

const sayNow_ = statement<PlanSaid>(
  'say-words-now',
  `with wanted as (select * from ${input.rows} t), ${saying('$2::jsonb')}`,
).needs('send', 'message');

/** In the transaction of their cause, which has the rows of the open conversations locked. */
export function sayingNow(
  workspaceId: string,
  sayings: readonly PlanSaying[],
): Call<PlanSaid, 'send' | 'message'> {
  return { statement: sayNow_, values: [workspaceId, TOLD_BY, ...input.values(sayings)] };
}

// Who has accepted nothing yet may still decline, and a bot says itself what it is. The agent's name is put between the parts.
const greet_ = statement<PlanSaid>(
  'greet-assigned',
  `with wanted as materialized (
    select c.conversation_id, 'assigned:' || a.assignment_id as key, 1 as place,
      (select string_agg(part, g.name order by nth) from jsonb_array_elements_text(c.route -> 'assigned')
        with ordinality as p(part, nth)) as text
    from (select distinct id from jsonb_array_elements_text($3::jsonb) as t(id)) i
    cross join lateral (select conversation_id, agent_id, route from conversation where workspace_id = $1
      and conversation_id = i.id::uuid and ${unindexed('state')} = 'assigned' and confirmed_at is not null and route ? 'assigned' for update) c
    cross join ${lookedUp(`select a.assignment_id from assignment a
      where a.workspace_id = $1 and a.conversation_id = c.conversation_id and a.ended_at is null`)} a
    cross join ${lookedUp(`select g.name from agent g
      where g.workspace_id = $1 and g.agent_id = c.agent_id and g.kind = 'human'`)} g
  ), ${saying('$2::jsonb')}`,
).needs('send', 'message');

/** In the transaction that assigned or confirmed them; those of which nothing is to be said are left out. */
export function greeting(
  workspaceId: string,
  conversationIds: readonly string[],
): Call<PlanSaid, 'send' | 'message'> {
  return { statement: greet_, values: [workspaceId, TOLD_BY, JSON.stringify(conversationIds)] };
}
