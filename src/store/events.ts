// What happened, in order.

import type { EventType } from '../contract/event-types.ts';
import type { Writing } from './effects.ts';
import { type Db, query, queryOne, statement } from './sql.ts';
import type { Tx } from './tx.ts';

export interface EventRow {
  eventId: string;
  seq: number;
  type: string;
  at: Date;
  data: Record<string, unknown>;
}

const listEvents_ = statement<EventRow>(
  'list-events',
  `select event_id as "eventId", seq, type, at, data from event
  where workspace_id = $1 and stream_id = $2 and seq > $3 order by seq limit $4`,
);

/** Of one conversation or agent, oldest first. */
export function listEvents(
  db: Db,
  args: { workspaceId: string; streamId: string; afterSeq: number; limit: number },
): Promise<EventRow[]> {
  return query(db, listEvents_, [args.workspaceId, args.streamId, args.afterSeq, args.limit]);
}

// Also of agents, contacts and endpoints, whose facts come as `facts`; conversations append theirs
// in the statement that changes them (tell-endpoints.ts).
const appendEvent_ = statement<{ eventId: string }>(
  'append-event',
  `with s as materialized (
    select gen_random_uuid() as event_id, clock_timestamp() as at
  ), logged as (
    insert into event (workspace_id, stream_id, seq, event_id, type, at, data)
    select $1, $2, $3, s.event_id, $4, s.at, $5 from s
  ), told_endpoints as (
    insert into delivery (workspace_id, subscriber_id, stream_id, event_id, type, payload, state, due_at, created_at)
    select $1, b.endpoint_id, $2, s.event_id, b.type,
      jsonb_build_object('event', $4::text, 'seq', $3::integer, 'at', s.at, 'data', $5::jsonb) || $6::jsonb,
      case when e.enabled then 'pending' else 'held' end, s.at, s.at
    from s cross join endpoint_binding b
    join endpoint e on e.workspace_id = $1 and e.endpoint_id = b.endpoint_id
    where b.workspace_id = $1 and b.event_type = $4
  )
  select event_id as "eventId" from s`,
).needs('send');

/** Answers its id. The caller holds the lock on the row that counts `seq`. */
export async function appendEvent(
  tx: Writing<typeof appendEvent_, Tx>,
  event: {
    workspaceId: string;
    streamId: string;
    seq: number;
    type: EventType;
    data: Record<string, unknown>;
    facts?: Record<string, unknown>;
  },
): Promise<string> {
  const { workspaceId, streamId, seq, type, data, facts = {} } = event;
  const values = [workspaceId, streamId, seq, type, JSON.stringify(data), JSON.stringify(facts)];
  const row = await queryOne(tx, appendEvent_, values);
  if (row === null) throw new Error('The event was not appended.');
  return row.eventId;
}
