// What is on its way out, beside its being taken and finished: when the next is due, and what was said.

import { type Db, query, queryOne, statement } from './sql.ts';
import { dueOf } from './take-deliveries.ts';
import type { Tx } from './tx.ts';

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
  ) s cross join lateral (select ${dueOf('d')} as at from delivery d where d.workspace_id = $1
    and d.subscriber_id = s.subscriber_id and d.state = 'pending' and ${dueOf('d')} > statement_timestamp()
    order by ${dueOf('d')}, d.delivery_id limit 1) d`,
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
