// What is on its way out: taken in order per subscriber and conversation, finished once, taken over from the dead.
import { type Db, query, queryOne, statement } from './sql.ts';

export interface Delivery {
  workspaceId: string;
  deliveryId: number;
  subscriberId: string;
  streamId: string;
  type: string;
  payload: Record<string, unknown>;
  /** This one included. */
  attempts: number;
  /** An earlier attempt ended without our learning whether it took effect. */
  uncertain: boolean;
}

const columns = `d.workspace_id as "workspaceId", d.delivery_id as "deliveryId", d.subscriber_id as "subscriberId",
  d.stream_id as "streamId", d.type, d.payload, d.attempts, d.uncertain`;

// The first unfinished delivery of each stream, if it is due. One that waits for its retry holds up
// only its own stream.
const takeDue_ = statement<Delivery>(
  'take-due-deliveries',
  `with due as (
    select d.delivery_id from delivery d
    where d.workspace_id = $1 and d.state = 'pending' and d.due_at <= clock_timestamp()
      and not exists (select from delivery e where e.workspace_id = $1 and e.subscriber_id = d.subscriber_id
        and e.stream_id = d.stream_id and e.delivery_id < d.delivery_id and e.state in ('pending', 'sending'))
    order by d.due_at limit 64 for update skip locked
  )
  update delivery d set state = 'sending', attempts = d.attempts + 1, sent_by = $2,
    sent_until = clock_timestamp() + interval '60 seconds'
  from due where d.workspace_id = $1 and d.delivery_id = due.delivery_id
  returning ${columns}`,
);

export function takeDueDeliveries(
  db: Db,
  { workspaceId, nodeId }: { workspaceId: string; nodeId: number },
): Promise<Delivery[]> {
  return query(db, takeDue_, [workspaceId, nodeId]);
}

export interface Finish {
  delivery: Delivery;
  nodeId: number;
  state: 'done' | 'failed' | 'pending';
  /** Of a pending one: when to try again. */
  afterMs: number;
  uncertain: boolean;
  /** A word on how it went, for the log of attempts. */
  result: string;
  status: number | null;
  answer: string | null;
  startedAt: Date;
  latencyMs: number;
}

// A node that was taken for dead finds its attempt number gone by, and writes nothing.
const finish_ = statement<{ deliveryId: number }>(
  'finish-delivery',
  `with finished as (
    update delivery set state = $5, due_at = clock_timestamp() + make_interval(secs => $6 / 1000.0),
      uncertain = $7, outcome = $8, sent_by = null, sent_until = null,
      done_at = case when $5 = 'pending' then null else clock_timestamp() end
    where workspace_id = $1 and delivery_id = $2 and state = 'sending' and sent_by = $3 and attempts = $4
    returning delivery_id
  ), noted as (
    insert into delivery_attempt (workspace_id, delivery_id, attempt, started_at, latency_ms, result, status, answer)
    select $1, delivery_id, $4, $9, $10, $8, $11, $12 from finished
  )
  select delivery_id as "deliveryId" from finished`,
);

/** false: it was taken over meanwhile. */
export async function finishDelivery(db: Db, finish: Finish): Promise<boolean> {
  const { delivery } = finish;
  const row = await queryOne(db, finish_, [
    delivery.workspaceId,
    delivery.deliveryId,
    finish.nodeId,
    delivery.attempts,
    finish.state,
    Math.round(finish.afterMs),
    finish.uncertain,
    finish.result,
    finish.startedAt,
    Math.round(finish.latencyMs),
    finish.status,
    finish.answer,
  ]);
  return row !== null;
}

// Every node holds an advisory lock of its number on its listening connection. A lock that can be
// had belongs to a node whose process is gone; the time limit covers hosts that vanish without a word.
const takeOver_ = statement<{ deliveryId: number }>(
  'take-over-deliveries',
  `with nodes as (
    select distinct sent_by from delivery where workspace_id = $1 and state = 'sending' and sent_by <> $2
  ), dead as (
    select sent_by from nodes where pg_try_advisory_xact_lock(sent_by)
  )
  update delivery set state = 'pending', due_at = clock_timestamp(), uncertain = true, sent_by = null, sent_until = null
  where workspace_id = $1 and state = 'sending'
    and (sent_by in (select sent_by from dead) or (sent_by <> $2 and sent_until < clock_timestamp()))
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
  `update delivery set state = 'pending', due_at = clock_timestamp(), uncertain = true, sent_by = null, sent_until = null
  where workspace_id = $1 and state = 'sending' and sent_by = $2`,
);

/** What this node could not finish before it stops goes to whoever comes next. */
export async function handBackDeliveries(
  db: Db,
  { workspaceId, nodeId }: { workspaceId: string; nodeId: number },
): Promise<void> {
  await query(db, handBack_, [workspaceId, nodeId]);
}

const nextDue_ = statement<{ at: Date | null }>(
  'next-due-delivery',
  `select min(due_at) as at from delivery
  where workspace_id = $1 and state = 'pending' and due_at > clock_timestamp()`,
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
