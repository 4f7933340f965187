// What was sent to endpoints and how it went, and the same once more on demand.

import { underWay } from './delivery-claims.ts';
import type { Writing } from './effects.ts';
import { type Db, query, queryOne, statement } from './sql.ts';
import { dueOf } from './take-deliveries.ts';
import type { Tx } from './tx.ts';
import { listing } from './workspaces-with.ts';

export type DeliveryState = 'pending' | 'sending' | 'held' | 'done' | 'failed';

export interface DeliveryRow {
  deliveryId: number;
  endpointId: string;
  eventId: string;
  streamId: string;
  type: string;
  state: DeliveryState;
  attempts: number;
  parked: boolean;
  outcome: string | null;
  dueAt: Date;
  replayOf: number | null;
  createdAt: Date;
  doneAt: Date | null;
}

// A delivery under way is pending in its row; only the claims tell the difference.
const stateShown = `case when d.state = 'pending' and (d.delivery_id, d.attempts) in (${underWay}) then 'sending'
    else d.state end`;

const columns = `d.delivery_id as "deliveryId", d.subscriber_id as "endpointId", d.event_id as "eventId",
  d.stream_id as "streamId", d.type, ${stateShown} as state, d.attempts, d.parked, d.outcome, ${dueOf('d')} as "dueAt",
  d.replay_of as "replayOf", d.created_at as "createdAt", d.done_at as "doneAt"`;

const listDeliveries_ = statement<DeliveryRow>(
  'list-deliveries',
  `select ${columns} from delivery d
  where d.workspace_id = $1 and d.subscriber_id = $2 and d.event_id is not null and d.delivery_id < $3
    and ($4::text is null or ${stateShown} = $4)
  order by d.delivery_id desc limit $5`,
);

/** Of one endpoint, newest first. */
export function listDeliveries(
  db: Db,
  args: {
    workspaceId: string;
    endpointId: string;
    before: number;
    state?: DeliveryState | undefined;
    limit: number;
  },
): Promise<DeliveryRow[]> {
  const { workspaceId, endpointId, before, state = null, limit } = args;
  return query(db, listDeliveries_, [workspaceId, endpointId, before, state, limit]);
}

export interface AttemptRow {
  attempt: number;
  startedAt: string;
  latencyMs: number;
  address: string | null;
  result: string;
  status: number | null;
  answer: string | null;
  requestHeaders: Record<string, string> | null;
}

const getDelivery_ = statement<DeliveryRow & { body: string | null; log: AttemptRow[] }>(
  'get-delivery',
  `select ${columns}, d.body, coalesce((
    select jsonb_agg(jsonb_build_object('attempt', a.attempt, 'startedAt', a.started_at, 'latencyMs', a.latency_ms,
      'address', a.address, 'result', a.result, 'status', a.status, 'answer', a.answer,
      'requestHeaders', a.request_headers) order by a.attempt)
    from delivery_attempt a where a.workspace_id = $1 and a.delivery_id = d.delivery_id), '[]') as log
  from delivery d where d.workspace_id = $1 and d.delivery_id = $2 and d.event_id is not null and d.type not like 'automation:%'`,
);

export interface DeliveryKey {
  workspaceId: string;
  deliveryId: number;
}

/** With every attempt. null: there is none. */
export function getDelivery(
  db: Db,
  key: DeliveryKey,
): Promise<(DeliveryRow & { body: string | null; log: AttemptRow[] }) | null> {
  return queryOne(db, getDelivery_, [key.workspaceId, key.deliveryId]);
}

// A delivery of its own, with the same id and body, first in line and outside the order.
const replaying = `insert into delivery (workspace_id, subscriber_id, stream_id, event_id, type, payload, body, state,
    parked, replay_of, due_at, created_at)
  select $1, o.subscriber_id, o.stream_id, o.event_id, o.type, o.payload, o.body,
    case when e.enabled then 'pending' else 'held' end, true, o.delivery_id, o.created_at, clock_timestamp()
  from delivery o join endpoint e on e.workspace_id = $1 and e.endpoint_id = o.subscriber_id and e.deleted_at is null
    and not e.runs_automations`;

const replayOne_ = statement<{ deliveryId: number }>(
  'replay-delivery',
  `${replaying}
  where o.workspace_id = $1 and o.event_id is not null and o.delivery_id = $2 and o.state in ('done', 'failed') returning delivery_id as "deliveryId"`,
).needs('send');

