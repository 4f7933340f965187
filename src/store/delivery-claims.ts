// Who is sending what: a claim per node and workspace, fenced by its number, taken over from the dead.
import { batch } from './batch.ts';
import { isAmong, unindexed } from './guide-planner.ts';
import { type Db, query, queryOne, statement } from './sql.ts';

export interface Delivery {
  workspaceId: string;
  /** The claim under which it was taken. */
  claimId: number;
  deliveryId: number;
  subscriberId: string;
  streamId: string;
  /** For an endpoint: the event it tells; null for an effect in an outside system. */
  eventId: string | null;
  type: string;
  /** Empty once there is a body. */
  payload: Record<string, unknown>;
  createdAt: Date;
  /** The body of the first attempt, which every later one repeats. */
  body: string | null;
  /** This one included. */
  attempts: number;
  parked: boolean;
  /** How many answers so far said that it will never be accepted. */
  refusals: number;
  /** The outcome of an earlier attempt is unknown. */
  uncertain: boolean;
}

/** Longer than a taken delivery may wait at a node plus the time of its attempt. */
export const CLAIM_SECONDS = 30;

/** SQL: until when a claim that is made or renewed now is valid. */
export const UNTIL = `clock_timestamp() + interval '${CLAIM_SECONDS} seconds'`;

/** SQL: (delivery_id, attempts) of what any node is sending in workspace $1. */
export const underWay = `select u.delivery_id, u.attempts from delivery_claim c,
    unnest(c.delivery_ids, c.attempts) as u(delivery_id, attempts) where c.workspace_id = $1`;

/**
 * SQL: the state into which an unfinished delivery `d` returns. If its endpoint was switched off
 * meanwhile, it is held like the rest; if its type is no longer bound, it ends.
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

const createClaim_ = statement<{ claimId: number }>(
  'create-delivery-claim',
  `with turn as (
    insert into delivery_turn (workspace_id) values ($1) on conflict do nothing
  )
  insert into delivery_claim (workspace_id, node_id, claimed_until) values ($1, $2, ${UNTIL})
  returning claim_id as "claimId"`,
);

/** Answers its number. Without a claim, nothing can be taken or finished. */
export async function createDeliveryClaim(
  db: Db,
  { workspaceId, nodeId }: { workspaceId: string; nodeId: number },
): Promise<number> {
  const row = await queryOne(db, createClaim_, [workspaceId, nodeId]);
  if (row === null) throw new Error('A claim was made and not answered.');
  return row.claimId;
}

/** The ids and attempts under way that had ended: the parameters $3 and $4. */
export const given = batch<Pick<Delivery, 'deliveryId' | 'attempts'>>(3, {
  delivery_id: ['bigint', ({ deliveryId }) => deliveryId],
  attempts: ['integer', ({ attempts }) => attempts - 1],
});

const renew_ = statement<{ claimId: number }>(
  'renew-delivery-claim',
  `update delivery_claim set claimed_until = ${UNTIL} where workspace_id = $1 and claim_id = $2
  returning claim_id as "claimId"`,
);

/** false: another node took it over. */
export async function renewDeliveryClaim(db: Db, key: ClaimKey): Promise<boolean> {
  return (await queryOne(db, renew_, [key.workspaceId, key.claimId])) !== null;
}

// After a CTE `ending` of (delivery_id, attempts): counts as an attempt of unknown outcome, unless
// there was one since.
const endUnknown = `update delivery d set state = ${stateOfWaiting}, due_at = clock_timestamp(),
    attempts = d.attempts + 1, uncertain = true, outcome = 'unknown'
  from ending t
  where d.workspace_id = $1 and ${isAmong('d.delivery_id', 'array(select delivery_id from ending)')}
    and d.delivery_id = t.delivery_id and d.attempts = t.attempts and ${unindexed('d.state')} in ('pending', 'held')
  returning d.delivery_id as "deliveryId"`;

// Every node holds an advisory lock of its number on its listening connection. If the lock can be
// had, the node's process is gone; the time limit covers hosts that vanish silently.
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

/** For attempts whose outcome could not be written. */
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

/** Ends the claim. What this node could not finish before it stops goes to the next node. */
export async function handBackDeliveries(
  db: Db,
  key: ClaimKey,
  deliveries: readonly Pick<Delivery, 'deliveryId' | 'attempts'>[],
): Promise<void> {
  await query(db, handBack_, [key.workspaceId, key.claimId, ...given.values(deliveries)]);
}

const listDead_ = statement<{ workspaceId: string }>(
  'list-workspaces-with-dead-claims',
  `-- across workspaces: one look for all of them; there is a claim only of what is being sent
  with dead as materialized (
    select node_id from (select distinct node_id from delivery_claim where node_id <> $1) n
    where pg_try_advisory_xact_lock(node_id)
  )
  select distinct c.workspace_id as "workspaceId" from delivery_claim c
  where c.claimed_until < clock_timestamp() or c.node_id in (select node_id from dead)`,
);

/** Workspaces in which a node that is gone was sending something. */
export async function listWorkspacesWithDeadClaims(db: Db, nodeId: number): Promise<string[]> {
  return (await query(db, listDead_, [nodeId])).map(({ workspaceId }) => workspaceId);
}
