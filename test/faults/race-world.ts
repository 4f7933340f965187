// A workspace for the race, filled in a few statements, whose database notes what no table of Usher keeps.

import type { Pool } from 'pg';
import { v7 as uuid } from 'uuid';
import { defaultPolicy } from '../../src/contract/policy/policy.ts';
import { needsKey } from '../../src/routing/needs-key.ts';
import { putChannel } from '../../src/store/channels.ts';
import { insertPolicy, insertWorkspace } from '../../src/store/workspaces.ts';
import { promising } from '../makers/promising.ts';

export interface RaceWorld {
  workspaceId: string;
  channelId: string;
}

/** All conversations need the same, and each came a millisecond after the one before. */
export async function makeRaceWorld(
  db: Pool,
  size: { agents: number; conversations: number },
): Promise<RaceWorld> {
  const world = { workspaceId: uuid(), channelId: uuid() };
  const { workspaceId, channelId } = world;
  await insertWorkspace(db, { workspaceId, name: 'Race', defaultCapacity: 2 });
  await insertPolicy(promising(db), { workspaceId, policy: defaultPolicy, createdBy: 'test' });
  await putChannel(promising(db), {
    workspaceId,
    channelId,
    kind: 'webchat',
    name: 'Web chat',
    config: {},
    secrets: {},
    teamId: null,
    weight: 1,
  });
  await insertAgents(db, world, size.agents);
  await insertConversations(db, world, size.conversations);
  await watchHistory(db);
  return world;
}

async function insertAgents(db: Pool, { workspaceId }: RaceWorld, count: number): Promise<void> {
  await db.query(
    `insert into agent (workspace_id, agent_id, name, capacity, effective_capacity, ceiling, availability)
    select $1, gen_random_uuid(), 'Agent ' || n, 1 + n % 20, 1 + n % 20, 1 + n % 20, 'online'
    from generate_series(1, $2::integer) n`,
    [workspaceId, count],
  );
}

async function insertConversations(
  db: Pool,
  { workspaceId, channelId }: RaceWorld,
  count: number,
): Promise<void> {
  const needs = needsKey({
    channelId,
    remote: false,
    externalChannelId: null,
    teamId: null,
    skillIds: [],
    weight: 1,
    excludedAgentIds: [],
  });
  await db.query(
    `with known as (
      insert into contact (workspace_id, contact_id, channel_id, external_id)
      values ($1, gen_random_uuid(), $2, 'one for all') returning contact_id
    ), opened as (
      insert into conversation (workspace_id, conversation_id, channel_id, external_id, contact_id, needs,
        queued_at, rank_at, event_seq)
      select $1, gen_random_uuid(), $2, 'room-' || n, contact_id, $4,
        now() - interval '1 hour' + n * interval '1 ms', now() - interval '1 hour' + n * interval '1 ms', 1
      from generate_series(1, $3::integer) n, known returning conversation_id, queued_at
    )
    insert into event (workspace_id, stream_id, seq, type, at, data)
    select $1, conversation_id, 1, 'conversation.opened', queued_at, '{}' from opened`,
    [workspaceId, channelId, count, needs],
  );
  await db.query('vacuum analyze conversation');
}

// Each state an agent was ever committed in, in order: a row's writers take turns until their commit.
// And for each transaction, what it could see once it had the lock (see note-locks) and after it had
// claimed (which updates agent last).
const watching = `
  create table agent_history (
    history_id bigint generated always as identity primary key, agent_id uuid, load_before integer,
    load integer, capacity integer, ceiling integer, claimed boolean, xid xid8 default pg_current_xact_id());
  create table sight (
    sight_id bigint generated always as identity primary key, place text, seen pg_snapshot,
    xid xid8 default pg_current_xact_id());
  create function note_agent() returns trigger language plpgsql as $$ begin
    insert into agent_history (agent_id, load_before, load, capacity, ceiling, claimed)
    values (new.agent_id, old.load, new.load, new.effective_capacity, new.ceiling,
      new.last_assigned_at is distinct from old.last_assigned_at);
    return null;
  end $$;
  create function note_sight() returns trigger language plpgsql as $$ begin
    insert into sight (place, seen) values (tg_argv[0], pg_current_snapshot());
    return null;
  end $$;
  create trigger note_agent after update on agent for each row execute function note_agent();
  create trigger note_after after update on agent for each statement execute function note_sight('after');`;

async function watchHistory(db: Pool): Promise<void> {
  await db.query(watching);
}
