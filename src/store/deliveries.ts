// What is on its way out: taken in order per subscriber and conversation, finished once, taken over from the dead.
import { FAILURES_TO_PROBE } from './endpoints.ts';
import { type Db, query, queryOne, statement } from './sql.ts';
import type { Tx } from './tx.ts';

export interface Delivery {
  workspaceId: string;
  deliveryId: number;
  subscriberId: string;
  streamId: string;
  /** Of an endpoint's: the event it tells; null for an effect in an outside system. */
  eventId: string | null;
  type: string;
  payload: Record<string, unknown>;
  createdAt: Date;
  /** What the first attempt sent, which every later one repeats. */
  body: string | null;
  /** This one included. */
  attempts: number;
  parked: boolean;
  /** Answers so far that said it will never be taken. */
  refusals: number;
  /** An earlier attempt ended without our learning whether it took effect. */
  uncertain: boolean;
}

const columns = `d.workspace_id as "workspaceId", d.delivery_id as "deliveryId", d.subscriber_id as "subscriberId",
  d.stream_id as "streamId", d.event_id as "eventId", d.type, d.payload, d.created_at as "createdAt", d.body, d.attempts, d.parked, d.refusals, d.uncertain`;

/** How far apart a failing endpoint is given one each. */
const PROBE_SECONDS = 1;

// For each subscriber the first unfinished delivery of each of its streams that is due: one that waits
// for its retry holds up only its own stream, and a full subscriber no other. `free` tells how many
// more a subscriber may have; one that is not named has all its places free.
const takeDue_ = statement<Delivery>(
  'take-due-deliveries',
  `with subscriber as (
    select channel_id as subscriber_id, $5::integer as most from channel where workspace_id = $1
    union all
    select endpoint_id, case
        when failures < ${FAILURES_TO_PROBE} then $5::integer
        when last_failure_at > clock_timestamp() - interval '${PROBE_SECONDS} second' or exists (
          select from delivery b where b.workspace_id = $1 and b.subscriber_id = e.endpoint_id and b.state = 'sending')
          then 0 else 1 end
    from endpoint e where workspace_id = $1 and enabled and deleted_at is null
  ), due as (
    select d.delivery_id from subscriber s
    left join unnest($3::uuid[], $4::integer[]) as busy(subscriber_id, free) on busy.subscriber_id = s.subscriber_id
    cross join lateral (
      select d.delivery_id from delivery d
      where d.workspace_id = $1 and d.subscriber_id = s.subscriber_id and d.state = 'pending'
        and d.due_at <= clock_timestamp()
        and (d.parked or not exists (select from delivery e where e.workspace_id = $1
          and e.subscriber_id = d.subscriber_id and e.stream_id = d.stream_id and e.delivery_id < d.delivery_id
          and e.state in ('pending', 'sending', 'held') and not e.parked))
      order by d.due_at, d.delivery_id limit least(s.most, coalesce(busy.free, s.most)) for update skip locked) d
  )
  update delivery d set state = 'sending', attempts = d.attempts + 1, sent_by = $2,
    sent_until = clock_timestamp() + case when d.event_id is null then interval '90 seconds' else interval '35 seconds' end
  from due where d.workspace_id = $1 and d.delivery_id = due.delivery_id
  returning ${columns}`,
);

/** In no particular order; no two of one stream, but for parked ones. */
export function takeDueDeliveries(
  db: Db,
  args: {
    workspaceId: string;
    nodeId: number;
    /** How many more each may be given; who is not named may have `most`. */
    free: ReadonlyMap<string, number>;
    most: number;
  },
): Promise<Delivery[]> {
  return query(db, takeDue_, [
    args.workspaceId,
    args.nodeId,
    [...args.free.keys()],
    [...args.free.values()],
    args.most,
  ]);
}

export interface Finish {
  delivery: Delivery;
  state: 'done' | 'failed' | 'pending';
  /** Of a pending one: when to try again. */
  afterMs: number;
  parked: boolean;
  refusals: number;
  uncertain: boolean;
  /** A word on how it went, for the log of attempts. */
  result: string;
  status: number | null;
  answer: string | null;
  /** Where it went, and with what: of endpoints only. */
  address: string | null;
  requestHeaders: Record<string, string> | null;
  body: string | null;
  startedAt: Date;
  latencyMs: number;
}

// What was being sent to an endpoint that was switched off meanwhile waits for it like the rest; what is
// no longer bound is over.
const WAITS = `case
    when d.event_id is not null and not exists (select from endpoint_binding b where b.workspace_id = $1
      and b.endpoint_id = d.subscriber_id and b.type = d.type) then 'failed'
    when exists (select from endpoint e where e.workspace_id = $1 and e.endpoint_id = d.subscriber_id
      and not e.enabled) then 'held'
    else 'pending' end`;

