// SQL of reports on people: the days of a span, who is reported, and what each was from when to when.
import { LAPSED_BECAUSE, lastChange } from './status-changes.ts';

export interface StatusSpan {
  workspaceId: string;
  from: Date;
  to: Date;
  timeZone: string;
  byDay: boolean;
  agentId: string | null;
  teamId: string | null;
}

/** Of the parameters $1 to $7, which all of this reads. */
export function valuesOf(span: StatusSpan): unknown[] {
  const { workspaceId, from, to, timeZone, byDay, agentId, teamId } = span;
  return [workspaceId, from, to, timeZone, byDay, agentId, teamId];
}

/**
 * CTEs: `until`, the end of the span or now; `slot`, each day of it with its start and end, or the
 * whole of it. Days begin at midnight of the zone, whatever its clocks do.
 */
export const SLOTS = `until as materialized (
    select least($3::timestamptz, date_trunc('milliseconds', clock_timestamp())) as until
  ), slot as materialized (
    select case when $5 then d::date end as day,
      case when $5 then greatest(d::date::timestamp at time zone $4, $2) else $2 end as starts,
      case when $5 then least((d::date + 1)::timestamp at time zone $4, until) else until end as ends
    from until, generate_series(($2::timestamptz at time zone $4)::date::timestamp,
      case when $5 then (until at time zone $4)::date else ($2::timestamptz at time zone $4)::date end::timestamp, interval '1 day') d
  )`;

/**
 * CTEs after SLOTS: `who`, the people of the report, also those who were there and are gone;
 * `stretch`, what each of them was, since when and till when (null: still). Each agent's last change
 * before the span says what they were when it began. A lease that is over and not yet ended counts
 * as ended. `around`: an interval by which it reaches beyond the span.
 */
export function stretches(around = '0'): string {
  const [from, to] = [`$2::timestamptz - interval '${around}'`, 'beyond.till'];
  return `beyond as materialized (
    select least($3::timestamptz + interval '${around}', date_trunc('milliseconds', clock_timestamp())) as till
  ), who as materialized (
    select a.agent_id, a.name, case when a.availability = 'online' and a.deleted_at is null then a.lease_until end as lease_until,
      a.signed_out, a.push_missed from agent a
    where a.workspace_id = $1 and a.kind = 'human' and ($6::uuid is null or a.agent_id = $6)
      and ($7::uuid is null or exists (select from agent_team t
        where t.workspace_id = $1 and t.team_id = $7 and t.agent_id = a.agent_id))
      and (a.deleted_at is null or a.deleted_at > $2) and a.created_at < $3
  ), changed as (
    select w.agent_id, r.* from who w cross join beyond cross join lateral (
      (select c.at, c.change_id, c.availability, c.status_id, c.cause from agent_status_change c
        where c.workspace_id = $1 and c.agent_id = w.agent_id and c.at <= ${from} order by c.at desc, c.change_id desc limit 1)
      union all
      select c.at, c.change_id, c.availability, c.status_id, c.cause from agent_status_change c
        where c.workspace_id = $1 and c.agent_id = w.agent_id and c.at > ${from} and c.at < ${to}
    ) r
    union all
    select w.agent_id, greatest(date_trunc('milliseconds', w.lease_until), last.at), ${Number.MAX_SAFE_INTEGER}, 'offline', null,
      ${LAPSED_BECAUSE}
    from who w cross join beyond ${lastChange('w.agent_id')} where w.lease_until <= ${to}
  ), stretch as (
    select agent_id, at as since, lead(at) over (partition by agent_id order by at, change_id) as till,
      availability, status_id, case when cause in ('missed-offers', 'no-sign-of-life', 'push-missed', 'signed-out') then cause end as cause
    from changed
  )`;
}

export const STRETCHES = stretches();
