// Lists of the inbox where there is much: each conversation that fits, found by an index.
import fc from 'fast-check';
import type { Pool } from 'pg';
import { v7 as uuid } from 'uuid';
import { expect, test } from 'vitest';
import { explain } from '../../test/makers/explain.ts';
import { makeChannel } from '../../test/makers/make-conversation.ts';
import { makeDesk } from '../../test/makers/make-desk.ts';
import { MOST_COUNTED } from '../contract/saved-views.ts';
import { countInbox } from './count-inbox.ts';
import { type InboxRow, listInbox } from './inbox.ts';
import type { InboxFilter, Scope, Sort } from './inbox-filter.ts';

const GUESTS = 100_000;
// A statement may take so long only.
const AT_A_TIME = 10_000;
const [TEAMS, AGENTS, CHANNELS] = [6, 8, 3];

test('among 100,000 guests their names are looked for by index alone', {
  timeout: 180_000,
}, async () => {
  const place = await makeDesk();
  const { workspaceId } = place;
  const { pool } = place.database;
  const { channelId } = await makeChannel(place);
  for (let made = 0; made < GUESTS; made += AT_A_TIME) {
    await pool.query(
      `with made as (
      insert into contact (workspace_id, contact_id, channel_id, external_id)
      select $1, gen_random_uuid(), $2, gen_random_uuid() from generate_series(1, $3) returning contact_id
    )
    insert into conversation (workspace_id, conversation_id, contact_id, channel_id, external_id, state, needs,
      queued_at, rank_at, closed_at)
    select $1, gen_random_uuid(), contact_id, $2, contact_id, 'closed', '', now(), now(), now() from made`,
      [workspaceId, channelId, AT_A_TIME],
    );
  }
  await pool.query('analyze contact, conversation');
  for (const q of ['bulbul', '272', 'golden bul', 'golden bulbul 272']) {
    const plan = await planOf(pool, { workspaceId, scope: 'any', q });
    expect(plan).toContain('using contact_by_guest_name');
    expect(plan).not.toMatch(/Seq Scan on contact/);
  }
});

/** Conversations of every kind, most of them closed; the last team, channel and agent have none. */
async function fill(count: number) {
  const place = await makeDesk();
  const { workspaceId } = place;
  const { pool } = place.database;
  const ids = (many: number) => Array.from({ length: many }, () => uuid());
  const [teams, agents] = [ids(TEAMS), ids(AGENTS)];
  const channels: string[] = [];
  for (let n = 0; n < CHANNELS; n += 1) channels.push((await makeChannel(place)).channelId);
  await pool.query(
    `insert into team (workspace_id, team_id, name) select $1, id, id::text from unnest($2::uuid[]) id`,
    [workspaceId, teams],
  );
  await pool.query(
    `insert into agent (workspace_id, agent_id, name, email, role, effective_capacity, ceiling)
    select $1, id, id::text, id || '@example.com', 'agent', 5, 5
    from unnest($2::uuid[]) id`,
    [workspaceId, agents],
  );
  // The last is in the last team alone, the others in two each.
  await pool.query(
    `insert into agent_team (workspace_id, agent_id, team_id)
    select $1, ($2::uuid[])[n], ($3::uuid[])[case when n = ${AGENTS} then ${TEAMS} else t end]
    from generate_series(1, ${AGENTS}) n cross join lateral (select distinct 1 + (n + k) % ${TEAMS - 1} as t from generate_series(0, 1) k
      where k = 0 or n < ${AGENTS}) k`,
    [workspaceId, agents, teams],
  );
  const contactId = uuid();
  await pool.query(
    `insert into contact (workspace_id, contact_id, channel_id, external_id) values ($1, $2, $3, 'customer')`,
    [workspaceId, contactId, channels[0]],
  );
  for (let made = 0; made < count; made += AT_A_TIME) {
    await pool.query(
      `insert into conversation (workspace_id, conversation_id, contact_id, channel_id, external_id, state, needs,
        queued_at, rank_at, assigned_at, agent_id, team_id, tags, closed_at)
      select $1, gen_random_uuid(), $2, ($3::uuid[])[1 + n % ${CHANNELS - 1}], n::text, state, '', now(), now(),
        case when state = 'assigned' then now() end, case when state = 'assigned' or n % 3 > 0 then ($4::uuid[])[1 + n % ${AGENTS - 1}] end,
        case when n % 4 > 0 then ($5::uuid[])[1 + n / 4 % ${TEAMS - 1}] end,
        case n % 5 when 0 then '{refund}'::text[] when 1 then '{refund,vip}' else '{}' end,
        case when state = 'closed' then now() - n / 3 * interval '1 second' end
      from (select n, case when n % 7 = 0 then 'assigned' else 'closed' end as state
        from generate_series($6::integer + 1, least($6::integer + ${AT_A_TIME}, $7)) n) m`,
      [workspaceId, contactId, channels, agents, teams, made, count],
    );
  }
  await pool.query('analyze contact, conversation, agent_team, team, agent');
  return { workspaceId, pool, teams, agents, channels };
}

