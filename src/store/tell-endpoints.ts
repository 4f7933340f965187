// The part of a statement that writes a delivery to every endpoint bound to the event it appends, and
// an update for the program of its channel.
import { updateEvents } from '../contract/updates.ts';
import { lookedUp } from './guide-planner.ts';

/**
 * What a statement that appends an event of a conversation returns of its row `alias`: the event's
 * id, and the facts that bodies are made of, as they are after the statement. `seq`: the event's
 * number, where it is not simply the row's last.
 */
export function eventFacts(
  alias: string,
  seq = `${alias}.event_seq`,
  other: Readonly<Record<string, string>> = {},
): string {
  const columns =
    'conversation_id, channel_id, external_id, contact_id, state, priority, team_id, agent_id, queued_at, assigned_at, closed_at, close_reason, close_note, tags, categories, close_meta, came_back, previous_agent_id, previous_assigned_at';
  const facts = columns
    .split(', ')
    .map((column) => (column in other ? `${other[column]} as ${column}` : `${alias}.${column}`));
  return [...facts, `${seq} as event_seq`, 'gen_random_uuid() as event_id'].join(', ');
}

/** The name by which events call the app of a channel `h`, as Gitple does. */
export const APP_CODE = `coalesce(nullif(h.config ->> 'appCode', ''), h.config ->> 'appId', h.channel_id::text)`;

/** An event of each row of a CTE `source` that returned eventFacts; `at` and `data` are SQL over its columns. */
interface Appended {
  source: string;
  type: string;
  at: string;
  data: string;
  /** Of the names of its CTEs, where a statement writes two kinds of events. */
  suffix?: string;
  /** The suffix of the event that is told before this one. */
  after?: string | undefined;
}

/** SQL of a type that is known before the statement runs. */
const isLiteral = (type: string): boolean => type.startsWith("'");

const KIND_OF = (agentId: string): string =>
  `(select g.kind from agent g where g.workspace_id = $1 and g.agent_id = ${agentId})`;

/** What a statement tells of only this type; of others it is not known before it runs. */
const isAlways = (type: string, name: string): boolean => type === `'${name}'`;
const mayBe = (type: string, name: string): boolean => !isLiteral(type) || isAlways(type, name);

/** SQL: of what is said a bot is told what the contact says. */
const BY_CONTACT = `s.data ->> 'authorKind' = 'contact' and s.data ->> 'kind' = 'text'`;

/**
 * SQL: event `s` of the type is about what the bot of binding `b` has, or has just lost. A type that is known asks for no
 * more than it needs.
 */
function concernsBot(b: string, type: string): string {
  if (isAlways(type, 'message.created')) return `s.agent_id = ${b}.bot_id and ${BY_CONTACT}`;
  if (isAlways(type, 'conversation.closed')) return `s.agent_id = ${b}.bot_id`;
  if (isLiteral(type)) return `coalesce(s.agent_id, s.previous_agent_id) = ${b}.bot_id`;
  return `case when s.agent_id is null then
        s.previous_agent_id = ${b}.bot_id and ${b}.event_type not in ('message.created', 'conversation.closed')
      else s.agent_id = ${b}.bot_id and (${b}.event_type <> 'message.created' or ${BY_CONTACT}) end`;
}

/** So much of what was said before goes with the conversation that a bot is given. */
const HISTORY = { messages: 50, characters: 2000 };

/**
 * SQL: ` || ` and an object with what was said before, for the bot of binding `b` that is given the conversation of `s`.
 * Empty for a type that gives nothing: PostgreSQL makes ready all parts of a statement before it knows whether they run,
 * and this one was most of what bots added to each message.
 */
function historyFor(b: string, type: string): string {
  if (!mayBe(type, 'conversation.assigned')) return '';
  return ` || case when ${b}.bot_id is not null and ${b}.event_type = 'conversation.assigned'
      then jsonb_build_object('given', jsonb_build_object('contact', jsonb_build_object('externalId', k.external_id, 'name', k.name, 'lang', k.lang),
        'history', (select coalesce(jsonb_agg(jsonb_build_object('seq', m.seq, 'authorKind', m.author_kind,
          'text', left(m.text, ${HISTORY.characters}), 'attachments', m.attachments) order by m.seq), '[]') from (
          select * from message where workspace_id = $1 and conversation_id = s.conversation_id and kind = 'text'
          order by seq desc limit ${HISTORY.messages}) m))) else '{}' end`;
}

/** SQL: no endpoint of workspace $1 is bound to one of the events. */
export function isUnbound(...types: string[]): string {
  return `not exists (select from endpoint_binding where workspace_id = $1 and event_type in (${types.join(', ')}))`;
}

