// What a report counts: each fact with its table, its time and whose it is.
import type { ListedFigure } from '../contract/report-details.ts';
import { isBot } from './bots.ts';
import { lookedUp } from './guide-planner.ts';

export type ReportGroup = 'day' | 'hour' | 'agent' | 'team' | 'channel' | 'plan';

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
  firstAnswersMet: number;
  firstAnswersMissed: number;
  nextAnswersMet: number;
  nextAnswersMissed: number;
  endsMet: number;
  endsMissed: number;
  /** How many the percentiles are of. */
  waits: number;
  firstAnswers: number;
  handlings: number;
}

const seconds = (until: string, since: string) => `date_part('epoch', ${until} - ${since})`;
export const within = (at: string) => `${at} >= $2 and ${at} < $3`;

/** One fact: where it is stored, its time, whose it is, and the figures that count it. */
export interface Fact {
  /** Of two, the first counts where `value` is true. */
  figures: readonly ListedFigure[];
  from: string;
  where: string;
  at: string;
  agent: string;
  /** Where it is not the conversation's. */
  plan?: string;
  /** How many seconds it took, a score, or which of two figures it is. */
  value?: string;
}

// For facts within a conversation: conversations that came within the span are read together; the
// few that came before are looked up one by one. Joining the table itself would read all of it for
// a month.
export const own = (column: string) =>
  `case when n.conversation_id is null then o.${column} else n.${column} end`;
export const itsConversation = (
  of: string,
) => `left join came n on n.conversation_id = ${of}.conversation_id
  left join ${lookedUp(`select queued_at, agent_id, team_id, channel_id, plan from conversation c
    where n.conversation_id is null and c.workspace_id = $1 and c.conversation_id = ${of}.conversation_id`)} o on true`;

/** SQL: of a conversation `c`. A comment of blanks alone says nothing. */
export const COMMENTED = `(coalesce(btrim(c.rating_comment), '') <> '')`;

const closed = `c.workspace_id = $1 and c.state = 'closed' and ${within('c.closed_at')}`;
const given = `a.workspace_id = $1 and a.state <> 'undone' and not ${isBot('a.agent_id')} and ${within('a.assigned_at')}`;
// What a bot was given is given to nobody: who waited for a person waited on.
const givenBefore = `f.workspace_id = $1 and f.state <> 'undone' and not ${isBot('f.agent_id')}`;
/** SQL: the agent, if it is a person. */
const person = (agentId: string) => `case when not ${isBot(agentId)} then ${agentId} end`;
const said = `m.workspace_id = $1 and m.kind = 'text' and not m.history and ${within('m.created_at')}`;
const byUs = `in ('agent', 'user')`;

// An undone assignment never reached its agent. The first of something is looked for within the
// span, which reads the span once more; before the span only for conversations that came before it.
// `limit 1`, because for an `exists` the planner would gather everything before it.
export const facts: readonly Fact[] = [
  {
    figures: ['opened'],
    from: 'came c',
    where: 'true',
    at: 'c.queued_at',
    agent: person('c.agent_id'),
  },
  {
    figures: ['closed'],
    from: 'conversation c',
    where: closed,
    at: 'c.closed_at',
    agent: person('c.agent_id'),
  },
  {
    figures: ['abandoned'],
    from: 'conversation c',
    where: `${closed} and not ${isBot('c.agent_id')} and not exists (select from assignment f where ${givenBefore}
        and f.conversation_id = c.conversation_id and f.assigned_at >= $2)
      and (c.queued_at >= $2 or (select true from assignment f where ${givenBefore}
        and f.conversation_id = c.conversation_id and f.assigned_at < $2 limit 1) is null)`,
    at: 'c.closed_at',
    agent: person('c.agent_id'),
  },
  {
    figures: ['ratings'],
    from: 'conversation c',
    where: `c.workspace_id = $1 and c.rating_score is not null and ${within('c.rated_at')}`,
    at: 'c.rated_at',
    agent: person('c.agent_id'),
    value: 'c.rating_score::float8',
  },
  {
    figures: ['assigned'],
    from: 'assignment a',
    where: given,
    at: 'a.assigned_at',
    agent: 'a.agent_id',
  },
  {
    figures: ['waits'],
    from: 'assignment a',
    where: `${given} and not exists (select from assignment f where ${givenBefore}
        and f.conversation_id = a.conversation_id and (f.assigned_at, f.assignment_id) < (a.assigned_at, a.assignment_id)
        and ${within('f.assigned_at')})
      and (n.conversation_id is not null or (select true from assignment f where ${givenBefore}
        and f.conversation_id = a.conversation_id and f.assigned_at < $2 limit 1) is null)`,
    at: 'a.assigned_at',
    agent: 'a.agent_id',
    value: seconds('a.assigned_at', `(${own('queued_at')})`),
  },
  {
    figures: ['handlings'],
    from: 'assignment a',
    where: `a.workspace_id = $1 and a.state = 'ended' and not ${isBot('a.agent_id')} and ${within('a.ended_at')}`,
    at: 'a.ended_at',
    agent: 'a.agent_id',
    value: seconds('a.ended_at', 'a.assigned_at'),
  },
  {
    figures: ['messagesIn', 'messagesOut'],
    from: 'message m',
    where: `${said} and m.author_kind in ('contact', 'agent', 'user')`,
    at: 'm.created_at',
    agent: person(
      `(case m.author_kind when 'contact' then ${own('agent_id')} else m.author_id end)`,
    ),
    value: `m.author_kind = 'contact'`,
  },
  {
    figures: ['firstAnswers'],
    from: 'message m',
    where: `${said} and m.author_kind ${byUs} and not exists (select from message f where f.workspace_id = $1
        and f.conversation_id = m.conversation_id and f.seq < m.seq and f.kind = 'text' and not f.history
        and f.author_kind ${byUs} and ${within('f.created_at')})
      and (n.conversation_id is not null or (select true from message f where f.workspace_id = $1
        and f.conversation_id = m.conversation_id and f.seq < m.seq and f.kind = 'text' and not f.history
        and f.author_kind ${byUs} and f.created_at < $2 limit 1) is null)`,
    at: 'm.created_at',
    agent: 'm.author_id',
    value: seconds('m.created_at', `(${own('queued_at')})`),
  },
  ...(['firstAnswer', 'nextAnswer', 'end'] as const).map(
    (kind): Fact => ({
      figures: [`${kind}sMet`, `${kind}sMissed`],
      from: 'target_result r',
      where: `r.workspace_id = $1 and r.kind = '${kind}' and ${within('r.decided_at')}`,
      at: 'r.decided_at',
      agent: person('r.agent_id'),
      plan: 'r.plan',
      value: 'r.met',
    }),
  ),
];

/** Facts that took a time. */
export const measured = ['waits', 'firstAnswers', 'handlings'] as const;
export type Measured = (typeof measured)[number];

export function factOf(figure: ListedFigure): Fact {
  const fact = facts.find(({ figures }) => figures.includes(figure));
  if (fact === undefined) throw new Error(`${figure} is counted from nothing.`);
  return fact;
}
