// Writes the statement that reads raw rows as a portion: each fact of a span, grouped by what happened, when and whose it is.
import type { ListedFigure } from '../contract/report-details.ts';
import { COMMENTED, type Fact, facts, type Measured, measured } from './report-facts.ts';
import { codeOfTimes, counted, RATINGS } from './report-portion.ts';
import { CAME, type Narrowed, narrowedTo, PLACES, placeOf, selectFact } from './write-report.ts';

export interface PortionRow {
  code: number;
  /** Since 1970, in quarters of an hour. */
  quarter: number;
  agentId: string | null;
  teamId: string | null;
  channelId: string;
  plan: string | null;
  times: number;
  seconds: number[] | null;
}

/** $1 the workspace, $2 and $3 the span, $5 an agent, $6 a team, $7 a channel. */
export function writePortion(wanted: readonly ListedFigure[], narrowed: Narrowed): string {
  const some = facts.filter(({ figures }) => figures.some((figure) => wanted.includes(figure)));
  return `with ${CAME}, fact as (
      ${some.map((fact) => selectOne(fact, narrowed)).join('\n    union all\n    ')}
    )
    select code, quarter, agent_id as "agentId", team_id as "teamId", channel_id as "channelId", plan,
      count(*)::integer as times, array_agg(seconds) filter (where seconds is not null) as seconds
    from fact where ${PLACES} group by code, quarter, agent_id, team_id, channel_id, plan`;
}

function selectOne(fact: Fact, narrowed: Narrowed): string {
  const isTimed = measured.includes(fact.figures[0] as Measured);
  const columns = {
    code: `(${codeOf(fact)})::integer`,
    quarter: `floor(extract(epoch from ${fact.at}) / 900)::integer`,
    agent_id: fact.agent,
    team_id: placeOf(fact, 'team_id'),
    channel_id: placeOf(fact, 'channel_id'),
    plan: fact.plan ?? placeOf(fact, 'plan'),
    seconds: isTimed ? (fact.value ?? 'null') : 'null::float8',
  };
  return selectFact(fact, columns, narrowedTo(fact, narrowed));
}

function codeOf({ figures: [first, second], value }: Fact): string {
  if (first === 'ratings')
    return `${RATINGS} + (c.rating_score - 1) * 2 + case when ${COMMENTED} then 1 else 0 end`;
  if (measured.includes(first as Measured)) return String(codeOfTimes(first as Measured));
  const code = (figure: ListedFigure | undefined) => counted.indexOf(figure as never);
  return second === undefined
    ? String(code(first))
    : `case when ${value} then ${code(first)} else ${code(second)} end`;
}
