// How many conversations came in each half hour of a span.
import type { Pool } from 'pg';
import { query, statement } from './sql.ts';
import { withSnapshot } from './tx.ts';

export interface ArrivalsSpan {
  workspaceId: string;
  from: Date;
  to: Date;
  timeZone: string;
  teamId: string | null;
  channelId: string | null;
}

export interface CameRow {
  start: Date;
  arrivals: number;
}

// Clocks change by half hours and their multiples, so half hours that are counted from any midnight of
// the zone begin when its clocks show :00 and :30. One that is not over, or that the span cuts, is
// no whole one.
const report_ = statement<CameRow>(
  'report-arrivals',
  `with bounds as materialized (
    select timestamp '2000-01-01' at time zone $4 as midnight, least($3::timestamptz, clock_timestamp()) as until
  ), came as (
    select date_bin('30 minutes', c.queued_at, midnight) as start, count(*)::integer as arrivals
    from conversation c cross join bounds
    where c.workspace_id = $1 and c.queued_at >= $2 and c.queued_at < $3
      and ($5::uuid is null or c.team_id = $5) and ($6::uuid is null or c.channel_id = $6)
    group by 1
  ), whole as (
    select start, arrivals from came cross join bounds
    where start >= $2 and start + interval '30 minutes' <= until
  )
  select s.start, coalesce(w.arrivals, 0) as arrivals
  from bounds cross join (select min(start) as first from whole) f
    cross join generate_series(f.first, until - interval '30 minutes', interval '30 minutes') as s(start)
    left join whole w on w.start = s.start
  order by s.start`,
);

/** From the first half hour in which somebody came to the last that is over. */
export function readArrivals(pool: Pool, span: ArrivalsSpan): Promise<CameRow[]> {
  const { workspaceId, from, to, timeZone, teamId, channelId } = span;
  return withSnapshot(pool, 'set local plan_cache_mode = force_custom_plan', (tx) =>
    query(tx, report_, [workspaceId, from, to, timeZone, teamId, channelId]),
  );
}
