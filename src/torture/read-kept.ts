// Reads what the database holds at the end of a round, as values for the checks.
import { deliveredId } from '../contract/delivered-id.ts';
import type { Judge } from './open-database.ts';
import type {
  Kept,
  KeptAssignment,
  KeptConversation,
  KeptEvent,
  KeptLoad,
  KeptMessage,
  KeptTelling,
} from './record.ts';

const ms = (column: string): string => `extract(epoch from ${column})::float8 * 1000`;

const conversations = `select conversation_id as id, external_id as name, channel_id as "channelId", state
  from conversation where workspace_id = $1`;

const events = `select e.event_id as id, e.stream_id as "conversationId", e.seq, e.type, e.data from event e
  join conversation c on c.workspace_id = $1 and c.conversation_id = e.stream_id where e.workspace_id = $1
  order by e.stream_id, e.seq`;

const assignments = `select assignment_id as id, conversation_id as "conversationId", agent_id as "agentId",
  ${ms('assigned_at')} as "from", ${ms('ended_at')} as "to" from assignment where workspace_id = $1`;

const messages = `select conversation_id as "conversationId", client_message_id as "externalId", seq
  from message where workspace_id = $1 and client_message_id is not null`;

// A transaction that gives an agent several notes one state; each names one of them.
const loads = `select l.agent_id as "agentId", l.load_before as "loadBefore", l.load, l.capacity,
  l.claimed as "isClaim", coalesce(e.forced, false) as "isForced", e.assignment_id as "assignmentId"
  from torture_load l left join lateral (
    select bool_or((data ->> 'forced')::boolean) as forced, max(data ->> 'assignmentId') as assignment_id
    from given g where g.xid = l.xid and g.agent_id = l.agent_id::text) e on true
  order by l.noted_id`;
const readLoads = `with given as materialized (
    select xmin::text::xid8 as xid, data ->> 'agentId' as agent_id, data from event
    where workspace_id = $1 and type = 'conversation.assigned') ${loads}`;

const tellings = `select b.endpoint_id as "endpointId", e.event_id as "eventId",
  e.stream_id as "conversationId", e.seq, b.type
  from event e join endpoint_binding b on b.workspace_id = $1 and b.event_type = e.type
  where e.workspace_id = $1 order by e.stream_id, e.seq`;

export async function readKept(judge: Judge, workspaceId: string): Promise<Kept> {
  const values = [workspaceId];
  const told = await judge.read<Omit<KeptTelling, 'id'> & { eventId: string }>(tellings, values);
  return {
    conversations: await judge.read<KeptConversation>(conversations, values),
    events: await judge.read<KeptEvent>(events, values),
    assignments: await judge.read<KeptAssignment>(assignments, values),
    loads: await judge.read<KeptLoad>(readLoads, values),
    messages: await judge.read<KeptMessage>(messages, values),
    tellings: told.map((one) => ({ ...one, id: deliveredId(one) })),
  };
}
