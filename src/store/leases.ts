// How long agents count as present without being heard of again.
import { type Db, query, queryOne, statement } from './sql.ts';
import { dueBehind } from './tell-endpoints.ts';
import type { RoutingTx } from './tx.ts';

// An agent who comes is an event; one who is heard of again is not. Who chose to be away stays so.
const renew_ = statement<{ agentId: string; came: boolean }>(
  'renew-leases',
  `with before as (
    select a.agent_id, a.availability from unnest($2::uuid[]) as heard(id)
    join agent a on a.workspace_id = $1 and a.agent_id = heard.id and a.deleted_at is null
  ), renewed as (
    update agent a set lease_until = clock_timestamp() + make_interval(secs => $3 / 1000.0),
      availability = case b.availability when 'offline' then 'online' else b.availability end,
      availability_changed_at = case b.availability when 'offline' then clock_timestamp() else a.availability_changed_at end,
      event_seq = a.event_seq + case b.availability when 'offline' then 1 else 0 end,
      roster_version = nextval('roster_version')
    from before b where a.workspace_id = $1 and a.agent_id = b.agent_id
    returning a.agent_id, b.availability = 'offline' as came, a.event_seq
  ), s as (
    select agent_id, event_seq, gen_random_uuid() as event_id, clock_timestamp() as at from renewed where came
  ), logged as (
    insert into event (workspace_id, stream_id, seq, event_id, type, at, data)
    select $1, agent_id, event_seq, event_id, 'agent.availability-changed', at, '{"availability":"online"}' from s
  ), told_endpoints as (
    insert into delivery (workspace_id, subscriber_id, stream_id, event_id, type, payload, state, due_at, created_at)
    select $1, b.endpoint_id, s.agent_id, s.event_id, b.type, jsonb_build_object('event', 'agent.availability-changed',
      'seq', s.event_seq, 'at', s.at, 'data', '{"availability":"online"}'::jsonb),
      case when e.enabled then 'pending' else 'held' end, ${dueBehind('s.agent_id')}, s.at
    from s cross join endpoint_binding b
    join endpoint e on e.workspace_id = $1 and e.endpoint_id = b.endpoint_id
    where b.workspace_id = $1 and b.event_type = 'agent.availability-changed'
  )
  select agent_id as "agentId", came from renewed`,
);

/** Of agents who were heard of just now. `came`: they were offline. */
export function renewLeases(
  tx: RoutingTx,
  args: { workspaceId: string; agentIds: readonly string[]; ttlMs: number },
): Promise<{ agentId: string; came: boolean }[]> {
  return query(tx, renew_, [args.workspaceId, args.agentIds, args.ttlMs]);
}

const shorten_ = statement<{ agentId: string }>(
  'shorten-lease',
  `update agent set lease_until = least(lease_until, clock_timestamp() + make_interval(secs => $3 / 1000.0)),
    roster_version = nextval('roster_version')
  where workspace_id = $1 and agent_id = $2 and deleted_at is null and lease_until < 'infinity'
  returning agent_id as "agentId"`,
);

/** The agent's last connection is gone: present for a moment only. One without a lease is not touched. */
export async function shortenLease(
  tx: RoutingTx,
  args: { workspaceId: string; agentId: string; graceMs: number },
): Promise<void> {
  await query(tx, shorten_, [args.workspaceId, args.agentId, args.graceMs]);
}

const anyOnline_ = statement<{ online: boolean }>(
  'any-agent-online',
  `select exists (select from agent where workspace_id = $1 and deleted_at is null and availability = 'online'
    and lease_until > clock_timestamp()) as online`,
);

export async function anyAgentOnline(db: Db, workspaceId: string): Promise<boolean> {
  return (await queryOne(db, anyOnline_, [workspaceId]))?.online ?? false;
}
