// Which deliveries a node takes next: the first due one of each stream, while its subscriber has
// places.
import { batch } from './batch.ts';
import { type ClaimKey, type Delivery, given, UNTIL, underWay } from './delivery-claims.ts';
import { FAILURES_TO_PROBE, REQUESTS_AT_ONCE } from './endpoints.ts';
import { isAmong, unindexed } from './guide-planner.ts';
import { type Db, query, statement } from './sql.ts';

/** The interval between probes of a failing endpoint. */
const PROBE_SECONDS = 1;

type Taken = Omit<Delivery, 'workspaceId' | 'claimId' | 'deliveryId'> & {
  claimed: boolean;
  /** Another take came in between, and this one took nothing. */
  outrun: boolean;
  more: boolean;
  deliveryId: number | null;
};

/**
 * SQL: when delivery `d` is looked at: at its own time, or at that of the delivery in front of it.
 */
export const dueOf = (d: string): string => `greatest(${d}.due_at, ${d}.behind_until)`;

/**
 * A look passes at least this many; otherwise a subscriber with one free place would cost a look
 * for each waiting delivery.
 */
const LOOK_AT_LEAST = 16;

const busy = batch<[string, { free: number; open: number }]>(5, {
  subscriber_id: ['uuid', ([subscriberId]) => subscriberId],
  free: ['integer', ([, { free }]) => free],
  open: ['integer', ([, { open }]) => open],
});

const PUT_OFF = 'array(select delivery_id from looked where behind is not null)';

