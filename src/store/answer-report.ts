// How soon contacts were answered, by the moment of the answer and by who gave it, to the millisecond.
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
import { lookedUp } from './guide-planner.ts';
import { statement } from './sql.ts';
import { SLOTS, type StatusSpan } from './status-stretches.ts';

/** Of each kind: how many, the median, the 90th percentile, and how many within the time asked for. */
export interface AnswerFigures {
  /** The first of a conversation, since it came. */
  firsts: number;
  firstMsP50: number | null;
  firstMsP90: number | null;
  firstsWithin: number;
  /** The first of an agent, since they were given the conversation. */
  owns: number;
  ownMsP50: number | null;
  ownMsP90: number | null;
  ownsWithin: number;
  /** Each further one, since the first message that had no answer. */
  nexts: number;
  nextMsP50: number | null;
  nextMsP90: number | null;
  nextsWithin: number;
}

const KEYS: Record<SideGroup, string> = {
  all: `'all'`,
  agent: 'f.agent_id::text',
  team: 'c.team_id::text',
  plan: 'c.plan',
  channel: 'c.channel_id::text',
};

const ours = `m.kind = 'text' and not m.history and m.author_kind in ('agent', 'user')`;
const earlier = (select: string, where: string) => `select ${select} from message m
    where m.workspace_id = $1 and m.conversation_id = t.conversation_id and ${where}`;

// A turn is what a contact wrote and the answer to it. What a turn that was under way when the span
// began is an answer to is looked up, once for each conversation.
const ANSWERS = `said as materialized (
    select m.conversation_id, m.seq, ${msOf('m.created_at')} as at, m.author_kind <> 'contact' as answers,
      case when m.author_kind = 'agent' then m.author_id end as agent_id
    from message m cross join until where m.workspace_id = $1 and m.kind = 'text' and not m.history
      and m.author_kind in ('contact', 'agent', 'user') and m.created_at >= $2 and m.created_at < until
  ), turn as (
    select conversation_id, turn, min(at) filter (where not answers) as asked, max(seq) filter (where answers) as seq,
      max(at) filter (where answers) as at, (array_agg(agent_id) filter (where answers))[1] as agent_id
    from (select *, count(*) filter (where answers) over (partition by conversation_id order by seq
        rows between unbounded preceding and 1 preceding) as turn from said) numbered
    group by conversation_id, turn having bool_or(answers)
  ), answer as materialized (
    select t.conversation_id, t.at, t.agent_id, t.asked, false as first from turn t where t.turn > 0
    union all
    select t.conversation_id, t.at, t.agent_id, a.asked, b.seq is null
    from turn t left join ${lookedUp(earlier('m.seq', `m.seq < t.seq and ${ours} order by m.seq desc limit 1`))} b on true
    cross join ${lookedUp(
      earlier(
        `min(${msOf('m.created_at')}) as asked`,
        `m.seq > coalesce(b.seq, -1) and m.seq < t.seq and m.kind = 'text' and not m.history and m.author_kind = 'contact'`,
      ),
    )} a
    where t.turn = 0
  )`;

// What was given before the span and answered before it too is no first answer any more.
const OWN = `own as (
    select t.conversation_id, t.agent_id, t.since, t.at from (
      select a.conversation_id, a.assignment_id, a.agent_id, a.assigned_at, ${msOf('a.assigned_at')} as since, min(s.at) as at
      from said s join assignment a on a.workspace_id = $1 and a.conversation_id = s.conversation_id and a.agent_id = s.agent_id
        and ${msOf('a.assigned_at')} <= s.at and (a.ended_at is null or ${msOf('a.ended_at')} > s.at)
      where s.answers group by a.conversation_id, a.assignment_id, a.agent_id, a.assigned_at
    ) t
    left join ${lookedUp(
      earlier(
        'true as said',
        `t.assigned_at < $2 and ${ours} and m.author_kind = 'agent' and m.author_id = t.agent_id
      and m.created_at < $2 and ${msOf('m.created_at')} >= t.since limit 1`,
      ),
    )} b on true
    where b.said is null
  )`;

const figures = ['first', 'own', 'next'].map((kind) => {
  const of = `filter (where kind = '${kind}')`;
  return `count(*) ${of}::integer as "${kind}s", (percentile_cont(0.5) within group (order by took) ${of})::float8 as "${kind}MsP50",
    (percentile_cont(0.9) within group (order by took) ${of})::float8 as "${kind}MsP90",
    count(*) filter (where kind = '${kind}' and took <= $8)::integer as "${kind}sWithin"`;
});

// $8: the time asked for.
const write = (by: SideGroup) => `with ${SLOTS}, ${DAYS}, ${ANSWERS}, ${OWN}, found as (
    select conversation_id, agent_id, at, case when first then 'first' else 'next' end as kind, asked as since from answer where first or asked is not null
    union all
    select conversation_id, agent_id, at, 'own', since from own
  ), fact as (
    select width_bucket(f.at, e.starts) as n, coalesce(${KEYS[by]}, 'none') as key, f.kind,
      greatest(0, f.at - case when f.kind = 'first' then ${msOf('c.queued_at')} else f.since end) as took
    from found f cross join edges e join conversation c on c.workspace_id = $1 and c.conversation_id = f.conversation_id
    where ($6::uuid is null or f.agent_id = $6) and ($7::uuid is null or c.team_id = $7)
  )
  select to_char(d.day, 'YYYY-MM-DD') as day, f.key, ${figures.join(', ')}
  from fact f join days d on d.n = f.n group by d.n, d.day, f.key order by d.n, f.key ${LIMITED}`;

const reports = eachWay(sideGroups, (by) =>
  statement<Keyed<AnswerFigures>>(`report-answers-by-${by}`, write(by)),
);

/** By day, then by key. */
export function readAnswers(
  pool: Pool,
  { by, withinMs }: { by: SideGroup; withinMs: number },
  span: StatusSpan,
): Promise<Keyed<AnswerFigures>[]> {
  return readSideReport(pool, reports[by], span, [withinMs]);
}
