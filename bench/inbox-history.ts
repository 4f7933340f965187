// Fills a database with the past of a busy company, for its lists and reports.

import type { Pool } from 'pg';
import { v7 as uuid } from 'uuid';
import { refusals } from '../src/routing/exclusions.ts';
import { putChannel } from '../src/store/channels.ts';
import { promising } from '../test/makers/promising.ts';
import { type World, withoutMarks } from './world.ts';

export interface History {
  workspaceId: string;
  agentId: string;
  teamId: string;
  channelId: string;
}

const TEAMS = 20;
const CHANNELS = 3;
const YEAR = 365;

interface Past {
  conversations: number;
  open: number;
  days?: number;
  agents?: number;
  /** Of each conversation, the contact's and the agent's in turns. */
  messages?: number;
  /** None: no conversation is in a plan. */
  plans?: number;
  offers?: boolean;
}

/**
 * The open ones are the youngest, half of them waiting; a contact for every three. No two spans are
 * the same.
 */
export async function fillInbox(world: World, past: Past): Promise<History> {
  const { db } = world;
  const {
    conversations,
    open,
    days = YEAR,
    agents = 500,
    messages = 2,
    plans = 0,
    offers = false,
  } = past;
  const { workspaceId } = await world.makeWorkspace({ agents, capacity: 1000 });
  const channels: string[] = [];
  for (let n = 0; n < CHANNELS; n += 1) {
    const channel = { workspaceId, channelId: uuid(), kind: 'webchat' as const, name: `Web ${n}` };
    await putChannel(promising(db), {
      ...channel,
      config: {},
      secrets: {},
      teamId: null,
      weight: 1,
    });
    channels.push(channel.channelId);
  }
  await fillTeams(db, workspaceId);
  await run(
    db,
    `insert into contact (workspace_id, contact_id, channel_id, external_id, name, email)
    select $1, uuidv7(make_interval(secs => -$4::integer * 86400.0 * (1 - n::float8 / $3))), ($2::uuid[])[1 + n % ${CHANNELS}],
      'customer-' || n, initcap(left(md5(n::text), 7)) || ' ' || initcap(right(md5(n::text), 9)), 'customer' || n || '@example.com'
    from generate_series(1, $3::integer) n`,
    [workspaceId, channels, Math.ceil(conversations / 3), days],
  );
  // Of tables that were never analysed the planner thinks so few rows that it joins them one by one.
  await run(db, 'analyze contact, agent, team', []);
  await withoutMarks(db, async () => {
    const shape = { conversations, open, days, agents, messages, plans };
    await fillConversations(db, { workspaceId, ...shape });
    await fillSaid(db, workspaceId, messages);
    await fillGiven(db, workspaceId, offers);
  });
  for (const table of ['conversation', 'contact', 'message', 'assignment', 'agent_team', 'team']) {
    await run(db, `vacuum analyze ${table}`, []);
  }
  const { rows } = await db.query<{ agentId: string; teamId: string }>(
    `select agent_id as "agentId", team_id as "teamId" from agent_team where workspace_id = $1 limit 1`,
    [workspaceId],
  );
  const [first] = rows;
  if (first === undefined) throw new Error('Nobody is in a team.');
  return { workspaceId, channelId: channels[0] ?? '', ...first };
}

async function fillTeams(db: Pool, workspaceId: string): Promise<void> {
  await run(
    db,
    `insert into team (workspace_id, team_id, name) select $1, gen_random_uuid(), 'Team ' || n from generate_series(1, ${TEAMS}) n`,
    [workspaceId],
  );
  await run(
    db,
    `insert into agent_team (workspace_id, team_id, agent_id)
    select $1, t.team_id, a.agent_id from
      (select agent_id, row_number() over (order by agent_id) as n from agent where workspace_id = $1) a
      join (select team_id, row_number() over (order by team_id) as n from team where workspace_id = $1) t on a.n % ${TEAMS} = t.n - 1`,
    [workspaceId],
  );
}

