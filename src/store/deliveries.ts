// Deliveries apart from taking and finishing them: when the next is due, and external messages.

import type { Writing } from './effects.ts';
import { type Db, query, queryOne, statement } from './sql.ts';
import { dueOf } from './take-deliveries.ts';
import type { Tx } from './tx.ts';
import { listing } from './workspaces-with.ts';

// A transaction that runs while its endpoint is switched on may still see it switched off. Its
// delivery would stay held, and hold up its conversation for ever.
const releaseForgotten_ = statement<never>(
  'release-forgotten-deliveries',
  `update delivery d set state = 'pending' from endpoint e
  where e.workspace_id = $1 and e.enabled and e.deleted_at is null
    and d.workspace_id = $1 and d.subscriber_id = e.endpoint_id and d.state = 'held'`,
);

/** No delivery stays held for an endpoint that is switched on. */
export async function releaseForgotten(db: Db, workspaceId: string): Promise<void> {
  await query(db, releaseForgotten_, [workspaceId]);
}

const nextDue_ = statement<{ at: Date | null }>(
  'next-due-delivery',
  `select min(d.at) as at from (
    select channel_id as subscriber_id from channel where workspace_id = $1
    union all
    select endpoint_id from endpoint where workspace_id = $1 and enabled and deleted_at is null
    union all
    select $1::uuid
  ) s cross join lateral (select ${dueOf('d')} as at from delivery d where d.workspace_id = $1
    and d.subscriber_id = s.subscriber_id and d.state = 'pending' and ${dueOf('d')} > $2
    order by ${dueOf('d')}, d.delivery_id limit 1) d`,
);

/** When the first comes due of those that do so after an instant; null when none does. */
export async function nextDueDelivery(
  db: Db,
  { workspaceId, after }: { workspaceId: string; after: Date },
): Promise<Date | null> {
  return (await queryOne(db, nextDue_, [workspaceId, after]))?.at ?? null;
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
).needs('send');

/** An effect in an outside system, not before that time. */
export async function addDelivery(
  tx: Writing<typeof addDelivery_, Tx>,
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

// The subscribers with unfinished deliveries, by one probe of delivery_due for each.
const listDue_ = statement<{ workspaceId: string }>(
  'list-workspaces-with-due-deliveries',
  `-- across workspaces: one look for all of them
  with recursive s as (
    (select workspace_id, subscriber_id from delivery where state = 'pending' order by workspace_id, subscriber_id limit 1)
    union all
    select n.* from s cross join lateral (
      select d.workspace_id, d.subscriber_id from delivery d
      where d.state = 'pending' and (d.workspace_id, d.subscriber_id) > (s.workspace_id, s.subscriber_id)
      order by d.workspace_id, d.subscriber_id limit 1) n
  )
  select distinct w.workspace_id as "workspaceId" from s
  join workspace w on w.workspace_id = s.workspace_id and w.removed_at is null and w.suspended_at is null
  cross join lateral (select from delivery d where d.workspace_id = s.workspace_id and d.subscriber_id = s.subscriber_id
    and d.state = 'pending' and ${dueOf('d')} <= statement_timestamp() + make_interval(secs => $1 / 1000.0) limit 1) due`,
);

/** Workspaces in which something is due, or will be within that time. */
export async function listWorkspacesWithDueDeliveries(db: Db, withinMs: number): Promise<string[]> {
  return (await query(db, listDue_, [withinMs])).map(({ workspaceId }) => workspaceId);
}

const listForgotten_ = statement<{ workspaceId: string }>(
  'list-workspaces-with-forgotten-deliveries',
  listing({
    table: 'delivery',
    where: `t.state = 'held'`,
    due: `select from endpoint e where e.workspace_id = w.workspace_id and e.enabled and e.deleted_at is null
    and exists (select from delivery d where d.workspace_id = w.workspace_id and d.subscriber_id = e.endpoint_id
      and d.state = 'held')`,
  }),
);

/** Workspaces in which something is held for an endpoint that is switched on. */
export async function listWorkspacesWithForgottenDeliveries(db: Db): Promise<string[]> {
  return (await query(db, listForgotten_, [])).map(({ workspaceId }) => workspaceId);
}
