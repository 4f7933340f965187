// The conversations behind a figure of a report: the same facts as the report counts, listed page by page.
import type { Pool } from 'pg';
import type { ChannelKind } from '../contract/channel-kinds.ts';
import type { ConversationState } from '../contract/conversation-states.ts';
import type { ListedFigure } from '../contract/report-details.ts';
import {
  countByQuarter,
  countsOnce,
  type OnceFilter,
  type ReportListFilter,
  spansOfLatest,
} from './count-by-quarter.ts';
import { withReportSnapshot } from './read-tally.ts';
import { reportAllowance } from './report-allowance.ts';
import { COMMENTED, type Fact, factOf, type ReportGroup } from './report-facts.ts';
import type { ReportSpan } from './reports.ts';
import { type Db, query, type Statement, statement } from './sql.ts';
import { withSnapshot } from './tx.ts';
import {
  aliasOf,
  CAME,
  keyOf,
  type Narrowed,
  nameOf,
  narrowedTo,
  PLACES,
  selectFact,
  slotsOf,
} from './write-report.ts';

export interface ReportListRow {
  conversationId: string;
  channelId: string;
  channelName: string;
  channelKind: ChannelKind;
  contactExternalId: string;
  contactName: string | null;
  contactEmail: string | null;
  contactPhone: string | null;
  state: ConversationState;
  agentId: string | null;
  agentName: string | null;
  teamId: string | null;
  teamName: string | null;
  plan: string | null;
  queuedAt: Date;
  closedAt: Date | null;
  ratingScore: number | null;
  ratingComment: string | null;
  at: Date;
  times: number;
  seconds: number | null;
  sortKey: string;
}

/** Over all pages; all the rest is null where a page has nothing. */
type CountedRow = { count: number; conversations: number } & {
  [Part in keyof ReportListRow]: ReportListRow[Part] | null;
};

interface ReportList {
  /** Over all pages. */
  count: number;
  conversations: number;
  rows: ReportListRow[];
}

const HOUR_OF_WEEK = (at: string): string =>
  `((extract(isodow from ${at} at time zone $4) - 1) * 24 + extract(hour from ${at} at time zone $4))::integer`;

/** What a fact tells beside its time, and which of its rows the figure is. */
const told: Partial<Record<ListedFigure, 'seconds' | 'true' | 'false' | 'score'>> = {
  waits: 'seconds',
  firstAnswers: 'seconds',
  handlings: 'seconds',
  messagesIn: 'true',
  messagesOut: 'false',
  ratings: 'score',
  firstAnswersMet: 'true',
  firstAnswersMissed: 'false',
  nextAnswersMet: 'true',
  nextAnswersMissed: 'false',
  endsMet: 'true',
  endsMissed: 'false',
};

function write(figure: ListedFigure, by: ReportGroup, narrowed: Narrowed): string {
  const fact = factOf(figure);
  const columns = {
    conversation_id: `${aliasOf(fact)}.conversation_id`,
    at: fact.at,
    key: keyOf(fact, by),
    seconds: told[figure] === 'seconds' ? (fact.value ?? 'null') : 'null::float8',
  };
  const wanted = [...narrowedTo(fact, narrowed), ...wantedOf(fact, figure), PLACES];
  return `with ${slotsOf(by)}${CAME}, fact as (
      ${selectFact(fact, columns, wanted)}
    ), found as materialized (
      select conversation_id, max(at) as at, count(*)::integer as times, max(seconds) as seconds from fact
      where ($8::text is null or ${nameOf(by)} = $8)
        and ($9::float8 is null or seconds >= $9) and ($10::float8 is null or seconds < $10)
      group by conversation_id
    ), page as (
      select * from found f where $15::timestamptz is null or (f.at, f.conversation_id) < ($15, $16::uuid)
      order by f.at desc, f.conversation_id desc limit $17
    )
    select t.count, t.conversations, c.conversation_id as "conversationId", c.channel_id as "channelId", h.name as "channelName",
      h.kind as "channelKind", k.external_id as "contactExternalId", k.name as "contactName", k.email as "contactEmail",
      k.phone as "contactPhone", c.state, c.agent_id as "agentId", g.name as "agentName", c.team_id as "teamId",
      e.name as "teamName", c.plan, c.queued_at as "queuedAt", c.closed_at as "closedAt", c.rating_score as "ratingScore",
      c.rating_comment as "ratingComment", p.at, p.times, p.seconds, p.at::text as "sortKey"
    from (select coalesce(sum(times), 0)::integer as count, count(*)::integer as conversations from found) t
    left join (page p join conversation c on c.workspace_id = $1 and c.conversation_id = p.conversation_id
      join channel h on h.workspace_id = $1 and h.channel_id = c.channel_id
      join contact k on k.workspace_id = $1 and k.contact_id = c.contact_id
      left join agent g on g.workspace_id = $1 and g.agent_id = c.agent_id
      left join team e on e.workspace_id = $1 and e.team_id = c.team_id) on true
    order by p.at desc, p.conversation_id desc`;
}

