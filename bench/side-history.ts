// Adds to the past of a company what the reports on agents read beside it: statuses, capacities and shifts.
import type { Pool } from 'pg';
import { run } from './inbox-history.ts';

const DAYS = 365;
/** Each agent works on five of seven days, for nine hours with two breaks, begun at any hour of the day. */
const WORKED = `select a.agent_id, date_trunc('day', now()) - make_interval(days => d, hours => -(a.n * 7 % 24)) as at
    from (select agent_id, (row_number() over (order by agent_id))::integer as n from agent where workspace_id = $1) a
    cross join generate_series(1, ${DAYS}) d where (a.n + d) % 7 < 5`;

export async function fillSide(db: Pool, workspaceId: string): Promise<void> {
  await run(
    db,
    `update agent set created_at = now() - interval '400 days' where workspace_id = $1`,
    [workspaceId],
  );
  await fillStatuses(db, workspaceId);
  await fillCapacities(db, workspaceId);
  await fillShifts(db, workspaceId);
  const tables = ['agent', 'agent_status_change', 'agent_capacity_change', 'shift'];
  for (const table of tables) await run(db, `vacuum analyze ${table}`, []);
}

async function fillStatuses(db: Pool, workspaceId: string): Promise<void> {
  await run(
    db,
    `insert into agent_status_change (workspace_id, agent_id, at, availability, cause)
    select $1, w.agent_id, w.at + c.after + random() * interval '6 minutes', c.availability, 'chosen'
    from (${WORKED}) w cross join (values
      (interval '-2 minutes', 'online'), ('2 hours', 'away'), ('2 hours 15 minutes', 'online'),
      ('4 hours', 'away'), ('4 hours 45 minutes', 'online'), ('9 hours', 'offline')) c(after, availability)`,
    [workspaceId],
  );
}

async function fillCapacities(db: Pool, workspaceId: string): Promise<void> {
  await run(
    db,
    `insert into agent_capacity_change (workspace_id, agent_id, at, capacity)
    select $1, agent_id, now() - make_interval(days => ${DAYS} - 30 * n), 3 + n % 4
    from agent cross join generate_series(0, ${Math.floor(DAYS / 30)}) n where workspace_id = $1`,
    [workspaceId],
  );
}

async function fillShifts(db: Pool, workspaceId: string): Promise<void> {
  await run(
    db,
    `insert into shift (workspace_id, agent_id, starts_at, ends_at, expects)
    select $1, w.agent_id, w.at + p.since, w.at + p.till, p.expects
    from (${WORKED}) w cross join (values
      (interval '0', interval '4 hours', 'online'), ('4 hours', '4 hours 45 minutes', 'away'),
      ('4 hours 45 minutes', '9 hours', 'online')) p(since, till, expects)`,
    [workspaceId],
  );
}
