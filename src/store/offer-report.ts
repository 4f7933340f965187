// What agents were given and offered, and how the offers ended, by the moment at which each was made.
import type { Pool } from 'pg';
import {
  DAYS,
  eachWay,
  type Keyed,
  LIMITED,
  msOf,
  readSideReport,
  type SideGroup,
  sideGroups,
} from './agent-report.ts';
import { isBot } from './bots.ts';
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
  agent: 'a.agent_id::text',
  team: 'c.team_id::text',
  plan: 'c.plan',
  channel: 'c.channel_id::text',
};
const asked = 'offered is not null';
const count = (name: string, where: string) =>
  `count(*) filter (where ${where})::integer as "${name}"`;

// $8 and $9: how an offer ends that was declined, and that was missed.
const write = (by: SideGroup) => `with ${SLOTS}, ${DAYS}, fact as materialized (
    select width_bucket(${msOf('a.assigned_at')}, e.starts) as n, coalesce(${KEYS[by]}, 'none') as key, a.state, a.offered_until as offered,
      a.confirmed_at as accepted, a.ended_at as ended, a.end_reason as reason, ${msOf('a.confirmed_at')} - ${msOf('a.assigned_at')} as took
    from assignment a cross join edges e cross join until
    left join conversation c on c.workspace_id = $1 and c.conversation_id = a.conversation_id
    where a.workspace_id = $1 and a.assigned_at >= $2 and a.assigned_at < until and not ${isBot('a.agent_id')} and ($6::uuid is null or a.agent_id = $6)
      and ($7::uuid is null or c.team_id = $7)
  ), spread as (
    select n, key, percentile_cont(array[0.5, 0.9]) within group (order by took) filter (where ${asked} and accepted is not null) as took,
      ${count('given', `(${asked} and accepted is not null) or (offered is null and state <> 'undone')`)},
      ${count('offered', asked)}, ${count('accepted', `${asked} and accepted is not null`)},
      ${count('declined', `${asked} and accepted is null and reason = $8`)},
      ${count('missed', `${asked} and accepted is null and reason = $9`)},
      ${count('withdrawn', `${asked} and accepted is null and ended is not null and reason not in ($8, $9)`)},
      ${count('open', `${asked} and accepted is null and ended is null`)}
    from fact group by n, key
  )
  select to_char(d.day, 'YYYY-MM-DD') as day, key, given, offered, accepted, declined, missed, withdrawn, open,
    took[1] as "acceptMsP50", took[2] as "acceptMsP90"
  from spread s join days d on d.n = s.n where given + offered > 0 order by d.n, key ${LIMITED}`;

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
