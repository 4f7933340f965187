// An automation or a macro calls one endpoint: an event of the conversation, delivered to that endpoint alone.
import type { Writing } from './effects.ts';
import { queryOne, statement } from './sql.ts';
import { append, eventFacts, payloadOf } from './tell-endpoints.ts';
import type { Tx } from './tx.ts';

const TYPE = `'automation.called'`;

const call_ = statement<{ bound: boolean }>(
  'call-endpoint',
  `with called as materialized (
    select e.endpoint_id, e.enabled, exists (select from endpoint_binding b where b.workspace_id = $1
      and b.endpoint_id = e.endpoint_id and b.type = ${TYPE}) as bound
    from endpoint e where e.workspace_id = $1 and e.endpoint_id = $3 and e.deleted_at is null and not e.runs_automations
  ), counted as (
    update conversation c set event_seq = c.event_seq + 1 from called
    where c.workspace_id = $1 and c.conversation_id = $2 and called.bound
    returning ${eventFacts('c')}, clock_timestamp() as at
  ), ${append({ source: 'counted', type: TYPE, at: 'at', data: '$4::jsonb' })}, told as (
    insert into delivery (workspace_id, subscriber_id, stream_id, event_id, type, payload, state, due_at, created_at)
    select $1, called.endpoint_id, s.conversation_id, s.event_id, ${TYPE}, ${payloadOf(TYPE, '$4::jsonb')},
      case when called.enabled then 'pending' else 'held' end, s.at, s.at
    from called cross join counted s
    join channel h on h.workspace_id = $1 and h.channel_id = s.channel_id
    left join contact k on k.workspace_id = $1 and k.contact_id = s.contact_id
    returning delivery_id
  )
  select bound from called`,
).needs('send');

/** With the conversation locked. null: there is no such endpoint; false: it takes no calls, and gets none. */
export async function callEndpoint(
  tx: Writing<typeof call_, Tx>,
  call: {
    workspaceId: string;
    conversationId: string;
    endpointId: string;
    data: Record<string, unknown>;
  },
): Promise<boolean | null> {
  const { workspaceId, conversationId, endpointId, data } = call;
  const values = [workspaceId, conversationId, endpointId, JSON.stringify(data)];
  return (await queryOne(tx, call_, values))?.bound ?? null;
}
