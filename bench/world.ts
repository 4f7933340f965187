// A fresh database for a measurement, on the embedded server, with bulk inserts to fill it.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { v7 as uuid } from 'uuid';
import { defaultPolicy } from '../src/contract/policy/policy.ts';
import type { Desk } from '../src/desk/context.ts';
import { startRouter } from '../src/desk/router.ts';
import { startEmbeddedPostgres } from '../src/embedded-postgres/start-embedded-postgres.ts';
import { needsKey } from '../src/routing/needs-key.ts';
import { putChannel } from '../src/store/channels.ts';
import { migrate } from '../src/store/migrate.ts';
import { openPool } from '../src/store/pool.ts';
import { ENDED, releaseLoad } from '../src/store/roster.ts';
import { insertPolicy, insertWorkspace } from '../src/store/workspaces.ts';
import { promising } from '../test/makers/promising.ts';
import { silentDesk } from '../test/makers/silent-desk.ts';

export interface World {
  db: Pool;
  /** What only the router uses, as in the product. */
  routingDb: Pool;
  connectionString: string;
  desk: Desk;
  /** A workspace with a Qiscus channel, so that each assignment is a delivery too. */
  makeWorkspace(size: { agents: number; capacity: number }): Promise<Place>;
  close(): Promise<void>;
}

export interface Place {
  workspaceId: string;
  channelId: string;
}

export async function openWorld(): Promise<World> {
  const dataDir = await mkdtemp(join(tmpdir(), 'usher-bench-'));
  const server = await startEmbeddedPostgres({ dataDir });
  const { connectionString } = server;
  const db = openPool({ connectionString, maxConnections: 12, onIdleError: () => {} });
  const routingDb = openPool({ connectionString, maxConnections: 2, onIdleError: () => {} });
  await migrate(db);
  return {
    db,
    routingDb,
    connectionString,
    desk: silentDesk(db),
    makeWorkspace: (size) => makeWorkspace(db, size),
    close: async () => {
      await Promise.all([db.end(), routingDb.end()]);
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** A desk whose verbs wake a router that runs, as in the product. */
export function startRouting({ db, routingDb }: Pick<World, 'db' | 'routingDb'>): {
  desk: Desk;
  stop(): Promise<void>;
} {
  const router = startRouter({ desk: silentDesk(routingDb), sweepMs: 2000, onPass: () => {} });
  return { desk: silentDesk(db, router), stop: () => router.stop() };
}

async function makeWorkspace(
  db: Pool,
  { agents, capacity }: { agents: number; capacity: number },
): Promise<Place> {
  const workspaceId = uuid();
  const channelId = uuid();
  await insertWorkspace(db, { workspaceId, name: 'Bench', defaultCapacity: capacity });
  await insertPolicy(promising(db), { workspaceId, policy: defaultPolicy, createdBy: 'bench' });
  await putChannel(promising(db), {
    workspaceId,
    channelId,
    kind: 'qiscus',
    name: 'Qiscus',
    config: {},
    secrets: {},
    teamId: null,
    weight: 1,
  });
  await db.query(
    `with made as (
      insert into agent (workspace_id, agent_id, name, effective_capacity, ceiling, availability, answers_here)
      select $1, gen_random_uuid(), 'Agent ' || n, $3, $3, 'online', false from generate_series(1, $2::integer) n
      returning agent_id
    )
    insert into agent_identity (workspace_id, channel_id, external_id, agent_id)
    select $1, $4, row_number() over (), agent_id from made`,
    [workspaceId, agents, capacity, channelId],
  );
  return { workspaceId, channelId };
}

/** Nothing of what is written has been packed, so that nothing has to be marked, row by row. */
export async function withoutMarks(db: Pool, write: () => Promise<unknown>): Promise<void> {
  const tables = ['conversation', 'assignment', 'message', 'target_result'];
  for (const table of tables) await db.query(`alter table ${table} disable trigger user`);
  await write();
  for (const table of tables) await db.query(`alter table ${table} enable trigger user`);
}

/** Conversations in a state, a second of queueing apart, one contact for all. */
export async function fillConversations(
  db: Pool,
  { workspaceId, channelId }: Place,
  { count, state }: { count: number; state: 'waiting' | 'closed' },
): Promise<void> {
  const needs = needsKey({
    channelId,
    remote: true,
    externalChannelId: null,
    teamId: null,
    skillIds: [],
    weight: 1,
    excludedAgentIds: [],
  });
  await withoutMarks(db, () =>
    db.query(
      `insert into conversation (workspace_id, conversation_id, channel_id, external_id, contact_id, state, needs,
      queued_at, rank_at, closed_at, close_reason, event_seq)
    select $1, uuidv7(n * interval '1 ms' - interval '30 days'), $2, $5 || n, gen_random_uuid(), $4, $6, now() - interval '30 days' + n * interval '1 ms',
      now() - interval '30 days' + n * interval '1 ms', case when $4 = 'closed' then now() - interval '1 day' end,
      case when $4 = 'closed' then 'resolved' end, 1
    from generate_series(1, $3::integer) n`,
      [workspaceId, channelId, count, state, `${state}-`, needs],
    ),
  );
  await db.query('vacuum analyze conversation');
}

/** Ends everything that is assigned, so that the next pass finds room. */
export async function closeAssigned(db: Pool, { workspaceId }: Place): Promise<void> {
  await db.query(
    `with closed as (
      update conversation set state = 'closed', closed_at = clock_timestamp(), close_reason = 'resolved', event_seq = event_seq + 1
      where workspace_id = $1 and state = 'assigned' returning conversation_id
    ), ended as (
      update assignment a set state = 'ended', ended_at = clock_timestamp(), end_reason = 'closed'
      from closed c where a.workspace_id = $1 and a.conversation_id = c.conversation_id and a.ended_at is null
      returning ${ENDED}
    ), ${releaseLoad('ended')}
    select from ended limit 0`,
    [workspaceId],
  );
}