/** The CTE `logged`, for a statement that does nothing unless isUnbound, and no channel has updates. */
export function append({ source, type, at, data, suffix = '' }: Appended): string {
  return `logged${suffix} as (
    insert into event (workspace_id, stream_id, seq, event_id, type, at, data)
    select $1, conversation_id, event_seq, event_id, ${type}, ${at}, ${data} from ${source}
  )`;
}

/**
 * The CTE `updated`, with its comma: only where the channel has updates, and for the types that these
 * tell of. Of a conversation they go in the order of the events.
 */
function addUpdate({ source, type, at, suffix = '' }: Appended): string {
  const quoted = updateEvents.map((one) => `'${one}'`);
  if (isLiteral(type) && !quoted.includes(type)) return '';
  const isTold = isLiteral(type) ? '' : `where ${type} in (${quoted.join(', ')})`;
  return `, updated${suffix} as (
    insert into channel_update (workspace_id, channel_id, conversation_id, event_seq, at)
    select $1, s.channel_id, s.conversation_id, s.event_seq, s.updated_at
    from (select channel_id, conversation_id, event_seq, ${at} as updated_at from ${source}) s
    join channel h on h.workspace_id = $1 and h.channel_id = s.channel_id and h.has_updates
    ${isTold} order by s.conversation_id, s.event_seq
  )`;
}

/** CTEs `logged` and `updated`, and the suffix, for a statement that does nothing unless isUnbound. */
export function appendUntold(event: Appended): string {
  return `${append(event)}${addUpdate(event)}`;
}

/**
 * SQL: the facts that a body is made of, of a row `s` of eventFacts with the column `at`, its channel `h` and its
 * contact `k`.
 */
export function payloadOf(event: string, data: string): string {
  return `jsonb_build_object(
        'event', ${event}, 'seq', s.event_seq, 'at', s.at, 'data', ${data},
        'appCode', ${APP_CODE}, 'conversation', jsonb_build_object(
          'id', s.conversation_id, 'channelId', s.channel_id, 'externalId', s.external_id,
          'contactId', s.contact_id, 'contactGroups', coalesce(k.groups, '{}'), 'state', s.state,
          'priority', s.priority, 'teamId', s.team_id, 'agentId', s.agent_id, 'queuedAt', s.queued_at,
          'assignedAt', s.assigned_at, 'closedAt', s.closed_at, 'closeReason', s.close_reason,
          'closeNote', s.close_note, 'tags', s.tags, 'categories', s.categories, 'closeMeta', s.close_meta,
          'cameBack', s.came_back, 'previousAgentId', s.previous_agent_id, 'previousAssignedAt', s.previous_assigned_at,
          'agentKind', ${KIND_OF('coalesce(s.agent_id, s.previous_agent_id)')}))`;
}

/**
 * CTEs `logged`, `updated`, `bound` and `told_endpoints`, and the suffix. All in one statement, so no event can be written
 * without its deliveries. A workspace without bindings pays for one look into an index, which is
 * why the bindings are read first.
 */
export function appendAndTell(event: Appended): string {
  const { source, type, at, data, suffix = '', after } = event;
  // PostgreSQL writes the parts of a statement in any order that they do not forbid.
  const isNext =
    after === undefined ? '' : `and (select count(*) from told_endpoints${after}) >= 0`;
  return `${appendUntold(event)}, bound${suffix} as materialized (
    select b.endpoint_id, b.type, b.event_type, e.enabled, e.agent_id as bot_id from endpoint_binding b
    join endpoint e on e.workspace_id = $1 and e.endpoint_id = b.endpoint_id
    where b.workspace_id = $1 and b.event_type = ${type}
  ), told_endpoints${suffix} as (
    insert into delivery (workspace_id, subscriber_id, stream_id, event_id, type, payload, state, due_at, created_at)
    select $1, b.endpoint_id, s.conversation_id, s.event_id, b.type, ${payloadOf('b.event_type', 's.data')}${historyFor('b', type)},
      case when b.enabled then 'pending' else 'held' end, s.at, s.at
    from bound${suffix} b
    cross join (select *, ${at} as at, ${data} as data from ${source} where exists (select from bound${suffix}) ${isNext}) s
    join channel h on h.workspace_id = $1 and h.channel_id = s.channel_id
    left join ${lookedUp('select k.groups, k.external_id, k.name, k.lang from contact k where k.workspace_id = $1 and k.contact_id = s.contact_id')} k on true
    where b.bot_id is null or ${concernsBot('b', type)}
    order by s.conversation_id
    returning delivery_id
  )`;
}
