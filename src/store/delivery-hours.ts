// How what happened in each hour arrived at an endpoint.
import { type Db, query, statement } from './sql.ts';

/** Rows that are looked at in a table of any size, as the walk along `delivery_log` ends there. */
export const MOST_LOOKED_AT = 20_000;

export interface DeliveryHour {
  at: Date;
  delivered: number;
  /** Given up. */
  failed: number;
  /** Still to be sent, or sent again. */
  waiting: number;
  /** Of all rows that were looked at: how many, and when the earliest of them happened. */
  lookedAt: number;
  earliestAt: Date;
}

// The latest by number, which grows with time; whole hours of UTC.
const list_ = statement<DeliveryHour>(
  'list-delivery-hours',
  `with latest as materialized (
    select created_at, state from delivery
    where workspace_id = $1 and subscriber_id = $2 and event_id is not null order by delivery_id desc limit $4
  )
  select date_trunc('hour', created_at, 'UTC') as at, count(*) filter (where state = 'done')::integer as delivered,
    count(*) filter (where state = 'failed')::integer as failed,
    count(*) filter (where state in ('pending', 'held'))::integer as waiting,
    (select count(*)::integer from latest) as "lookedAt", (select min(created_at) from latest) as "earliestAt"
  from latest where created_at >= $3 group by 1 order by 1`,
);

/** Hours in which nothing happened are left out. `most`: of the rows, for tests. */
export function listDeliveryHours(
  db: Db,
  args: { workspaceId: string; endpointId: string; from: Date; most?: number },
): Promise<DeliveryHour[]> {
  const { workspaceId, endpointId, from, most = MOST_LOOKED_AT } = args;
  return query(db, list_, [workspaceId, endpointId, from, most]);
}
