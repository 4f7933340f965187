// One row at least in each table of a workspace that moves, beyond what the doors would write in a test.
import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';

export interface FillingIds {
  workspaceId: string;
  channelId: string;
  agentId: string;
  userId: string;
  teamId: string;
  contactId: string;
  conversationId: string;
  endpointId: string;
  deliveryId: number;
  automationId: string;
}

/** Values that are hard to write and to read again. */
export const STRANGE = 'tab\tnew\nline \\N \\. "quoted" 😀 \u00e9';

/** Rows by table; workspace_id and what has a default are left out. */
type Rows = [table: string, row: object][];

const at = '2026-01-05T09:30:00.123456Z';

function makePeople({ agentId: agent_id, teamId, channelId, userId }: FillingIds): Rows {
  const skill_id = randomUUID();
  const status_id = randomUUID();
  return [
    ['skill', { skill_id, name: STRANGE }],
    ['agent_skill', { skill_id, agent_id, level: 3 }],
    ['agent_team', { team_id: teamId, agent_id }],
    ['agent_status', { status_id, name: STRANGE, place: 7 }],
    ['agent_status_change', { agent_id, at, availability: 'away', status_id, cause: 'chosen' }],
    ['agent_capacity_change', { agent_id, at, capacity: 3 }],
    ['agent_identity', { channel_id: channelId, external_id: STRANGE, agent_id }],
    ['agent_limit', { agent_id, scope: randomUUID(), most: 2, load: 0, ceiling: 2 }],
    ['user_identity', { issuer: 'https://login.example', subject: 's1', user_id: userId }],
    ['shift', { agent_id, starts_at: at, ends_at: '2026-01-05T17:00:00Z', expects: 'online' }],
    ['tag', { tag_id: randomUUID(), name: STRANGE, colour: '#123456' }],
    ['macro', { macro_id: randomUUID(), name: STRANGE, actions: [{ do: 'note', text: STRANGE }] }],
  ];
}

function makeContacts(ids: FillingIds): Rows {
  const conversation_id = ids.conversationId;
  return [
    [
      'saved_view',
      { saved_view_id: randomUUID(), user_id: ids.userId, name: 'v', view: 'all', filters: {} },
    ],
    [
      'setting',
      { key: 'closeForm', value: [{ name: 'a', label: STRANGE, type: 'text', required: false }] },
    ],
    ['setting', { key: 'alarm-slack', value: 'sealed:1:abc:secret-of-a-setting' }],
    [
      'contact_block',
      { block_id: randomUUID(), contact_id: ids.contactId, reason: STRANGE, blocked_by: 'x' },
    ],
    [
      'contact_merge',
      {
        ...{ merge_id: randomUUID(), kept_id: ids.contactId, merged_id: randomUUID() },
        ...{ merged_by: 'x', given: { fields: { name: STRANGE } }, undone_at: at, undone_by: 'y' },
      },
    ],
    [
      'network_block',
      { block_id: randomUUID(), network: '192.0.2.0/24', reason: 'r', blocked_by: 'x' },
    ],
    ['program_read', { conversation_id, contact_read_seq: 1, contact_read_at: at }],
  ];
}

function makeRecords({
  agentId: agent_id,
  conversationId: conversation_id,
  channelId: channel_id,
}: FillingIds): Rows {
  const assignment_id = randomUUID();
  const room = randomUUID();
  return [
    ['load_release', { conversation_id, assignment_id, agent_id, weight: 0, released_at: at }],
    [
      'decision',
      {
        ...{ conversation_id, assignment_id, policy_version: 1, decided_at: at, agent_id },
        because: { chosen: STRANGE },
      },
    ],
    ['consultation', { conversation_id, agent_id, asked_by: 'x', note: STRANGE, asked_at: at }],
    [
      'target_result',
      { conversation_id, kind: 'end', since: at, plan: 'p', due_at: at, decided_at: at, met: true },
    ],
    [
      'told_wait',
      {
        ...{ conversation_id, told_at: at, nth: 0, method: 'none', place: 1 },
        ...{ expected: 1.5, turns: 0.25, basis: {} },
      },
    ],
    [
      'desk_room',
      {
        ...{ desk_room_id: room, channel_id, conversation_id, ordinal: 1 },
        ...{ visitor_token: 'v', closed_at: at },
      },
    ],
    ['desk_message', { desk_room_id: room, external_id: 'm1', message_id: randomUUID() }],
  ];
}

function makeLogs(ids: FillingIds): Rows {
  const [agent_id, conversation_id] = [ids.agentId, ids.conversationId];
  const assignment_id = randomUUID();
  return [
    ['channel_feed', { channel_id: ids.channelId, last: 5, forgotten: 2 }],
    ['channel_update', { channel_id: ids.channelId, number: 5, conversation_id, event_seq: 1, at }],
    [
      'delivery_attempt',
      {
        ...{ delivery_id: ids.deliveryId, attempt: 1, started_at: at, latency_ms: 5 },
        ...{ result: 'refused', status: 500, answer: STRANGE },
      },
    ],
    ['mention', { agent_id, conversation_id, seq: 1, at }],
    ['read_mark', { user_id: ids.userId, conversation_id, up_to_seq: 1 }],
    ['alarm', { alarm_id: randomUUID(), kind: 'channel', started_at: at, ended_at: at }],
    [
      'automation_run',
      {
        ...{ automation_id: ids.automationId, conversation_id, event_type: 'conversation.closed' },
        ...{ depth: 0, outcome: 'done', actions: [], after_seq: 0, to_seq: 1 },
      },
    ],
    ['routing_agent', { agent_id, setup: 's1', facts: { name: STRANGE } }],
    [
      'routing_pass',
      {
        ...{ at, policy_version: 1, conversation_ids: [conversation_id] },
        ...{ assignment_ids: [assignment_id], rank_ats: [1.5], group_numbers: [0], facts: {} },
      },
    ],
    // What lets somebody in, and must stay behind.
    ['token', { token_id: randomUUID(), name: 't', role: 'admin', hash: '\\x736563726574' }],
    ['second_factor', { user_id: ids.userId, secret: 'secret-of-a-person' }],
  ];
}

export async function fillMoved(pool: Pool, ids: FillingIds): Promise<void> {
  for (const [table, row] of [makePeople, makeContacts, makeRecords, makeLogs].flatMap((make) =>
    make(ids),
  )) {
    const whole = { workspace_id: ids.workspaceId, ...row };
    const columns = Object.keys(whole).join(', ');
    await pool.query(
      `insert into ${table} (${columns}) select ${columns} from jsonb_populate_record(null::${table}, $1)
      on conflict do nothing`,
      [JSON.stringify(whole)],
    );
  }
}
