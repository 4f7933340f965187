// Fills a database with the past of a busy company, for its lists and reports.

import type { Pool } from 'pg';
import { v7 as uuid } from 'uuid';
import { putChannel } from '../src/store/channels.ts';
import { promising } from '../test/makers/promising.ts';
import { type World, withoutMarks } from './world.ts';

export interface History {
  workspaceId: string;
  agentId: string;
  teamId: string;
  channelId: string;
}

const AGENTS = 500;
const TEAMS = 20;
const CHANNELS = 3;
const YEAR = 365;

/**
 * The open ones are the youngest, half of them waiting; two messages each, a contact for every three.
 * No two spans are the same.
 */
export async function fillInbox(
  world: World,
  { conversations, open, days = YEAR }: { conversations: number; open: number; days?: number },
): Promise<History> {
  const { db } = world;
  const { workspaceId } = await world.makeWorkspace({ agents: AGENTS, capacity: 1000 });
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
    await fillConversations(db, { workspaceId, conversations, open, days });
    await fillSaid(db, workspaceId);
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

async function fillConversations(
  db: Pool,
  args: { workspaceId: string; conversations: number; open: number; days: number },
): Promise<void> {
  const { workspaceId, conversations, open, days } = args;
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
      queued_at, rank_at, active_at, agent_id, assigned_at, closed_at, close_reason, event_seq, message_seq, tags)
    select $1, uuidv7(m.at - now()), k.channel_id, 'room-' || m.n, k.contact_id, m.state, 'needs-' || m.n % 60, t.team_id,
      m.at, m.at, m.at + interval '5 minutes', case when m.state <> 'waiting' then a.agent_id end,
      case when m.state <> 'waiting' then m.at + m.wait end,
      case when m.state = 'closed' then m.at + m.wait + m.took end,
      case when m.state = 'closed' then 'closed' end, 3, 2, case when m.n % 50 = 0 then '{refund}'::text[] else '{}' end
    from made m join k on k.n = 1 + m.n / 3 join a on a.n = m.n % ${AGENTS} join t on t.n = m.n % ${TEAMS}
    order by m.n`,
    [workspaceId, conversations, open, days],
  );
}

async function fillSaid(db: Pool, workspaceId: string): Promise<void> {
  await run(
    db,
    `insert into message (workspace_id, conversation_id, seq, message_id, kind, author_kind, author_id, text, created_at)
    select $1, c.conversation_id, s.seq, uuidv7(c.queued_at + s.seq * interval '1 minute' - now()), 'text',
      case s.seq when 1 then 'contact' else 'agent' end, case s.seq when 2 then c.agent_id end,
      'About order ' || md5(c.external_id || s.seq), c.queued_at + s.seq * interval '1 minute' * random()
    from conversation c cross join generate_series(1, 2) s(seq)
    where c.workspace_id = $1 order by c.queued_at`,
    [workspaceId],
  );
  await run(
    db,
    `insert into assignment (workspace_id, conversation_id, assignment_id, agent_id, weight, state, assigned_by,
      assigned_at, confirmed_at, ended_at, end_reason)
    select $1, conversation_id, gen_random_uuid(), agent_id, 1, case when closed_at is null then 'confirmed' else 'ended' end,
      'router', assigned_at, assigned_at, closed_at, close_reason
    from conversation where workspace_id = $1 and agent_id is not null order by assigned_at`,
    [workspaceId],
  );
}

async function run(db: Pool, text: string, values: unknown[]): Promise<void> {
  const client = await db.connect();
  try {
    await client.query('set statement_timeout = 0');
    await client.query(text, values);
  } finally {
    await client.query('reset statement_timeout');
    client.release();
  }
}
