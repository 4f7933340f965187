// Makes thousands of workspaces, as an installation has them after some time in use.
import type { Pool } from 'pg';
import { defaultPolicy } from '../src/contract/policy/policy.ts';
import { hashSecret } from '../src/desk/hash-secret.ts';

const CLOSED_EACH = 20;

const made = `select workspace_id, name, starts_with(name, 'Busy') as busy from workspace
  where name like 'Busy %' or name like 'Idle %'`;

const steps: readonly string[] = [
  `insert into channel (workspace_id, channel_id, kind, name) select workspace_id, gen_random_uuid(), 'api', 'API' from made`,
  // Each has an agent online; in the idle ones there is nothing to assign.
  `insert into agent (workspace_id, agent_id, name, effective_capacity, ceiling, availability)
  select workspace_id, gen_random_uuid(), 'Agent ' || n, 1000, 1000, case when busy or n = 1 then 'online' else 'offline' end
  from made cross join generate_series(1, 10) n where busy or n <= 3`,
  `insert into endpoint (workspace_id, endpoint_id, url)
  select workspace_id, gen_random_uuid(), 'https://example.com/hook' from made where not busy`,
  `insert into conversation (workspace_id, conversation_id, channel_id, external_id, contact_id, state, needs, queued_at,
    rank_at, closed_at, close_reason)
  select c.workspace_id, gen_random_uuid(), c.channel_id, 'old-' || n, gen_random_uuid(), 'closed', '', now() - interval '9 days',
    now() - interval '9 days', now() - interval '8 days', 'resolved'
  from made join channel c using (workspace_id) cross join generate_series(1, ${CLOSED_EACH}) n where not busy`,
  `insert into delivery (workspace_id, subscriber_id, stream_id, event_id, type, state, due_at, created_at, done_at)
  select c.workspace_id, e.endpoint_id, c.conversation_id, gen_random_uuid(), 'session_state_open', 'done', c.queued_at,
    c.queued_at, c.queued_at
  from made join conversation c using (workspace_id) join endpoint e using (workspace_id)`,
];

export interface Busy {
  token: string;
  channelId: string;
}

/** Answers by what the busy ones are asked to open conversations. */
export async function makeWorkspaces(
  db: Pool,
  { busy, idle }: { busy: number; idle: number },
): Promise<Busy[]> {
  for (const [name, count] of [
    ['Busy', busy],
    ['Idle', idle],
  ]) {
    await db.query(
      `insert into workspace (workspace_id, name, slug)
      select gen_random_uuid(), $1 || ' ' || n, lower($1) || '-' || n from generate_series(1, $2::integer) n`,
      [name, count],
    );
  }
  await db.query(
    `with made as (${made}) insert into policy (workspace_id, version, body, created_by)
    select workspace_id, 1, $1, 'bench' from made`,
    [JSON.stringify(defaultPolicy)],
  );
  for (const step of steps) await db.query(`with made as (${made}) ${step}`);
  const { rows } = await db.query<{ workspaceId: string; channelId: string }>(
    `with made as (${made}) select workspace_id as "workspaceId", channel_id as "channelId"
    from made join channel using (workspace_id) where busy order by made.name`,
  );
  const all = rows.map((row, index) => ({ ...row, token: `usher_bench_${index}` }));
  await db.query(
    `insert into token (workspace_id, token_id, name, role, hash)
    select t.id, gen_random_uuid(), 'bench', 'admin', t.hash from unnest($1::uuid[], $2::bytea[]) as t(id, hash)`,
    [all.map(({ workspaceId }) => workspaceId), all.map(({ token }) => hashSecret(token))],
  );
  await db.query('vacuum analyze');
  return all;
}
