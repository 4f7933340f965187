// How often what was told of waits was right: one statement for each way to group it.
import type { Pool } from 'pg';
import {
  type ToldWaitFigures,
  type ToldWaitGroup,
  toldLengths,
  toldWaitGroups,
} from '../contract/told-waits.ts';
import { reportAllowance } from './report-allowance.ts';
import { query, type Statement, statement } from './sql.ts';
import { withSnapshot } from './tx.ts';

const KEYS: Record<ToldWaitGroup, string> = {
  hour: `to_char(told_at at time zone $4, 'HH24')`,
  day: `to_char(told_at at time zone $4, 'YYYY-MM-DD')`,
  plan: `coalesce(plan, 'none')`,
  length: `(case ${toldLengths.map((end, nth) => `when middle < ${end} then ${toldLengths[nth - 1] ?? 0}`).join(' ')} else ${toldLengths.at(-1)} end)::text`,
  method: 'method',
};

export type ToldRow = ToldWaitFigures & { key: string | null };

/** Whoever left before the end of the range might have waited within it or longer: nobody knows. */
const write = (by: ToldWaitGroup) => `with told as (
    select ${KEYS[by]} as key, middle::float8 as middle, waited::float8 as waited, outcome, case
      when outcome is not null and waited > high then 'longer'
      when outcome = 'served' and waited < low then 'shorter'
      when outcome = 'served' then 'within' end as place
    from told_wait t where workspace_id = $1 and told_at >= $2 and told_at < $3 and method <> 'none'
      and ($4::text is not null) and ($5::boolean or nth = 0)
      and ($6::uuid is null or exists (select from conversation c
        where c.workspace_id = $1 and c.conversation_id = t.conversation_id and c.channel_id = $6))
  )
  select key, count(*)::integer as told, count(place)::integer as known,
    count(*) filter (where place = 'within')::integer as within, count(*) filter (where place = 'shorter')::integer as shorter,
    count(*) filter (where place = 'longer')::integer as longer,
    (count(*) filter (where place = 'within')::float8 / nullif(count(place), 0)) as "withinShare",
    (count(*) filter (where outcome = 'served' and waited <= middle)::float8 / nullif(count(*) filter (where outcome = 'served'), 0)) as "shorterThanP50Share",
    percentile_cont(0.5) within group (order by middle) as "toldSecondsP50",
    percentile_cont(0.5) within group (order by waited) filter (where outcome = 'served') as "waitedSecondsP50"
  from told group by grouping sets ((), (key)) order by key nulls first limit 1001`;

const reports = Object.fromEntries<Statement<ToldRow>>(
  toldWaitGroups.map((by) => [by, statement<ToldRow>(`report-told-waits-by-${by}`, write(by))]),
) as unknown as Record<ToldWaitGroup, Statement<ToldRow>>;

/** The totals (key null), and a row for each key of which anything was told. */
export function readToldWaits(
  pool: Pool,
  by: ToldWaitGroup,
  span: {
    workspaceId: string;
    from: Date;
    to: Date;
    timeZone: string;
    all: boolean;
    channelId: string | null;
  },
): Promise<ToldRow[]> {
  const { workspaceId, from, to, timeZone, all, channelId } = span;
  return withSnapshot(pool, reportAllowance, (tx) =>
    query(tx, reports[by], [workspaceId, from, to, timeZone, all, channelId]),
  );
}
