// How long agents count as present without a sign of life.
import type { Writing } from './effects.ts';
import { type Db, query, queryOne, statement } from './sql.ts';
import type { RoutingTx } from './tx.ts';
import { listing } from './workspaces-with.ts';

/** After a CTE `s` of agent_id, event_seq, event_id and at: the fact, and its deliveries. */
function tellAvailability(availability: 'online' | 'offline'): string {
  return `), logged as (
    insert into event (workspace_id, stream_id, seq, event_id, type, at, data)
    select $1, agent_id, event_seq, event_id, 'agent.availability-changed', at, '{"availability":"${availability}"}' from s
  ), told_endpoints as (
    insert into delivery (workspace_id, subscriber_id, stream_id, event_id, type, payload, state, due_at, created_at)
    select $1, b.endpoint_id, s.agent_id, s.event_id, b.type, jsonb_build_object('event', 'agent.availability-changed',
      'seq', s.event_seq, 'at', s.at, 'data', '{"availability":"${availability}"}'::jsonb),
      case when e.enabled then 'pending' else 'held' end, s.at, s.at
    from s cross join endpoint_binding b
    join endpoint e on e.workspace_id = $1 and e.endpoint_id = b.endpoint_id
    where b.workspace_id = $1 and b.event_type = 'agent.availability-changed'
  )`;
}

// Coming online is an event; a further sign of life is not. An agent who chose to be away stays
// away. Whoever chose to be offline comes back by a sign of life, and not by a mere renewal, which
// may have been sent before the choice.
const renew_ = statement<{ agentId: string; came: boolean }>(
  'renew-leases',
  `with before as (
    select a.agent_id, a.availability, a.availability <> 'offline' or a.lapsed or not $4 as counts
    from unnest($2::uuid[]) as heard(id)
    join agent a on a.workspace_id = $1 and a.agent_id = heard.id and a.deleted_at is null
  ), renewed as (
    update agent a set lease_until = clock_timestamp() + make_interval(secs => $3 / 1000.0),
      availability = case b.availability when 'offline' then 'online' else b.availability end,
      availability_changed_at = case b.availability when 'offline' then clock_timestamp() else a.availability_changed_at end,
      lapsed = false, event_seq = a.event_seq + case b.availability when 'offline' then 1 else 0 end,
      roster_version = nextval('roster_version')
    from before b where a.workspace_id = $1 and a.agent_id = b.agent_id and b.counts
    returning a.agent_id, b.availability = 'offline' as came, a.event_seq
  ), s as (
    select agent_id, event_seq, gen_random_uuid() as event_id, clock_timestamp() as at from renewed where came
  ${tellAvailability('online')}
  select b.agent_id as "agentId", coalesce(r.came, false) as came from before b left join renewed r using (agent_id)`,
).needs('wake', 'send', 'agent');

/**
 * Of agents who sent a sign of life, which leaves out those who are not known. `onlyRenews`: it
 * brings back nobody who chose to be offline. `came`: they were offline.
 */
export function renewLeases(
  tx: Writing<typeof renew_, RoutingTx>,
  args: { workspaceId: string; agentIds: readonly string[]; ttlMs: number; onlyRenews: boolean },
): Promise<{ agentId: string; came: boolean }[]> {
  const { workspaceId, agentIds, ttlMs, onlyRenews } = args;
  return query(tx, renew_, [workspaceId, agentIds, ttlMs, onlyRenews]);
}

const shorten_ = statement<{ agentId: string }>(
  'shorten-lease',
  `update agent set lease_until = least(lease_until, clock_timestamp() + make_interval(secs => $3 / 1000.0)),
    roster_version = nextval('roster_version')
  where workspace_id = $1 and agent_id = $2 and deleted_at is null and lease_until < 'infinity'
  returning agent_id as "agentId"`,
);

/**
 * The agent's last connection is gone: the lease ends after a moment. An agent without a lease is
 * not touched.
 */
export async function shortenLease(
  tx: RoutingTx,
  args: { workspaceId: string; agentId: string; graceMs: number },
): Promise<void> {
  await query(tx, shorten_, [args.workspaceId, args.agentId, args.graceMs]);
}

const endLapsed_ = statement<{ agentId: string }>(
  'end-lapsed-leases',
  `with lapsed as (
    update agent set availability = 'offline', lapsed = true, availability_changed_at = lease_until,
      event_seq = event_seq + 1, roster_version = nextval('roster_version')
    where workspace_id = $1 and deleted_at is null and availability = 'online' and lease_until <= clock_timestamp()
    returning agent_id, event_seq
  ), s as (
    select agent_id, event_seq, gen_random_uuid() as event_id, clock_timestamp() as at from lapsed
  ${tellAvailability('offline')}
  select agent_id as "agentId" from lapsed`,
).needs('send', 'agent');

/** Switches agents offline whose lease has expired, and answers which. */
export async function endLapsed(
  tx: Writing<typeof endLapsed_, RoutingTx>,
  workspaceId: string,
): Promise<string[]> {
  return (await query(tx, endLapsed_, [workspaceId])).map(({ agentId }) => agentId);
}

const endsInMs_ = statement<{ leftMs: number | null }>(
  'lease-ends-in-ms',
  `select extract(epoch from min(lease_until) - clock_timestamp())::float8 * 1000 as "leftMs" from agent
  where workspace_id = $1 and deleted_at is null and availability = 'online' and lease_until < 'infinity'`,
);

/** When the next lease of an online agent ends, or has ended; null: there is none. */
export async function leaseEndsInMs(db: Db, workspaceId: string): Promise<number | null> {
  return (await queryOne(db, endsInMs_, [workspaceId]))?.leftMs ?? null;
}

const listOnline_ = statement<{ agentId: string }>(
  'list-online-agents',
  `select agent_id as "agentId" from agent where workspace_id = $1 and deleted_at is null and answers_here
    and availability = 'online' and lease_until > clock_timestamp()`,
);

/** For agents who answer here: for others, the outside system knows who is there. */
export async function listOnlineAgentIds(db: Db, workspaceId: string): Promise<string[]> {
  return (await query(db, listOnline_, [workspaceId])).map(({ agentId }) => agentId);
}

const endLeases_ = statement<never>(
  'end-leases',
  `update agent set lease_until = clock_timestamp(), roster_version = nextval('roster_version')
  where workspace_id = $1 and agent_id = any ($2::uuid[]) and deleted_at is null and lease_until > clock_timestamp()`,
);

/** Also of agents without a lease, who would have stayed online. */
export async function endLeases(
  tx: RoutingTx,
  args: { workspaceId: string; agentIds: readonly string[] },
): Promise<void> {
  await query(tx, endLeases_, [args.workspaceId, args.agentIds]);
}

const listEnding_ = statement<{ workspaceId: string }>(
  'list-workspaces-with-ending-leases',
  listing({
    table: 'agent',
    where: `t.availability = 'online' and t.lease_until < 'infinity'`,
    due: `select from agent a where a.workspace_id = w.workspace_id and a.availability = 'online' and a.deleted_at is null
    and a.lease_until <= statement_timestamp() + make_interval(secs => $1 / 1000.0)`,
  }),
);

/** Workspaces in which the lease of an online agent has ended, or will within that time. */
export async function listWorkspacesWithEndingLeases(db: Db, withinMs: number): Promise<string[]> {
  return (await query(db, listEnding_, [withinMs])).map(({ workspaceId }) => workspaceId);
}