// For each subscriber the first unfinished delivery of each of its streams that is due and not
// under way: one that waits for its retry holds up only its own stream, and a full subscriber no
// other. `free` tells how many more a subscriber may have; one that is not named has all its places
// free. When another node is also sending to an endpoint, no more is taken than may be sent at
// once, counting the other node's: so all of them keep to the limit together, while a node that is
// alone takes ahead. A delivery found behind one that waits for its time is put off until then
// (`behind`), so that it is not looked at again and again; this is the only place that does so. In
// front is any one that waits: the index gives the first. What was looked at must still be true
// when it is written: every take that finds something, and every change to what waits
// (src/store/pull-forward.ts), moves the workspace's turn on, and a take counts only if it was the
// next one since it began to look. Looks that find nothing write nothing. The time is that of the
// statement, by which the index can be searched: clock_timestamp() would read everything that
// waits.
const takeDue_ = statement<Taken>(
  'take-due-deliveries',
  `with mine as materialized (
    select from delivery_claim where workspace_id = $1 and claim_id = $2
  ), seen as materialized (
    select turn from delivery_turn where workspace_id = $1
  ), under_way as materialized (
    ${underWay} and c.claim_id <> $2
    union all select delivery_id, attempts from ${given.rows} g
  ), subscriber as (
    select channel_id as subscriber_id, $8::integer as most from channel where workspace_id = $1
    union all
    select endpoint_id, case
        when failures < ${FAILURES_TO_PROBE} then $8::integer
        when last_failure_at > clock_timestamp() - interval '${PROBE_SECONDS} second' or exists (
          select from under_way u join delivery b on b.workspace_id = $1 and b.delivery_id = u.delivery_id
            and b.attempts = u.attempts where b.subscriber_id = e.endpoint_id) then 0 else 1 end
    from endpoint e where workspace_id = $1 and enabled and deleted_at is null
    union all select $1::uuid, $8::integer
  ), elsewhere as materialized (
    select b.subscriber_id, count(*)::integer as count from (${underWay} and c.claim_id <> $2) u
    join delivery b on b.workspace_id = $1 and b.delivery_id = u.delivery_id and b.attempts = u.attempts
    where b.event_id is not null group by 1
  ), places as (
    select s.subscriber_id, least(s.most, coalesce(busy.free, s.most),
      case when e.count > 0 then greatest(0, ${REQUESTS_AT_ONCE} - e.count - coalesce(busy.open, 0)) end) as free
    from mine cross join subscriber s
    left join ${busy.rows} busy
      on busy.subscriber_id = s.subscriber_id
    left join elsewhere e on e.subscriber_id = s.subscriber_id
  ), looked as materialized (
    select d.*, case when d.behind is null
      then row_number() over (partition by d.subscriber_id, d.behind is null order by ${dueOf('d')}, d.delivery_id) <= p.free
      end as taken
    from places p cross join lateral (
      select d.*, front.due as behind from delivery d
      left join lateral (
        select ${dueOf('e')} as due, e.state from delivery e where e.workspace_id = $1
          and e.subscriber_id = p.subscriber_id and e.stream_id = d.stream_id and e.delivery_id < d.delivery_id
          and e.state in ('pending', 'held') and not e.parked limit 1) front on not d.parked
      where d.workspace_id = $1 and d.subscriber_id = p.subscriber_id and d.state = 'pending'
        and ${dueOf('d')} <= statement_timestamp()
        and (d.delivery_id, d.attempts) not in (select delivery_id, attempts from under_way)
        and (front.state is null or (front.state = 'pending' and front.due > statement_timestamp()))
      order by ${dueOf('d')}, d.delivery_id
      limit case when p.free > 0 then greatest(p.free, ${LOOK_AT_LEAST}) else 0 end) d
  ), turned as (
    update delivery_turn t set turn = t.turn + 1 where t.workspace_id = $1 and exists (select from mine)
      and ($9 or exists (select from looked))
    returning t.turn
  ), written as (
    update delivery_claim c set claimed_until = ${UNTIL},
      delivery_ids = $3::bigint[] || (select coalesce(array_agg(delivery_id order by delivery_id), '{}') from looked where taken),
      attempts = $4::integer[] || (select coalesce(array_agg(attempts order by delivery_id), '{}') from looked where taken)
    from turned, seen where c.workspace_id = $1 and c.claim_id = $2 and turned.turn = seen.turn + 1
    returning c.claim_id
  ), put_off as (
    update delivery d set behind_until = b.behind from (
      select l.delivery_id, k.behind from looked k join delivery l on l.workspace_id = $1 and l.delivery_id = k.delivery_id
      where k.behind is not null and exists (select from written)
        and ${isAmong('l.delivery_id', PUT_OFF)} for update of l skip locked) b
    where d.workspace_id = $1 and d.delivery_id = b.delivery_id
      and ${isAmong('d.delivery_id', PUT_OFF)} and ${unindexed('d.state')} = 'pending'
  )
  select exists (select from mine) as claimed,
    exists (select from turned) and not exists (select from written) as outrun,
    exists (select from looked where behind is not null) as more,
    d.delivery_id as "deliveryId", d.subscriber_id as "subscriberId",
    d.stream_id as "streamId", d.event_id as "eventId", d.type, d.payload, d.created_at as "createdAt", d.body,
    d.attempts + 1 as attempts, d.parked, d.refusals, d.uncertain
  from (select) one left join looked d on d.taken and exists (select from written)`,
);

/**
 * By subscriber: how many more each may be given, and how many it has; a subscriber that is not
 * named may have `most`.
 */
export type Places = ReadonlyMap<string, { free: number; open: number }>;

export interface Take {
  /** In no particular order; no two of one stream, except for parked ones. */
  deliveries: Delivery[];
  /** Some were put off, so another look may find others. */
  more: boolean;
}

/** null: the claim was taken over, and with it everything under way. */
export async function takeDueDeliveries(
  db: Db,
  args: ClaimKey & {
    /** What this claim has taken and not finished. */
    underWay: readonly Delivery[];
    /** Whether fewer are under way than last reported, without an attempt. */
    gaveUp: boolean;
    places: Places;
    most: number;
  },
): Promise<Take | null> {
  const { workspaceId, claimId, underWay, gaveUp, places, most } = args;
  const values = [
    ...[workspaceId, claimId, ...given.values(underWay)],
    ...[...busy.values([...places]), most, gaveUp],
  ];
  let rows = await query(db, takeDue_, values);
  while (rows[0]?.outrun === true) rows = await query(db, takeDue_, values);
  if (rows[0]?.claimed !== true) return null;
  const deliveries = rows
    .filter(({ deliveryId }) => deliveryId !== null)
    .map((row) => Object.assign(row as Taken & { deliveryId: number }, { workspaceId, claimId }));
  return { deliveries, more: rows[0].more };
}
