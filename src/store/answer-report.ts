// How soon contacts were answered, by the moment of the answer and by who gave it, to the millisecond.
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
import { computedOnce, lookedUp } from './guide-planner.ts';
import { itsConversation, own } from './report-facts.ts';
import { statement } from './sql.ts';
import { SLOTS, type StatusSpan } from './status-stretches.ts';
import { CAME } from './write-report.ts';

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
  agent: 'f.agent_id',
  team: own('team_id'),
  plan: own('plan'),
  channel: own('channel_id'),
};

const ours = `m.kind = 'text' and not m.history and m.author_kind in ('agent', 'user')`;
const asks = `m.kind = 'text' and not m.history and m.author_kind = 'contact'`;
const earlier = (select: string, where: string) => `select ${select} from message m
    where m.workspace_id = $1 and m.conversation_id = t.conversation_id and ${where}`;

// A turn is what a contact wrote and the answer to it. Of a turn whose messages are not all there, as
// of one that was under way when the span began, the answer before it is looked up and what it answers.
const ANSWERS = `turn as materialized (
    select conversation_id, turn, min(at) filter (where asks) as asked, max(seq) filter (where answers) as seq,
      max(at) filter (where answers) as at, (array_agg(agent_id) filter (where answers))[1] as agent_id,
      turn > 0 or count(*) = max(seq) as whole
    from (select *, count(*) filter (where answers) over (partition by conversation_id order by seq
        rows between unbounded preceding and 1 preceding) as turn
      from ${computedOnce(`select m.conversation_id, m.seq, ${msOf('m.created_at')} as at, ${ours} as answers, ${asks} as asks,
          case when m.author_kind = 'agent' then m.author_id end as agent_id
        from message m where m.workspace_id = $1 and m.created_at >= $2 and m.created_at < $3`)} said where at < ${edge('last')}) numbered
    group by conversation_id, turn having bool_or(answers)
  ), answer as (
    select conversation_id, at, agent_id, asked, turn = 0 as first from turn where whole
    union all
    select t.conversation_id, t.at, t.agent_id, a.asked, b.seq is null
    from turn t left join ${lookedUp(earlier('m.seq', `m.seq < t.seq and ${ours} order by m.seq desc limit 1`))} b on true
    cross join ${lookedUp(
      earlier(
        `min(${msOf('m.created_at')}) as asked`,
        `m.seq > coalesce(b.seq, -1) and m.seq < t.seq and ${asks}`,
      ),
    )} a
    where not t.whole
  )`;

// What was given before the span and answered before it too is no first answer any more.
const OWN = `own as (
    select t.conversation_id, t.agent_id, t.since, t.at from (
      select a.conversation_id, a.assignment_id, a.agent_id, a.assigned_at, a.since, min(s.at) as at
      from turn s join (select conversation_id, assignment_id, agent_id, assigned_at, ${msOf('assigned_at')} as since, ${msOf('ended_at')} as till
        from assignment where workspace_id = $1 and assigned_at < $3) a
        on a.conversation_id = s.conversation_id and a.agent_id = s.agent_id and a.since <= s.at and (a.till is null or a.till > s.at)
      group by a.conversation_id, a.assignment_id, a.agent_id, a.assigned_at, a.since
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

const kinds = ['first', 'own', 'next'];
const summed = kinds.map((kind) => {
  const of = `filter (where kind = '${kind}')`;
  return `coalesce(max(times) ${of}, 0)::integer as "${kind}s", max(took) ${of} as "${kind}Ms",
    coalesce(max(within) ${of}, 0)::integer as "${kind}sWithin"`;
});
const spread = kinds.map((kind) => `${spreadOf(`"${kind}Ms"`)} as "${kind}Spread"`);
const figures = kinds.map(
  (kind) =>
    `"${kind}s", "${kind}Spread"[1] as "${kind}MsP50", "${kind}Spread"[2] as "${kind}MsP90", "${kind}sWithin"`,
);

// $8: the time asked for.
const write = (by: SideGroup) => `with ${SLOTS}, ${DAYS}, ${CAME}, ${ANSWERS}, ${OWN}, found as (
    select conversation_id, agent_id, at, case when first then 'first' else 'next' end as kind, asked as since from answer where first or asked is not null
    union all
    select conversation_id, agent_id, at, 'own', since from own
  ), fact as (
    select ${dayOf('f.at')} as n, ${KEYS[by]} as key, f.kind,
      greatest(0, f.at - case when f.kind = 'first' then ${msOf(own('queued_at'))} else f.since end)::float8 as took
    from found f ${itsConversation('f')}
    where ($6::uuid is null or f.agent_id = $6) and ($7::uuid is null or ${own('team_id')} = $7)
  ), counted as (
    select n, key, kind, count(*) as times, array_agg(took) as took, count(*) filter (where took <= $8) as within from fact group by n, key, kind
  ), summed as (select n, key, ${summed} from counted group by n, key)
  select to_char(d.day, 'YYYY-MM-DD') as day, coalesce(f.key::text, 'none') as key, ${figures}
  from ${computedOnce(`select *, ${spread} from summed`)} f join days d on d.n = f.n order by d.n, 2 ${LIMITED}`;

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
