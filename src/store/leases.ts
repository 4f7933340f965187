// How long agents count as present without a sign of life.
import type { Writing } from './effects.ts';
import { IS_ALIVE } from './login-sessions.ts';
import { type Db, query, queryOne, statement } from './sql.ts';
import { LAPSED_BECAUSE, RECORD_AND_TELL } from './status-changes.ts';
import type { RoutingTx } from './tx.ts';
import { listing } from './workspaces-with.ts';

/** SQL: how long an agent’s phone counts after its last sign of life, by the policy; null: like any other client. */
export const ASLEEP_SECONDS = `(select (p.body ->> 'asleepSeconds')::float8 from policy p where p.workspace_id = $1
      order by p.version desc limit 1)`;

// Coming online is an event; a further sign of life is not, and is not recorded. An agent who chose
// to be away stays away. Whoever chose to be offline comes back by a sign of life, and not by a mere
// renewal, which may have been sent before the choice.
const renew_ = statement<{ agentId: string; came: boolean; isOver: boolean }>(
  'renew-leases',
  `with heard as (
    select a.agent_id, a.asleep_until, a.awake_until, a.availability, a.availability <> 'offline' or a.lapsed or not $4 as brings,
      a.availability = 'online' and a.lease_until <= clock_timestamp() as over
    from unnest($2::uuid[]) as of(id)
    join agent a on a.workspace_id = $1 and a.agent_id = of.id and a.deleted_at is null
  ), renewed as (
    update agent a set asleep_until = asleep.until, awake_until = heard_until, push_missed = false,
      lease_until = greatest(heard_until, asleep.until, case when $5 then a.lease_until end),
      availability = case b.availability when 'offline' then 'online' else b.availability end,
      availability_changed_at = case b.availability when 'offline' then clock_timestamp() else a.availability_changed_at end,
      lapsed = false, signed_out = false, event_seq = a.event_seq + case b.availability when 'offline' then 2 else 0 end,
      roster_version = nextval('roster_version')
    from heard b, lateral (
      select case when $6 then clock_timestamp() + make_interval(secs => ${ASLEEP_SECONDS}) else b.asleep_until end as until,
        greatest(clock_timestamp() + make_interval(secs => $3 / 1000.0), case when $5 then b.awake_until end) as heard_until
    ) asleep where a.workspace_id = $1 and a.agent_id = b.agent_id and b.brings and not b.over
    returning a.agent_id, b.availability = 'offline' as came, a.event_seq, a.availability_changed_at
  ), changed as materialized (
    select agent_id, availability_changed_at as since, 'online' as availability, null::uuid as status_id,
      'sign-of-life' as cause, null::text as by, null::text as reason, event_seq, came from renewed where came
  ), ${RECORD_AND_TELL}
  select b.agent_id as "agentId", coalesce(r.came, false) as came, b.over as "isOver"
  from heard b left join renewed r using (agent_id)`,
).needs('wake', 'send', 'agent');

/**
 * Of agents who sent a sign of life, which leaves out those who are not known. `onlyRenews`: it
 * brings back nobody who chose to be offline. `keepsLonger`: a lease that ends later stays.
 * `sleeps`: a phone was heard of, which counts for as long as the policy says. `came`: they were
 * offline. `isOver`: the lease is over and nobody has noticed; it is not renewed, but must first be
 * ended.
 */
export function renewLeases(
  tx: Writing<typeof renew_, RoutingTx>,
  args: {
    workspaceId: string;
    agentIds: readonly string[];
    ttlMs: number;
    onlyRenews: boolean;
    keepsLonger: boolean;
    sleeps: boolean;
  },
): Promise<{ agentId: string; came: boolean; isOver: boolean }[]> {
  const { workspaceId, agentIds, ttlMs, onlyRenews, keepsLonger, sleeps } = args;
  return query(tx, renew_, [workspaceId, agentIds, ttlMs, onlyRenews, keepsLonger, sleeps]);
}