async function fillConversations(
  db: Pool,
  args: Required<Omit<Past, 'offers'>> & { workspaceId: string },
): Promise<void> {
  const { workspaceId, conversations, open, days, agents, messages, plans } = args;
  await run(
    db,
    `with k as (select contact_id, channel_id, row_number() over (order by contact_id) as n from contact where workspace_id = $1),
    a as (select agent_id, row_number() over (order by agent_id) - 1 as n from agent where workspace_id = $1),
    t as (select team_id, row_number() over (order by team_id) - 1 as n from team where workspace_id = $1),
    made as (
      select n, now() - make_interval(secs => $4::integer * 86400.0 * (1 - n::float8 / $2)) as at,
        make_interval(secs => -40 * ln(1 - random())) as wait, make_interval(secs => 60 - 600 * ln(1 - random())) as took,
        case when n <= $2 - $3 then 'closed' when n % 2 = 0 then 'waiting' else 'assigned' end as state
      from generate_series(1, $2::integer) n
    )
    insert into conversation (workspace_id, conversation_id, channel_id, external_id, contact_id, state, needs, team_id,
      queued_at, rank_at, active_at, agent_id, assigned_at, closed_at, close_reason, event_seq, message_seq, tags, plan)
    select $1, uuidv7(m.at - now()), k.channel_id, 'room-' || m.n, k.contact_id, m.state, 'needs-' || m.n % 60, t.team_id,
      m.at, m.at, m.at + interval '5 minutes', case when m.state <> 'waiting' then a.agent_id end,
      case when m.state <> 'waiting' then m.at + m.wait end,
      case when m.state = 'closed' then m.at + m.wait + m.took end,
      case when m.state = 'closed' then 'closed' end, 3, $7, case when m.n % 50 = 0 then '{refund}'::text[] else '{}' end,
      'Plan ' || (m.n / 7) % nullif($6::integer, 0)
    from made m join k on k.n = 1 + m.n / 3 join a on a.n = m.n % $5::integer join t on t.n = m.n % ${TEAMS}
    order by m.n`,
    [workspaceId, conversations, open, days, agents, plans, messages],
  );
}

async function fillSaid(db: Pool, workspaceId: string, messages: number): Promise<void> {
  await run(
    db,
    `insert into message (workspace_id, conversation_id, seq, message_id, kind, author_kind, author_id, text, created_at)
    select $1, c.conversation_id, s.seq, uuidv7(c.queued_at + s.seq * interval '1 minute' - now()), 'text',
      case s.seq % 2 when 1 then 'contact' else 'agent' end, case s.seq % 2 when 0 then c.agent_id end,
      'About order ' || md5(c.external_id || s.seq), c.queued_at + (s.seq - random()) * interval '1 minute'
    from conversation c cross join generate_series(1, $2::integer) s(seq)
    where c.workspace_id = $1 order by c.queued_at`,
    [workspaceId, messages],
  );
}

/** `offers`: half of what was given had been accepted; before one in ten another agent declined or missed it. */
async function fillGiven(db: Pool, workspaceId: string, offers: boolean): Promise<void> {
  await run(
    db,
    `insert into assignment (workspace_id, conversation_id, assignment_id, agent_id, weight, state, assigned_by,
      assigned_at, confirmed_at, ended_at, end_reason, offered_until)
    select $1, c.conversation_id, gen_random_uuid(), g.agent_id, 1, g.state, 'router', g.since, g.confirmed, g.till, g.reason, g.offered
    from (select *, $2::boolean and hashtext(external_id || 'offer') % 2 = 0 as asked,
        $2::boolean and hashtext(external_id || 'refusal') % 10 = 0 as refused from conversation
      where workspace_id = $1 and agent_id is not null) c
    cross join (select array_agg(agent_id) as ids from agent where workspace_id = $1) a
    cross join lateral (
      select c.agent_id, case when c.closed_at is null then 'confirmed' else 'ended' end, c.assigned_at,
        c.assigned_at + case when c.asked then random() * interval '15 seconds' else '0' end, c.closed_at, c.close_reason,
        case when c.asked then c.assigned_at + interval '20 seconds' end
      union all
      select a.ids[1 + abs(hashtext(c.external_id)) % cardinality(a.ids)], 'undone', c.queued_at, null, c.assigned_at,
        ($3::text[])[1 + abs(hashtext(c.external_id)) % 2], c.assigned_at where c.refused
    ) g(agent_id, state, since, confirmed, till, reason, offered) order by g.since`,
    [workspaceId, offers, Object.values(refusals)],
  );
}

export async function run(db: Pool, text: string, values: unknown[]): Promise<void> {
  const client = await db.connect();
  try {
    await client.query('set statement_timeout = 0');
    await client.query(text, values);
  } finally {
    await client.query('reset statement_timeout');
    client.release();
  }
}
