// Writes how attempts ended: to their deliveries and to the log of attempts, in one statement.
import { batch } from './batch.ts';
import { type ClaimKey, type Delivery, stateOfWaiting } from './delivery-claims.ts';
import { isAmong } from './guide-planner.ts';
import { type Db, query, statement } from './sql.ts';

export interface Finish {
  delivery: Delivery;
  state: 'done' | 'failed' | 'pending';
  /** Of a pending one: when to try again. */
  afterMs: number;
  parked: boolean;
  refusals: number;
  uncertain: boolean;
  /** A word on the outcome, for the log of attempts. */
  result: string;
  status: number | null;
  answer: string | null;
  /** Where it was sent, and with what: for endpoints only. */
  address: string | null;
  requestHeaders: Record<string, string> | null;
  body: string | null;
  startedAt: Date;
  latencyMs: number;
}

const input = batch<Finish>(3, {
  delivery_id: ['bigint', ({ delivery }) => delivery.deliveryId],
  attempts: ['integer', ({ delivery }) => delivery.attempts],
  state: ['text', ({ state }) => state],
  after_ms: ['float8', ({ afterMs }) => Math.round(afterMs)],
  parked: ['boolean', ({ parked }) => parked],
  uncertain: ['boolean', ({ uncertain }) => uncertain],
  result: ['text', ({ result }) => result],
  body: ['text', ({ body }) => body],
  started_at: ['float8', ({ startedAt }) => startedAt.getTime()],
  latency_ms: ['integer', ({ latencyMs }) => Math.round(latencyMs)],
  status: ['integer', ({ status }) => status],
  answer: ['text', ({ answer }) => answer],
  address: ['text', ({ address }) => address],
  request_headers: ['jsonb', ({ requestHeaders }) => requestHeaders],
  refusals: ['integer', ({ refusals }) => refusals],
});

// A node whose claim was taken over writes nothing, and neither does one whose attempt number is no
// longer current. A delivery that was cancelled while under way stays cancelled, unless it arrived.
// The facts are removed once there is a body made from them.
const finish_ = statement<{ deliveryId: number }>(
  'finish-deliveries',
  `with mine as materialized (
    select from delivery_claim where workspace_id = $1 and claim_id = $2 for key share
  ), input as (
    select t.* from mine, ${input.rows} t
  ), finished as (
    update delivery d set due_at = clock_timestamp() + make_interval(secs => i.after_ms / 1000.0),
      state = case when i.state = 'done' then 'done' when d.state = 'failed' then 'failed'
        when i.state = 'pending' then ${stateOfWaiting} else i.state end,
      attempts = i.attempts, parked = i.parked, refusals = i.refusals, uncertain = i.uncertain,
      outcome = case when d.state = 'failed' and i.state <> 'done' then d.outcome else i.result end,
      body = coalesce(d.body, i.body),
      payload = case when coalesce(d.body, i.body) is null then d.payload else '{}' end,
      done_at = case when i.state = 'pending' and d.state <> 'failed' then null else clock_timestamp() end
    from input i
    where d.workspace_id = $1 and ${isAmong('d.delivery_id', '$3::bigint[]')} and d.delivery_id = i.delivery_id
      and d.attempts = i.attempts - 1 and d.state <> 'done'
    returning i.delivery_id, i.attempts, i.result, i.started_at, i.latency_ms, i.status, i.answer, i.address, i.request_headers
  ), noted as (
    insert into delivery_attempt (workspace_id, delivery_id, attempt, started_at, latency_ms, result, status, answer,
      address, request_headers)
    select $1, delivery_id, attempts, to_timestamp(started_at / 1000.0), latency_ms, result, status, answer, address,
      request_headers
    from finished
  )
  select delivery_id as "deliveryId" from finished`,
);

/** Answers the ids of those that this claim could still finish. */
export async function finishDeliveries(
  db: Db,
  { workspaceId, claimId }: ClaimKey,
  finishes: readonly Finish[],
): Promise<Set<number>> {
  const values = [workspaceId, claimId, ...input.values(finishes)];
  const rows = await query(db, finish_, values);
  return new Set(rows.map(({ deliveryId }) => deliveryId));
}
