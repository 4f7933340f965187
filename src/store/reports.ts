// What happened in a span of time, counted where it is kept: one statement for each way to group it.
import { type Db, query, type Statement, statement } from './sql.ts';

export interface ReportSpan {
  workspaceId: string;
  from: Date;
  to: Date;
  timeZone: string;
  agentId: string | null;
  teamId: string | null;
  channelId: string | null;
}

export type ReportGroup = 'day' | 'hour' | 'agent' | 'team' | 'channel';

/** Seconds to the microsecond; null where there was none. */
export interface FigureRow {
  /** null: the totals. `none`: nobody's. */
  key: string | null;
  opened: number;
  assigned: number;
  closed: number;
  abandoned: number;
  waitSecondsP50: number | null;
  waitSecondsP90: number | null;
  firstAnswerSecondsP50: number | null;
  firstAnswerSecondsP90: number | null;
  handlingSecondsP50: number | null;
  handlingSecondsP90: number | null;
  messagesIn: number;
  messagesOut: number;
  ratingAverage: number | null;
  ratings: number;
}

const seconds = (until: string, since: string) => `extract(epoch from ${until} - ${since})::float8`;
const within = (at: string) => `${at} >= $2 and ${at} < $3`;

// Everything that counts, a row each: what, when, whose. An undone assignment never reached its agent.
const facts = `
  select 'opened' as what, c.queued_at as at, c.agent_id, c.team_id, c.channel_id, 0::float8 as value
  from conversation c where c.workspace_id = $1 and ${within('c.queued_at')}
  union all
  select case when exists (select from assignment a where a.workspace_id = $1
      and a.conversation_id = c.conversation_id and a.state <> 'undone') then 'closed' else 'abandoned' end,
    c.closed_at, c.agent_id, c.team_id, c.channel_id, 0
  from conversation c where c.workspace_id = $1 and c.state = 'closed' and ${within('c.closed_at')}
  union all
  select case when exists (select from assignment f where f.workspace_id = $1 and f.conversation_id = a.conversation_id
      and f.state <> 'undone' and (f.assigned_at, f.assignment_id) < (a.assigned_at, a.assignment_id))
      then 'assigned' else 'first' end,
    a.assigned_at, a.agent_id, c.team_id, c.channel_id, ${seconds('a.assigned_at', 'c.queued_at')}
  from assignment a join conversation c on c.workspace_id = $1 and c.conversation_id = a.conversation_id
  where a.workspace_id = $1 and a.state <> 'undone' and ${within('a.assigned_at')}
  union all
  select 'handled', a.ended_at, a.agent_id, c.team_id, c.channel_id, ${seconds('a.ended_at', 'a.assigned_at')}
  from assignment a join conversation c on c.workspace_id = $1 and c.conversation_id = a.conversation_id
  where a.workspace_id = $1 and a.state = 'ended' and ${within('a.ended_at')}
  union all
  select case when m.author_kind = 'contact' then 'in'
      when exists (select from message f where f.workspace_id = $1 and f.conversation_id = m.conversation_id
        and f.seq < m.seq and f.kind = 'text' and not f.history and f.author_kind in ('agent', 'user')) then 'out'
      else 'answer' end,
    m.created_at, case when m.author_kind = 'contact' then c.agent_id else m.author_id end, c.team_id, c.channel_id,
    ${seconds('m.created_at', 'c.queued_at')}
  from message m join conversation c on c.workspace_id = $1 and c.conversation_id = m.conversation_id
  where m.workspace_id = $1 and m.kind = 'text' and not m.history and m.author_kind in ('contact', 'agent', 'user')
    and ${within('m.created_at')}
  union all
  select 'rated', c.rated_at, c.agent_id, c.team_id, c.channel_id, c.rating_score
  from conversation c where c.workspace_id = $1 and c.rating_score is not null and ${within('c.rated_at')}`;

const count = (...what: string[]) =>
  `(count(*) filter (where what in (${what.map((one) => `'${one}'`).join(', ')})))::integer`;
const spread = (share: string, what: string) =>
  `percentile_cont(${share}) within group (order by value) filter (where what = '${what}')`;

const figures = `${count('opened')} as opened, ${count('assigned', 'first')} as assigned,
  ${count('closed', 'abandoned')} as closed, ${count('abandoned')} as abandoned,
  ${spread('0.5', 'first')} as "waitSecondsP50", ${spread('0.9', 'first')} as "waitSecondsP90",
  ${spread('0.5', 'answer')} as "firstAnswerSecondsP50", ${spread('0.9', 'answer')} as "firstAnswerSecondsP90",
  ${spread('0.5', 'handled')} as "handlingSecondsP50", ${spread('0.9', 'handled')} as "handlingSecondsP90",
  ${count('in')} as "messagesIn", ${count('out', 'answer')} as "messagesOut",
  avg(value) filter (where what = 'rated') as "ratingAverage", ${count('rated')} as ratings`;

// Sorted and grouped as dates, numbers and ids; written as text only once a group is one row.
const keys: Record<ReportGroup, { key: string; text: string }> = {
  day: { key: '(at at time zone $4)::date', text: `to_char(key, 'YYYY-MM-DD')` },
  hour: {
    key: 'extract(hour from at at time zone $4)::integer',
    text: `to_char(key, 'FM00')`,
  },
  agent: { key: 'agent_id', text: 'key::text' },
  team: { key: 'team_id', text: 'key::text' },
  channel: { key: 'channel_id', text: 'key::text' },
};

const reports_ = Object.fromEntries(
  Object.entries(keys).map(([by, { key, text }]) => [
    by,
    statement<FigureRow>(
      `report-by-${by}`,
      `-- every fact names workspace_id
      select case when grouping(key) = 0 then coalesce(${text}, 'none') end as key, ${figures}
      from (select ${key} as key, what, value from (${facts}) f
        where $4::text is not null and ($5::uuid is null or agent_id = $5)
          and ($6::uuid is null or team_id = $6) and ($7::uuid is null or channel_id = $7)) k
      group by grouping sets ((key), ())`,
    ),
  ]),
) as Record<ReportGroup, Statement<FigureRow>>;

/** The totals, and a row for each key of which there is anything, in no order. */
export function readReport(db: Db, by: ReportGroup, span: ReportSpan): Promise<FigureRow[]> {
  const { workspaceId, from, to, timeZone, agentId, teamId, channelId } = span;
  return query(db, reports_[by], [workspaceId, from, to, timeZone, agentId, teamId, channelId]);
}

const names_ = {
  agent: statement<{ id: string; name: string }>(
    'report-agent-names',
    'select agent_id as id, name from agent where workspace_id = $1',
  ),
  team: statement<{ id: string; name: string }>(
    'report-team-names',
    'select team_id as id, name from team where workspace_id = $1',
  ),
  channel: statement<{ id: string; name: string }>(
    'report-channel-names',
    'select channel_id as id, name from channel where workspace_id = $1',
  ),
};

/** Also of those that are gone, as far as they are still known. */
export async function readNames(
  db: Db,
  kind: keyof typeof names_,
  workspaceId: string,
): Promise<Map<string, string>> {
  const rows = await query(db, names_[kind], [workspaceId]);
  return new Map(rows.map(({ id, name }) => [id, name]));
}