function wantedOf(fact: Fact, figure: ListedFigure): string[] {
  const way = told[figure];
  const hour = HOUR_OF_WEEK(fact.at);
  return [
    `($11::integer is null or ${hour} / 24 + 1 = $11)`,
    `($12::integer is null or ${hour} % 24 = $12)`,
    way === 'score' ? '($13::integer is null or c.rating_score = $13)' : '$13::integer is null',
    way === 'score' ? `($14::boolean is null or ${COMMENTED} = $14)` : '$14::boolean is null',
    ...(way === 'true' ? [`${fact.value}`] : way === 'false' ? [`not (${fact.value})`] : []),
  ];
}

const known = new Map<string, Statement<CountedRow>>();

function statementFor(
  figure: ListedFigure,
  by: ReportGroup,
  narrowed: Narrowed,
): Statement<CountedRow> {
  const way = `${figure}-by-${by}${narrowed.agent ? '-of-agent' : ''}${narrowed.place ? '-of-place' : ''}`;
  const made =
    known.get(way) ?? statement<CountedRow>(`report-list-${way}`, write(figure, by, narrowed));
  known.set(way, made);
  return made;
}
statementFor('opened', 'day', { agent: false, place: false });
statementFor('ratings', 'agent', { agent: true, place: true });
statementFor('handlings', 'plan', { agent: true, place: true });
statementFor('messagesOut', 'hour', { agent: false, place: false });

type Asked = ReportSpan & { after: { key: string | null; id: string } | null; limit: number };

/** The latest first. */
export function listReported(
  pool: Pool,
  filter: ReportListFilter,
  span: Asked,
): Promise<ReportList> {
  if (countsOnce(filter)) {
    return withReportSnapshot(pool, span, (tx) => listByQuarter(tx, filter, span));
  }
  return withSnapshot(pool, reportAllowance, async (tx) => {
    const rows = await readPage(tx, filter, span);
    const { count = 0, conversations = 0 } = rows[0] ?? {};
    return { count, conversations, rows: rows.filter(isThere) };
  });
}

/** Counts what days that are over have packed, so that raw rows are read for the page alone. */
async function listByQuarter(
  tx: Db,
  filter: ReportListFilter & OnceFilter,
  span: Asked,
): Promise<ReportList> {
  const quarters = await countByQuarter(tx, filter, span);
  const count = quarters.counts.reduce((sum, times) => sum + times, 0);
  const rows: ReportListRow[] = [];
  for (const part of spansOfLatest(quarters, span)) {
    const left = span.limit - rows.length;
    if (left <= 0) break;
    const page = await readPage(tx, filter, { ...span, ...part, limit: left });
    rows.push(...page.filter(isThere));
  }
  return { count, conversations: count, rows };
}

function readPage(tx: Db, filter: ReportListFilter, span: Asked): Promise<CountedRow[]> {
  const { workspaceId, from, to, timeZone, agentId, teamId, channelId, after, limit } = span;
  const { figure, by, key, atLeastSeconds, underSeconds, weekday, hour, score, commented } = filter;
  const place = teamId !== null || channelId !== null;
  return query(tx, statementFor(figure, by, { agent: agentId !== null, place }), [
    ...[workspaceId, from, to, timeZone, agentId, teamId, channelId, key],
    ...[atLeastSeconds, underSeconds, weekday, hour, score, commented],
    ...[after?.key ?? null, after?.id ?? null, limit],
  ]);
}

function isThere(row: CountedRow): row is CountedRow & ReportListRow {
  return row.conversationId !== null;
}
