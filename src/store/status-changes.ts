// What agents were, and why: every change at the moment in which it became true.
import type { StatusCause } from '../contract/statuses.ts';
import type { Writing } from './effects.ts';
import { query, statement } from './sql.ts';
import type { RoutingTx } from './tx.ts';

/** What an agent became beside the availability. */
export interface StatusWhy {
  cause: StatusCause;
  /** null: nobody but the house. */
  by: string | null;
  reason?: string | null | undefined;
}

/** SQL: why an agent whose lease has ended is offline. */
export const LAPSED_BECAUSE = `case when signed_out then 'signed-out' when push_missed then 'push-missed' else 'no-sign-of-life' end`;

/** SQL: a lateral join of the agent's last change, as `last`. */
export function lastChange(agentId: string): string {
  return `left join lateral (
    select c.at, c.availability, c.status_id, c.cause, c.by, c.reason from agent_status_change c
    where c.workspace_id = $1 and c.agent_id = ${agentId} order by c.at desc, c.change_id desc limit 1
  ) last on true`;
}

/**
 * A CTE after one called `source`, of agent_id, since, availability, status_id, cause, by and
 * reason. No change is before the one before it, also if the clock was.
 */
export function recordChanges(source: string): string {
  return `recorded as (
    insert into agent_status_change (workspace_id, agent_id, at, availability, status_id, cause, by, reason)
    select $1, s.agent_id, greatest(date_trunc('milliseconds', s.since), last.at), s.availability, s.status_id,
      s.cause, s.by, s.reason
    from ${source} s ${lastChange('s.agent_id')}
    returning agent_id, at as since, availability, status_id, cause, by, reason
  )`;
}

/**
 * CTEs after one called `changed`, which also has event_seq, of the last event, and came: the
 * availability is another. They record each change, and write its facts and their deliveries.
 */
export const RECORD_AND_TELL = `${recordChanges('changed')}, news as materialized (
    select s.agent_id, s.event_seq - 1 as seq, 'agent.availability-changed' as type,
      gen_random_uuid() as event_id, clock_timestamp() as at, jsonb_build_object('availability', s.availability) as data
    from changed s where s.came
    union all
    select s.agent_id, s.event_seq, 'agent.status-changed', gen_random_uuid(), clock_timestamp(),
      jsonb_build_object('availability', r.availability, 'statusId', r.status_id, 'status', l.name, 'cause', r.cause,
        'by', r.by, 'reason', r.reason, 'since', to_char(r.since at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
    from changed s join recorded r using (agent_id)
    left join agent_status l on l.workspace_id = $1 and l.status_id = r.status_id
  ), logged as (
    insert into event (workspace_id, stream_id, seq, event_id, type, at, data)
    select $1, agent_id, seq, event_id, type, at, data from news
  ), told_endpoints as (
    insert into delivery (workspace_id, subscriber_id, stream_id, event_id, type, payload, state, due_at, created_at)
    select $1, b.endpoint_id, n.agent_id, n.event_id, b.type,
      jsonb_build_object('event', n.type, 'seq', n.seq, 'at', n.at, 'data', n.data),
      case when e.enabled then 'pending' else 'held' end, n.at, n.at
    from news n join endpoint_binding b on b.workspace_id = $1 and b.event_type = n.type
    join endpoint e on e.workspace_id = $1 and e.endpoint_id = b.endpoint_id
    order by n.agent_id, n.seq
  )`;

const record_ = statement<never>(
  'record-status-change',
  `with changed as materialized (
    select $2::uuid as agent_id, clock_timestamp() as since, $3::text as availability, $4::uuid as status_id,
      $5::text as cause, $6::text as by, $7::text as reason, $8::integer as event_seq, $9::boolean as came
  ), ${RECORD_AND_TELL}
  select from recorded`,
).needs('send');

/** Of one agent, who was just changed; `eventSeq` is that of the last event. */
export async function recordStatusChange(
  tx: Writing<typeof record_, RoutingTx>,
  key: { workspaceId: string; agentId: string },
  change: StatusWhy & {
    availability: string;
    statusId: string | null;
    eventSeq: number;
    availabilityChanged: boolean;
  },
): Promise<void> {
  await query(tx, record_, [
    key.workspaceId,
    key.agentId,
    change.availability,
    change.statusId,
    change.cause,
    change.by,
    change.reason ?? null,
    change.eventSeq,
    change.availabilityChanged,
  ]);
}
