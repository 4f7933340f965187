// The plainest ways to do the same work, measured in the same run, so that ratios hold on any machine.
import type { Pool, PoolClient } from 'pg';
import type { Place } from './world.ts';

// As wide as the decision records of a pass over a thousand agents.
const BECAUSE = JSON.stringify({
  strategy: 'least-loaded',
  considered: 1000,
  removed: { capacity: 500 },
  eligible: 500,
  winner: {
    agentId: '01900000-0000-7000-8000-000000000000',
    loadShare: 0.4,
    idleSeconds: 120,
    place: { loadShare: 1, idle: 1 },
  },
  decidedBy: 'idle',
  runnerUp: {
    agentId: '01900000-0000-7000-8000-000000000001',
    loadShare: 0.4,
    idleSeconds: 119,
  },
});

// The four rows of an assignment, given CTE taken(conversation_id, assignment_id, agent_id, event_seq).
const records = `assigned as (
    insert into assignment (workspace_id, conversation_id, assignment_id, agent_id, weight, state, assigned_by, assigned_at)
    select $1, conversation_id, assignment_id, agent_id, 1, 'pending', 'router', now() from taken
  ), decided as (
    insert into decision (workspace_id, conversation_id, assignment_id, policy_version, decided_at, agent_id, because)
    select $1, conversation_id, assignment_id, 1, now(), agent_id, '${BECAUSE}'::jsonb from taken
  ), logged as (
    insert into event (workspace_id, stream_id, seq, type, at, data)
    select $1, conversation_id, event_seq, 'conversation.assigned', now(), jsonb_build_object(
      'agentId', agent_id, 'assignmentId', assignment_id, 'by', 'router', 'forced', false) from taken
  )
  insert into delivery (workspace_id, subscriber_id, stream_id, type, payload, due_at, created_at)
  select $1, $2, conversation_id, 'assign', jsonb_build_object('assignmentId', assignment_id), now(), now() from taken`;

const takeConversation = {
  name: 'yardstick-take-conversation',
  text: `select conversation_id from conversation
    where workspace_id = $1 and needs = $2 and state = 'waiting'
    order by rank_at limit 1 for update skip locked`,
};

const takeAgent = {
  name: 'yardstick-take-agent',
  text: `update agent set load = load + 1, idle_since = clock_timestamp(), last_assigned_at = clock_timestamp()
    where workspace_id = $1 and agent_id = (
      select agent_id from agent
      where workspace_id = $1 and availability = 'online' and load < effective_capacity and deleted_at is null
      order by load, idle_since limit 1 for update skip locked)
    returning agent_id`,
};

const writeOne = {
  name: 'yardstick-write-one',
  text: `with taken as (
    update conversation set state = 'assigned', agent_id = $4, assigned_at = now(), event_seq = event_seq + 1
    where workspace_id = $1 and conversation_id = $3
    returning conversation_id, gen_random_uuid() as assignment_id, agent_id, event_seq
  ), ${records}`,
};

/**
 * A transaction for each conversation: the oldest that nobody else is taking, the least loaded agent
 * that nobody else is taking, all the records. An index answers "least loaded" (see `indexForOneByOne`).
 */
export async function assignOneByOne(
  db: Pool,
  { workspaceId, channelId }: Place,
  { count, workers, needs }: { count: number; workers: number; needs: string },
): Promise<void> {
  let left = count;
  const work = async () => {
    const client = await db.connect();
    while (left > 0) {
      left -= 1;
      await assignOne(client, { workspaceId, channelId, needs });
    }
    client.release();
  };
  await Promise.all(Array.from({ length: workers }, work));
}

async function assignOne(
  client: PoolClient,
  { workspaceId, channelId, needs }: Place & { needs: string },
): Promise<void> {
  await client.query('begin');
  const conversation = await client.query({ ...takeConversation, values: [workspaceId, needs] });
  const agent = await client.query({ ...takeAgent, values: [workspaceId] });
  const conversationId = conversation.rows[0]?.conversation_id;
  const agentId = agent.rows[0]?.agent_id;
  if (conversationId === undefined || agentId === undefined) throw new Error('Nothing to take.');
  await client.query({ ...writeOne, values: [workspaceId, channelId, conversationId, agentId] });
  await client.query('commit');
}

export async function indexForOneByOne(db: Pool): Promise<void> {
  await db.query(
    'create index yardstick_least_loaded on agent (workspace_id, load, idle_since) where deleted_at is null',
  );
}

const writeMany = {
  name: 'yardstick-write-many',
  text: `with batch as materialized (
    select conversation_id, gen_random_uuid() as assignment_id, ($5::uuid[])[1 + row_number() over () % $6] as agent_id
    from (select conversation_id from conversation where workspace_id = $1 and needs = $3 and state = 'waiting'
      order by rank_at limit $4) w
  ), taken as (
    update conversation c set state = 'assigned', agent_id = b.agent_id, assigned_at = now(), event_seq = event_seq + 1
    from batch b where c.workspace_id = $1 and c.conversation_id = b.conversation_id
    returning c.conversation_id, b.assignment_id, b.agent_id, c.event_seq
  ), ${records}`,
};

/** The same rows in one statement, values made up by the database: no deciding, no capacity, no locks. */
export async function writeInBulk(
  db: Pool,
  { workspaceId, channelId }: Place,
  { count, needs, agentIds }: { count: number; needs: string; agentIds: readonly string[] },
): Promise<void> {
  const values = [workspaceId, channelId, needs, count, agentIds, agentIds.length];
  await db.query({ ...writeMany, values });
}

export async function makeBareTable(db: Pool): Promise<void> {
  await db.query(
    'create table yardstick_row (id uuid primary key default gen_random_uuid(), at timestamptz not null default now(), note text not null)',
  );
}

/** One row, one commit: the least that anything durable can cost. */
export async function insertBareRow(db: Pool): Promise<void> {
  await db.query({
    name: 'yardstick-insert-row',
    text: 'insert into yardstick_row (note) values ($1)',
    values: ['one row and one commit'],
  });
}