test('lists of what is closed, and of any state, show each conversation that fits once, in order, page by page', async () => {
  const { workspaceId, pool, teams, agents, channels } = await fill(600);
  const { rows } = await pool.query(
    `select c.*, array(select t.agent_id from agent_team t where t.workspace_id = $1 and t.team_id = c.team_id) as "seenBy"
    from conversation c where c.workspace_id = $1`,
    [workspaceId],
  );
  // Most filters are of one or two, as people's are: with all of them at once hardly anything is left to show.
  const one = <Value>(...values: Value[]) =>
    fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, fc.constantFrom(...values));
  const filters = fc.record({
    scope: fc.constantFrom<Scope>('closed', 'any'),
    sort: fc.constantFrom<Sort>('recent', 'oldest'),
    teamIds: one(teams.slice(0, 1), teams.slice(0, 3), teams, [], teams.slice(-1)),
    agentId: one(agents[0], agents.at(-1)),
    channelId: one(channels[0], channels.at(-1)),
    tag: one('refund', 'vip', 'nothing'),
    unassigned: one(true),
    seenBy: one(agents[1], agents.at(-1)),
  });
  const check = async (filter: Omit<InboxFilter, 'q'>) => {
    const { scope, teamIds, agentId, channelId, tag, unassigned, seenBy } = filter;
    const fits = rows.filter(
      (row) =>
        (scope === 'any' || row.state === 'closed') &&
        (teamIds === undefined || teamIds.includes(row.team_id)) &&
        (agentId === undefined || row.agent_id === agentId) &&
        (channelId === undefined || row.channel_id === channelId) &&
        (tag === undefined || row.tags.includes(tag)) &&
        (unassigned === undefined || row.agent_id === null) &&
        (seenBy === undefined || row.agent_id === seenBy || row.seenBy.includes(seenBy)),
    );
    const keyOf = (row: Record<string, unknown>) =>
      scope === 'any' ? 0 : (row.closed_at as Date).getTime();
    fits.sort((a, b) => keyOf(a) - keyOf(b) || (a.conversation_id < b.conversation_id ? -1 : 1));
    if (filter.sort === 'recent') fits.reverse();
    const shown: string[] = [];
    let after: { key: string | null; id: string } | null = null;
    for (;;) {
      const page: InboxRow[] = await listInbox(pool, {
        ...filter,
        ...{ workspaceId, userId: null, after, limit: 51 },
      });
      shown.push(...page.map(({ conversationId }) => conversationId));
      const last = page.at(-1);
      if (last === undefined) break;
      after = { key: last.sortKey, id: last.conversationId };
    }
    expect(shown).toEqual(fits.map((row) => row.conversation_id));
    expect(await countInbox(pool, { ...filter, workspaceId, userId: null })).toBe(
      Math.min(fits.length, MOST_COUNTED + 1),
    );
  };
  await fc.assert(fc.asyncProperty(filters, check), { numRuns: 200 });
});

test('a page that is never full looks at few of 20,000 closed conversations', {
  timeout: 180_000,
}, async () => {
  const { workspaceId, pool, teams, agents, channels } = await fill(20_000);
  const lists: Omit<InboxFilter, 'scope' | 'sort'>[] = [
    { teamIds: teams.slice(-1) },
    { channelId: channels.at(-1) ?? '' },
    { agentId: agents.at(-1) ?? '' },
    { tag: 'nothing' },
    { seenBy: agents.at(-1) ?? '' },
    { q: 'no such words' },
  ];
  for (const list of lists) {
    const plan = await planOf(pool, { ...list, workspaceId, scope: 'closed' });
    const passed = [...plan.matchAll(/Rows Removed by Filter: (\d+)/g)].map(([, n]) => Number(n));
    expect(Math.max(0, ...passed), `${JSON.stringify(list)}\n${plan}`).toBeLessThan(100);
  }
});

function planOf(
  pool: Pool,
  filter: Omit<InboxFilter, 'sort'> & { workspaceId: string },
): Promise<string> {
  const page = { userId: uuid(), after: null, limit: 50 };
  return explain(pool, (db) => listInbox(db, { ...filter, ...page, sort: 'recent' }));
}