// A node that was taken for dead finds its attempt number gone by, and writes nothing. Those behind
// one that waits for a retry wait with it, so that they are not looked at again and again meanwhile.
// Written so that the planner has but one way, by the key and by the stream. A partial index seems small to
// it until the next ANALYZE, and the statement would read all that waits in the workspace (70 ms of 10,000),
// or all that was sent since the last vacuum (30 ms of 10,000). Hence || '' and offset 0.
const finish_ = statement<{ deliveryId: number }>(
  'finish-deliveries',
  `with input as (
    select * from unnest($3::bigint[], $4::integer[], $5::text[], $6::float8[], $7::boolean[], $8::boolean[],
      $9::text[], $10::text[], $11::timestamptz[], $12::integer[], $13::integer[], $14::text[], $15::text[], $16::jsonb[], $17::integer[])
    as t(delivery_id, attempts, state, after_ms, parked, uncertain, result, body, started_at, latency_ms, status, answer,
      address, request_headers, refusals)
  ), finished as (
    update delivery d set due_at = clock_timestamp() + make_interval(secs => i.after_ms / 1000.0),
      state = case when i.state = 'pending' then ${WAITS} else i.state end,
      parked = i.parked, refusals = i.refusals, uncertain = i.uncertain, outcome = i.result, body = coalesce(d.body, i.body),
      sent_by = null, sent_until = null, done_at = case when i.state = 'pending' then null else clock_timestamp() end
    from input i
    where d.workspace_id = $1 and d.delivery_id = i.delivery_id and d.state || '' = 'sending' and d.sent_by = $2
      and d.attempts = i.attempts
    returning d.subscriber_id, d.stream_id, d.due_at, d.state, i.delivery_id, i.attempts,
      i.parked, i.result, i.started_at, i.latency_ms, i.status, i.answer, i.address, i.request_headers
  ), behind as (
    update delivery w set due_at = l.due_at
    from finished f cross join lateral (
      select b.delivery_id, f.due_at from delivery b
      where b.workspace_id = $1 and b.subscriber_id = f.subscriber_id and b.stream_id = f.stream_id
        and b.delivery_id > f.delivery_id and b.state in ('pending', 'sending', 'held') offset 0) l
    where f.state = 'pending' and not f.parked and w.workspace_id = $1 and w.delivery_id = l.delivery_id
      and w.state || '' = 'pending' and not w.parked and w.due_at < l.due_at
  ), noted as (
    insert into delivery_attempt (workspace_id, delivery_id, attempt, started_at, latency_ms, result, status, answer,
      address, request_headers)
    select $1, delivery_id, attempts, started_at, latency_ms, result, status, answer, address, request_headers
    from finished
  )
  select delivery_id as "deliveryId" from finished`,
);

/** Answers the ids of those that were still this node's to finish. */
export async function finishDeliveries(
  db: Db,
  { workspaceId, nodeId }: { workspaceId: string; nodeId: number },
  finishes: readonly Finish[],
): Promise<Set<number>> {
  const column = <T>(read: (finish: Finish) => T) => finishes.map(read);
  const rows = await query(db, finish_, [
    workspaceId,
    nodeId,
    column(({ delivery }) => delivery.deliveryId),
    column(({ delivery }) => delivery.attempts),
    column(({ state }) => state),
    column(({ afterMs }) => Math.round(afterMs)),
    column(({ parked }) => parked),
    column(({ uncertain }) => uncertain),
    column(({ result }) => result),
    column(({ body }) => body),
    column(({ startedAt }) => startedAt),
    column(({ latencyMs }) => Math.round(latencyMs)),
    column(({ status }) => status),
    column(({ answer }) => answer),
    column(({ address }) => address),
    column(({ requestHeaders }) => requestHeaders && JSON.stringify(requestHeaders)),
    column(({ refusals }) => refusals),
  ]);
  return new Set(rows.map(({ deliveryId }) => deliveryId));
}

// Never begun: it does not count as an attempt.
const putBack_ = statement<never>(
  'put-back-deliveries',
  `update delivery d set state = ${WAITS}, attempts = d.attempts - 1, sent_by = null, sent_until = null
  from unnest($3::bigint[], $4::integer[]) as t(delivery_id, attempts)
  where d.workspace_id = $1 and d.delivery_id = t.delivery_id and d.state = 'sending' and d.sent_by = $2
    and d.attempts = t.attempts`,
);

/** Gives back what was taken but not sent. */
export async function putBackDeliveries(
  db: Db,
  { workspaceId, nodeId }: { workspaceId: string; nodeId: number },
  deliveries: readonly Pick<Delivery, 'deliveryId' | 'attempts'>[],
): Promise<void> {
  const ids = deliveries.map(({ deliveryId }) => deliveryId);
  const attempts = deliveries.map((delivery) => delivery.attempts);
  await query(db, putBack_, [workspaceId, nodeId, ids, attempts]);
}

