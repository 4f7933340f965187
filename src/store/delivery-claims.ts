// Who is sending what: a claim per node and workspace, fenced by its number, taken over from the dead.
import { batch } from './batch.ts';
import { isAmong, unindexed } from './guide-planner.ts';
import { type Db, query, queryOne, statement } from './sql.ts';

export interface Delivery {
  workspaceId: string;
  /** Under which it was taken. */
  claimId: number;
  deliveryId: number;
  subscriberId: string;
  streamId: string;
  /** Of an endpoint's: the event it tells; null for an effect in an outside system. */
  eventId: string | null;
  type: string;
  /** Empty once there is a body. */
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

/** Longer than what is taken may wait at a node, and its attempt, take together. */
const CLAIM_SECONDS = 30;

/** SQL: until when a claim that is made or kept up now counts. */
export const UNTIL = `clock_timestamp() + interval '${CLAIM_SECONDS} seconds'`;

/** SQL: (delivery_id, attempts) of what is being sent in workspace $1 by whomever. */
export const underWay = `select u.delivery_id, u.attempts from delivery_claim c,
    unnest(c.delivery_ids, c.attempts) as u(delivery_id, attempts) where c.workspace_id = $1`;

/**
 * SQL: the state into which an unfinished delivery `d` returns. What was being sent to an endpoint that
 * was switched off meanwhile waits for it like the rest; what is no longer bound is over.
 */
export const stateOfWaiting = `case
    when d.event_id is not null and not exists (select from endpoint_binding b where b.workspace_id = $1
      and b.endpoint_id = d.subscriber_id and b.type = d.type) then 'failed'
    when exists (select from endpoint e where e.workspace_id = $1 and e.endpoint_id = d.subscriber_id
      and not e.enabled) then 'held'
    else 'pending' end`;

export interface ClaimKey {
  workspaceId: string;
  claimId: number;
}

const makeClaim_ = statement<{ claimId: number }>(
  'make-delivery-claim',
  `with turn as (
    insert into delivery_turn (workspace_id) values ($1) on conflict do nothing
  )
  insert into delivery_claim (workspace_id, node_id, claimed_until) values ($1, $2, ${UNTIL})
  returning claim_id as "claimId"`,
);

/** Answers its number. Without one, nothing can be taken or finished. */
export async function makeDeliveryClaim(
  db: Db,
  { workspaceId, nodeId }: { workspaceId: string; nodeId: number },
): Promise<number> {
  const row = await queryOne(db, makeClaim_, [workspaceId, nodeId]);
  if (row === null) throw new Error('A claim was made and not answered.');
  return row.claimId;
}

/** What is under way, by ids and attempts that had ended: the parameters $3 and $4. */
export const given = batch<Pick<Delivery, 'deliveryId' | 'attempts'>>(3, {
  delivery_id: ['bigint', ({ deliveryId }) => deliveryId],
  attempts: ['integer', ({ attempts }) => attempts - 1],
});

const renew_ = statement<{ claimId: number }>(
  'renew-delivery-claim',
  `update delivery_claim set claimed_until = ${UNTIL} where workspace_id = $1 and claim_id = $2
  returning claim_id as "claimId"`,
);

/** false: it was taken over. */
export async function renewDeliveryClaim(db: Db, key: ClaimKey): Promise<boolean> {
  return (await queryOne(db, renew_, [key.workspaceId, key.claimId])) !== null;
}

// After a CTE `ending` of (delivery_id, attempts): counts as an attempt of unknown outcome, if there was none
// since.
const endUnknown = `update delivery d set state = ${stateOfWaiting}, due_at = clock_timestamp(),
    attempts = d.attempts + 1, uncertain = true, outcome = 'unknown'
  from ending t
  where d.workspace_id = $1 and ${isAmong('d.delivery_id', 'array(select delivery_id from ending)')}
    and d.delivery_id = t.delivery_id and d.attempts = t.attempts and ${unindexed('d.state')} in ('pending', 'held')
  returning d.delivery_id as "deliveryId"`;

// Every node holds an advisory lock of its number on its listening connection. A lock that can be
// had belongs to a node whose process is gone; the time limit covers hosts that vanish without a word.
const takeOver_ = statement<{ deliveryId: number }>(
  'take-over-deliveries',
  `with nodes as (
    select distinct node_id from delivery_claim where workspace_id = $1 and node_id <> $2
  ), dead as (
    select node_id from nodes where pg_try_advisory_xact_lock(node_id)
  ), gone as (
    delete from delivery_claim where workspace_id = $1
      and (node_id in (select node_id from dead) or claimed_until < clock_timestamp())
    returning delivery_ids, attempts
  ), ending as (
    select u.delivery_id, u.attempts from gone, unnest(gone.delivery_ids, gone.attempts) as u(delivery_id, attempts)
  )
  ${endUnknown}`,
);

/** Gives back to the queue what dead nodes were sending, as attempts of unknown outcome. */
export async function takeOverDeliveries(
  db: Db,
  { workspaceId, nodeId }: { workspaceId: string; nodeId: number },
): Promise<number> {
  return (await query(db, takeOver_, [workspaceId, nodeId])).length;
}

const giveUp_ = statement<{ deliveryId: number }>(
  'give-up-deliveries',
  `with mine as materialized (
    select from delivery_claim where workspace_id = $1 and claim_id = $2 for key share
  ), ending as (
    select u.delivery_id, u.attempts from mine, ${given.rows} u
  )
  ${endUnknown}`,
);

/** Of attempts whose ends could not be written. */
export async function giveUpDeliveries(
  db: Db,
  key: ClaimKey,
  deliveries: readonly Pick<Delivery, 'deliveryId' | 'attempts'>[],
): Promise<void> {
  await query(db, giveUp_, [key.workspaceId, key.claimId, ...given.values(deliveries)]);
}

const handBack_ = statement<{ deliveryId: number }>(
  'hand-back-deliveries',
  `with gone as (
    delete from delivery_claim where workspace_id = $1 and claim_id = $2 returning claim_id
  ), ending as (
    select u.delivery_id, u.attempts from gone, ${given.rows} u
  )
  ${endUnknown}`,
);

/** Ends the claim. What this node could not finish before it stops goes to whoever comes next. */
export async function handBackDeliveries(
  db: Db,
  key: ClaimKey,
  deliveries: readonly Pick<Delivery, 'deliveryId' | 'attempts'>[],
): Promise<void> {
  await query(db, handBack_, [key.workspaceId, key.claimId, ...given.values(deliveries)]);
}
