// Writes the rows of random lives as they are, into a workspace of their own.
import type { Pool } from 'pg';
import { v7 as uuid } from 'uuid';
import { insertWorkspace } from '../../src/store/workspaces.ts';
import type { Life, World } from './recount-side.ts';

type Put = (table: string, rows: readonly object[]) => Promise<void>;

/** Answers the workspace. `micros`: what moments have beyond their millisecond, which no report may see. */
export async function storeSideWorld(db: Pool, world: World, micros: number): Promise<string> {
  const workspaceId = uuid();
  await insertWorkspace(db, { workspaceId, name: 'Past', defaultCapacity: 1 });
  const put: Put = async (table, rows) => {
    const columns = Object.keys(rows[0] ?? {}).join(', ');
    if (columns === '') return;
    await db.query(
      `insert into ${table} (workspace_id, ${columns}) select $1, ${columns} from jsonb_populate_recordset(null::${table}, $2)`,
      [workspaceId, JSON.stringify(rows)],
    );
  };
  const teamIds = new Set(world.lives.flatMap((life) => life.teamIds));
  await put(
    'team',
    [...teamIds].map((team_id) => ({ team_id, name: team_id })),
  );
  for (const life of world.lives) await storeLife(put, life);
  await storeWork(put, world, micros);
  return workspaceId;
}

/** Changes at the same millisecond are in the order of their rows. */
async function storeLife(put: Put, life: Life): Promise<void> {
  const { agentId: agent_id, teamIds, statuses, capacities, shifts } = life;
  const limits = { effective_capacity: 1, ceiling: 1, load: 0, external_load: 0, event_seq: 0 };
  const flags = { lapsed: false, signed_out: false, answers_here: true, roster_version: 0 };
  const long = { created_at: '2020-01-01Z', idle_since: '2020-01-01Z', lease_until: 'infinity' };
  const now = { role: 'agent', availability: 'offline', availability_changed_at: '2020-01-01Z' };
  await put('agent', [{ agent_id, name: 'Ana', ...limits, ...flags, ...long, ...now }]);
  await put(
    'agent_team',
    teamIds.map((team_id) => ({ agent_id, team_id })),
  );
  await put(
    'agent_status_change',
    statuses.map(({ at, is: availability, statusId: status_id }) => {
      return { agent_id, at: new Date(at), availability, status_id, cause: 'chosen' };
    }),
  );
  await put(
    'agent_capacity_change',
    capacities.map(({ at, capacity }) => ({ agent_id, at: new Date(at), capacity })),
  );
  await put(
    'shift',
    shifts.map(({ starts, ends, expects, statusId: status_id }) => {
      return { agent_id, starts_at: new Date(starts), ends_at: new Date(ends), expects, status_id };
    }),
  );
}

async function storeWork(put: Put, { talks, held, said }: World, micros: number): Promise<void> {
  const beyond = `${String(micros).padStart(3, '0')}Z`;
  const at = (ms: number | null) =>
    ms === null ? null : new Date(ms).toISOString().replace('Z', beyond);
  const empty = { skill_ids: [], excluded_agent_ids: [], tags: [], categories: [], meta: {} };
  const lists = { close_meta: [], exclusions: [], skill_levels: [] };
  const first = { state: 'waiting', priority: 'normal', weight: 1, needs: '', active_at: at(0) };
  await put(
    'conversation',
    talks.map(({ conversationId, queuedAt, teamId: team_id, plan, channelId: channel_id }) => {
      const ids = { conversation_id: conversationId, channel_id, external_id: conversationId };
      const times = {
        queued_at: at(queuedAt),
        rank_at: at(queuedAt),
        event_seq: 0,
        message_seq: 0,
      };
      return { ...ids, contact_id: uuid(), team_id, plan, ...times, ...first, ...empty, ...lists };
    }),
  );
  await put(
    'assignment',
    held.map((one) => {
      const ids = { conversation_id: one.conversationId, assignment_id: uuid() };
      const times = { assigned_at: at(one.since), confirmed_at: at(one.accepted) };
      const offered_until = one.offered ? at(one.since + 20_000) : null;
      const end = { ended_at: at(one.till), end_reason: one.reason, offered_until };
      const how = { state: one.state, assigned_by: 'router', forced: false, weight: one.weight };
      return { ...ids, agent_id: one.agentId, ...times, ...end, ...how };
    }),
  );
  await put(
    'message',
    said.map(({ conversationId: conversation_id, seq, by, agentId, at: moment }) => {
      const what = { kind: 'text', text: 'x', attachments: [], late: false, history: false };
      const by_ = { author_kind: by, author_id: agentId, created_at: at(moment) };
      return { conversation_id, seq, message_id: uuid(), ...what, ...by_ };
    }),
  );
}