// Every node holds an advisory lock of its number on its listening connection. A lock that can be
// had belongs to a node whose process is gone; the time limit covers hosts that vanish without a word,
// and ends that this node itself could not write.
const takeOver_ = statement<{ deliveryId: number }>(
  'take-over-deliveries',
  `with nodes as (
    select distinct sent_by from delivery where workspace_id = $1 and state = 'sending' and sent_by <> $2
  ), dead as (
    select sent_by from nodes where pg_try_advisory_xact_lock(sent_by)
  )
  update delivery d set state = ${WAITS}, due_at = clock_timestamp(), uncertain = true, sent_by = null, sent_until = null
  where workspace_id = $1 and state = 'sending'
    and (sent_by in (select sent_by from dead) or sent_until < clock_timestamp())
  returning delivery_id as "deliveryId"`,
);

/** Gives back to the queue what dead nodes were sending, as attempts of unknown outcome. */
export async function takeOverDeliveries(
  db: Db,
  { workspaceId, nodeId }: { workspaceId: string; nodeId: number },
): Promise<number> {
  return (await query(db, takeOver_, [workspaceId, nodeId])).length;
}

const handBack_ = statement<never>(
  'hand-back-deliveries',
  `update delivery d set state = ${WAITS}, due_at = clock_timestamp(), uncertain = true, sent_by = null, sent_until = null
  where workspace_id = $1 and state = 'sending' and sent_by = $2`,
);

/** What this node could not finish before it stops goes to whoever comes next. */
export async function handBackDeliveries(
  db: Db,
  { workspaceId, nodeId }: { workspaceId: string; nodeId: number },
): Promise<void> {
  await query(db, handBack_, [workspaceId, nodeId]);
}

// An event that happens while its endpoint is switched on sees it switched off still. Left alone it would
// hold up its conversation for ever.
const releaseForgotten_ = statement<never>(
  'release-forgotten-deliveries',
  `update delivery d set state = 'pending' from endpoint e
  where e.workspace_id = $1 and e.enabled and e.deleted_at is null
    and d.workspace_id = $1 and d.subscriber_id = e.endpoint_id and d.state = 'held'`,
);

/** Nothing is held of an endpoint that is switched on. */
export async function releaseForgotten(db: Db, workspaceId: string): Promise<void> {
  await query(db, releaseForgotten_, [workspaceId]);
}

const nextDue_ = statement<{ at: Date | null }>(
  'next-due-delivery',
  `select min(d.at) as at from (
    select channel_id as subscriber_id from channel where workspace_id = $1
    union all
    select endpoint_id from endpoint where workspace_id = $1 and enabled and deleted_at is null
  ) s cross join lateral (select due_at as at from delivery d where d.workspace_id = $1
    and d.subscriber_id = s.subscriber_id and d.state = 'pending' and d.due_at > clock_timestamp()
    order by d.due_at, d.delivery_id limit 1) d`,
);

/** When the next one comes due; null when none waits for its time. */
export async function nextDueDelivery(db: Db, workspaceId: string): Promise<Date | null> {
  return (await queryOne(db, nextDue_, [workspaceId]))?.at ?? null;
}

const lastAnswer_ = statement<{ answer: string | null }>(
  'last-answer',
  `select a.answer from delivery d join delivery_attempt a on a.workspace_id = $1 and a.delivery_id = d.delivery_id
  where d.workspace_id = $1 and d.subscriber_id = $2 and d.stream_id = $3 and d.type = $4 and d.state = 'done'
  order by d.delivery_id desc, a.attempt desc limit 1`,
);

/** What the subscriber answered to the latest delivery of this type in the stream. */
export async function lastAnswer(
  db: Db,
  key: { workspaceId: string; subscriberId: string; streamId: string; type: string },
): Promise<string | null> {
  const row = await queryOne(db, lastAnswer_, [
    key.workspaceId,
    key.subscriberId,
    key.streamId,
    key.type,
  ]);
  return row?.answer ?? null;
}

const addDelivery_ = statement<never>(
  'add-delivery',
  `insert into delivery (workspace_id, subscriber_id, stream_id, type, due_at, created_at)
  values ($1, $2, $3, $4, clock_timestamp() + make_interval(secs => $5 / 1000.0), clock_timestamp())`,
);

/** Something to be done in an outside system, not before that time. */
export async function addDelivery(
  tx: Tx,
  args: {
    workspaceId: string;
    subscriberId: string;
    streamId: string;
    type: string;
    afterMs: number;
  },
): Promise<void> {
  const { workspaceId, subscriberId, streamId, type, afterMs } = args;
  await query(tx, addDelivery_, [workspaceId, subscriberId, streamId, type, afterMs]);
}