const shorten_ = statement<{ agentId: string }>(
  'shorten-lease',
  `update agent set asleep_until = case when $4 then null else asleep_until end,
    awake_until = least(awake_until, clock_timestamp() + make_interval(secs => $3 / 1000.0)),
    lease_until = least(lease_until, greatest(clock_timestamp() + make_interval(secs => $3 / 1000.0), case when not $4 then asleep_until end)),
    roster_version = nextval('roster_version')
  where workspace_id = $1 and agent_id = $2 and deleted_at is null and lease_until < 'infinity'
  returning agent_id as "agentId"`,
);

/**
 * The agent's last connection is gone: the lease ends after a moment, or when a phone that may sleep
 * counts no more. `awake`: it was a phone that sleeps no more. An agent without a lease is not
 * touched.
 */
export async function shortenLease(
  tx: RoutingTx,
  args: { workspaceId: string; agentId: string; graceMs: number; awake: boolean },
): Promise<void> {
  await query(tx, shorten_, [args.workspaceId, args.agentId, args.graceMs, args.awake]);
}

const noteSignedOut_ = statement<never>(
  'note-signed-out',
  `update agent a set signed_out = true, asleep_until = null,
    lease_until = case when a.asleep_until is null then a.lease_until
      else least(a.lease_until, clock_timestamp() + make_interval(secs => $3 / 1000.0)) end,
    roster_version = nextval('roster_version')
  from user_account u
  where u.workspace_id = $1 and u.user_id = any ($2::uuid[]) and a.workspace_id = $1 and a.agent_id = u.agent_id
    and not exists (select from login_session l where l.workspace_id = $1 and l.user_id = u.user_id and l.stage = 'full' and ${IS_ALIVE})`,
);

/**
 * Those of the people who are not signed in anywhere any more: when the agent's lease ends, that is
 * why. A phone that sleeps counts for that long no more. The lease itself may be kept by another
 * client.
 */
export async function noteSignedOut(
  tx: RoutingTx,
  args: { workspaceId: string; userIds: readonly string[]; graceMs: number },
): Promise<void> {
  await query(tx, noteSignedOut_, [args.workspaceId, args.userIds, args.graceMs]);
}

const endLapsed_ = statement<{ agentId: string }>(
  'end-lapsed-leases',
  `with lapsed as (
    update agent set availability = 'offline', lapsed = true, availability_changed_at = lease_until,
      event_seq = event_seq + 2, roster_version = nextval('roster_version')
    where workspace_id = $1 and deleted_at is null and availability = 'online' and lease_until <= clock_timestamp()
      and ($2::uuid is null or agent_id = $2)
    returning agent_id, event_seq, lease_until, signed_out, push_missed
  ), changed as materialized (
    select agent_id, lease_until as since, 'offline' as availability, null::uuid as status_id, ${LAPSED_BECAUSE} as cause,
      null::text as by, null::text as reason, event_seq, true as came from lapsed
  ), ${RECORD_AND_TELL}
  select agent_id as "agentId" from lapsed`,
).needs('send', 'agent');

/**
 * Switches agents offline whose lease has expired, as from that moment, and answers which.
 * `agentId`: that one alone.
 */
export async function endLapsed(
  tx: Writing<typeof endLapsed_, RoutingTx>,
  { workspaceId, agentId = null }: { workspaceId: string; agentId?: string | null },
): Promise<string[]> {
  return (await query(tx, endLapsed_, [workspaceId, agentId])).map((row) => row.agentId);
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
  `select agent_id as "agentId" from agent where workspace_id = $1 and deleted_at is null and answers_here and kind = 'human'
    and availability = 'online' and lease_until > clock_timestamp()`,
);

/** For people who answer here: for others, the outside system knows who is there. */
export async function listOnlineAgentIds(db: Db, workspaceId: string): Promise<string[]> {
  return (await query(db, listOnline_, [workspaceId])).map(({ agentId }) => agentId);
}

const endLeases_ = statement<never>(
  'end-leases',
  `update agent set lease_until = clock_timestamp(), asleep_until = null, roster_version = nextval('roster_version')
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