/** Answers the new delivery's id. null: it has not ended yet, or its endpoint is gone. */
export async function replayDelivery(
  tx: Writing<typeof replayOne_, Tx>,
  key: DeliveryKey,
): Promise<number | null> {
  const row = await queryOne(tx, replayOne_, [key.workspaceId, key.deliveryId]);
  return row?.deliveryId ?? null;
}

const hasten_ = statement<{ deliveryId: number }>(
  'hasten-delivery',
  `update delivery set due_at = clock_timestamp() where workspace_id = $1 and delivery_id = $2 and state = 'pending'
    and (delivery_id, attempts) not in (${underWay})
  returning delivery_id as "deliveryId"`,
).needs('send');

/** Tries one that waits for its retry at once; this counts as the next attempt. */
export async function hastenDelivery(
  tx: Writing<typeof hasten_, Tx>,
  key: DeliveryKey,
): Promise<boolean> {
  return (await queryOne(tx, hasten_, [key.workspaceId, key.deliveryId])) !== null;
}

// Only originals: a replay of a replay would double with every call.
const replaySince_ = statement<{ deliveryId: number }>(
  'replay-since',
  `${replaying}
  where o.workspace_id = $1 and o.event_id is not null and o.subscriber_id = $2 and o.created_at >= $3 and o.replay_of is null
    and (o.state = 'failed' or ($4 and o.state = 'done'))
    and not exists (select from delivery r where r.workspace_id = $1 and r.replay_of = o.delivery_id
      and (r.state in ('pending', 'held') or (not $4 and r.state = 'done')))
  order by o.delivery_id returning delivery_id as "deliveryId"`,
).needs('send');

/**
 * Answers how many. Those already on their way again, or that arrived by a replay, are left out.
 */
export async function replaySince(
  tx: Writing<typeof replaySince_, Tx>,
  args: { workspaceId: string; endpointId: string; since: Date; all: boolean },
): Promise<number> {
  const values = [args.workspaceId, args.endpointId, args.since, args.all];
  return (await query(tx, replaySince_, values)).length;
}

export interface Purged {
  purged: number;
  /** The last id it looked at; null: there was nothing, or another node is doing it. */
  lastId: number | null;
  /** Whether there may be more to delete. */
  more: boolean;
}

// Along the key, which grows with time: rows that stay are passed over, and the walk ends at the
// first thousand that are all young. One node at a time: the lock ends with the statement.
const purge_ = statement<Purged>(
  'purge-deliveries',
  `with mine as materialized (
    select pg_try_advisory_xact_lock(hashtextextended('usher purge ' || $1::text, 0)) as mine
  ), batch as materialized (
    select d.delivery_id, d.created_at < now() - make_interval(days => $3) as old
    from mine cross join lateral (select delivery_id, created_at from delivery
      where mine.mine and workspace_id = $1::uuid and delivery_id > $2 order by delivery_id limit 1000) d
  ), purged as (
    delete from delivery d using batch b
    where d.workspace_id = $1::uuid and d.delivery_id = b.delivery_id and b.old and d.state in ('done', 'failed', 'held')
    returning d.delivery_id
  ), attempts as (
    delete from delivery_attempt a using purged p where a.workspace_id = $1::uuid and a.delivery_id = p.delivery_id
  )
  select (select count(*)::integer from purged) as purged, max(delivery_id) as "lastId",
    coalesce(bool_or(old), false) as more from batch`,
);

/** Looks at a thousand after `afterId`. Never deletes what is still to be sent. */
export async function purgeDeliveries(
  db: Db,
  args: { workspaceId: string; afterId: number; days: number },
): Promise<Purged> {
  const row = await queryOne(db, purge_, [args.workspaceId, args.afterId, args.days]);
  return row ?? { purged: 0, lastId: null, more: false };
}

// The first of a workspace is its oldest, because numbers grow with time.
const listOld_ = statement<{ workspaceId: string }>(
  'list-workspaces-with-old-deliveries',
  listing({
    table: 'delivery',
    due: `select from (select created_at from delivery d where d.workspace_id = w.workspace_id
      order by d.delivery_id limit 1) first
    where first.created_at < now() - make_interval(days => $1)`,
  }),
);

/** Workspaces in which something may be older than the log keeps. */
export async function listWorkspacesWithOldDeliveries(db: Db, days: number): Promise<string[]> {
  return (await query(db, listOld_, [days])).map(({ workspaceId }) => workspaceId);
}
