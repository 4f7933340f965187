// What agents were given and offered, and how the offers ended, by the moment at which each was made.
import type { Pool } from 'pg';
import {
  DAYS,
  dayOf,
  eachWay,
  edge,
  type Keyed,
  LIMITED,
  msOf,
  readSideReport,
  type SideGroup,
  sideGroups,
  spreadOf,
} from './agent-report.ts';
import { isBot } from './bots.ts';
import { computedOnce } from './guide-planner.ts';
import { statement } from './sql.ts';
import { SLOTS, type StatusSpan } from './status-stretches.ts';

/** `offered` is the sum of the five that follow it. */
export interface OfferFigures {
  /** What became theirs: given at once, or accepted. */
  given: number;
  offered: number;
  accepted: number;
  declined: number;
  missed: number;
  /** It ended otherwise, before the agent answered. */
  withdrawn: number;
  /** It still stands. */
  open: number;
  /** From the offer to the acceptance. */
  acceptMsP50: number | null;
  acceptMsP90: number | null;
}

const KEYS: Record<SideGroup, string> = {
  all: `'all'`,
  agent: 'a.agent_id',
  team: 'c.team_id',
  plan: 'c.plan',
  channel: 'c.channel_id',
};
const OUTCOMES = ['accepted', 'declined', 'missed', 'withdrawn', 'open'];
const ofThese = (where: string) => `coalesce(sum(times) filter (where ${where}), 0)::integer`;

// $8 and $9: how an offer ends that was declined, and that was missed.
const write = (by: SideGroup) => `with ${SLOTS}, ${DAYS}, fact as (
    select ${dayOf('at')} as n, key, asked, outcome, case when outcome = 'accepted' then (${msOf('confirmed_at')} - at)::float8 end as took
    from ${computedOnce(`select ${msOf('a.assigned_at')} as at, ${KEYS[by]} as key, a.offered_until is not null as asked, a.confirmed_at, case
        when a.offered_until is null then case when a.state <> 'undone' then 'given' end
        when a.confirmed_at is not null then 'accepted' when a.end_reason = $8 then 'declined' when a.end_reason = $9 then 'missed'
        when a.ended_at is null then 'open' when a.end_reason is not null then 'withdrawn' end as outcome
      from assignment a left join conversation c on c.workspace_id = $1 and c.conversation_id = a.conversation_id
      where a.workspace_id = $1 and a.assigned_at >= $2 and a.assigned_at < $3 and not ${isBot('a.agent_id')}
        and ($6::uuid is null or a.agent_id = $6) and ($7::uuid is null or c.team_id = $7)`)} one where at < ${edge('last')}
  ), counted as (
    select n, key, asked, outcome, count(*) as times, array_agg(took) filter (where took is not null) as took from fact group by 1, 2, 3, 4
  ), summed as (
    select n, key, ${ofThese(`outcome in ('given', 'accepted')`)} as given, ${ofThese('asked')} as offered,
      ${OUTCOMES.map((outcome) => `${ofThese(`outcome = '${outcome}'`)} as ${outcome}`)}, max(took) as took
    from counted group by n, key
  )
  select to_char(d.day, 'YYYY-MM-DD') as day, coalesce(s.key::text, 'none') as key, given, offered, ${OUTCOMES}, took[1] as "acceptMsP50", took[2] as "acceptMsP90"
  from ${computedOnce(`select n, key, given, offered, ${OUTCOMES}, ${spreadOf('took')} as took from summed where given + offered > 0`)} s
  join days d on d.n = s.n order by d.n, 2 ${LIMITED}`;

const reports = eachWay(sideGroups, (by) =>
  statement<Keyed<OfferFigures>>(`report-offers-by-${by}`, write(by)),
);

/** By day, then by key. */
export function readOffers(
  pool: Pool,
  { by, ended }: { by: SideGroup; ended: { declined: string; missed: string } },
  span: StatusSpan,
): Promise<Keyed<OfferFigures>[]> {
  return readSideReport(pool, reports[by], span, [ended.declined, ended.missed]);
}
