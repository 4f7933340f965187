// Whom the agent of a conversation has asked to read along: who is asked now, and until when others hear that it is over.
import { kindsWith } from '../contract/channel-kinds.ts';
import type { Writing } from './effects.ts';
import { type Db, query, queryOne, statement } from './sql.ts';
import { appendAndTell, eventFacts } from './tell-endpoints.ts';
import type { Tx } from './tx.ts';
import { listing } from './workspaces-with.ts';

export interface ConversationKey {
  workspaceId: string;
  conversationId: string;
}

const list_ = statement<{ agentId: string }>(
  'list-consulted',
  `select s.agent_id as "agentId" from consultation s
  join agent a on a.workspace_id = $1 and a.agent_id = s.agent_id and a.deleted_at is null
  where s.workspace_id = $1 and s.conversation_id = $2 and s.ended_at is null`,
);

/** Who is asked now, the removed left out. Under the conversation's lock nobody else is added. */
export async function listConsulted(db: Db, key: ConversationKey): Promise<string[]> {
  const rows = await query(db, list_, [key.workspaceId, key.conversationId]);
  return rows.map(({ agentId }) => agentId);
}

const request_ = statement<never>(
  'request-consult',
  `with counted as (
    update conversation c set event_seq = event_seq + 1 where c.workspace_id = $1 and c.conversation_id = $2
    returning ${eventFacts('c')}, clock_timestamp() as asked_at
  ), asked as (
    insert into consultation (workspace_id, conversation_id, agent_id, asked_by, note, asked_at)
    select $1, $2, $3, $4, $5, asked_at from counted
    on conflict (workspace_id, conversation_id, agent_id) do update
      set asked_by = excluded.asked_by, note = excluded.note, asked_at = excluded.asked_at, ended_at = null
  ), ${appendAndTell({
    source: 'counted',
    type: `'conversation.consult-requested'`,
    at: 'asked_at',
    data: `jsonb_build_object('agentId', $3::uuid, 'note', $5::text, 'by', $4::text)`,
  })}
  select from counted`,
).needs('send', 'conversation');

/** Needs the row locked. */
export async function requestConsult(
  tx: Writing<typeof request_, Tx>,
  asking: ConversationKey & { agentId: string; by: string; note: string | null },
): Promise<void> {
  const { workspaceId, conversationId, agentId, by, note } = asking;
  await query(tx, request_, [workspaceId, conversationId, agentId, by, note]);
}

const end_ = statement<{ ended: boolean }>(
  'end-consult',
  `with ended as (
    update consultation set ended_at = clock_timestamp()
    where workspace_id = $1 and conversation_id = $2 and agent_id = $3 and ended_at is null
    returning conversation_id, ended_at
  ), counted as (
    update conversation c set event_seq = event_seq + 1 from ended e
    where c.workspace_id = $1 and c.conversation_id = e.conversation_id
    returning ${eventFacts('c')}, e.ended_at
  ), ${appendAndTell({
    source: 'counted',
    type: `'conversation.consult-ended'`,
    at: 'ended_at',
    data: `jsonb_build_object('agentId', $3::uuid, 'reason', $5::text, 'by', $4::text)`,
  })}
  select exists (select from ended) as ended`,
).needs('send', 'conversation');

export type ConsultEnd = 'thanked' | 'left' | 'given';

/** Needs the row locked. false: the agent is not asked. */
export async function endConsultation(
  tx: Writing<typeof end_, Tx>,
  ending: ConversationKey & { agentId: string; by: string; reason: ConsultEnd },
): Promise<boolean> {
  const { workspaceId, conversationId, agentId, by, reason } = ending;
  const row = await queryOne(tx, end_, [workspaceId, conversationId, agentId, by, reason]);
  return row?.ended ?? false;
}

// A closing can be taken back for thirty seconds, and then they are asked again.
const OVER = `interval '2 minutes'`;

const forget_ = statement<{ agentId: string }>(
  'forget-consultations',
  `delete from consultation s where s.workspace_id = $1 and (s.conversation_id, s.agent_id) in (
    (select conversation_id, agent_id from consultation
      where workspace_id = $1 and ended_at <= now() - ${OVER} limit 500)
    union all
    (select o.conversation_id, o.agent_id from consultation o
      join conversation c on c.workspace_id = $1 and c.conversation_id = o.conversation_id
      where o.workspace_id = $1 and o.ended_at is null and c.closed_at <= now() - ${OVER} limit 500))
  returning s.agent_id as "agentId"`,
);

/** Those that are over, or whose conversation is. Answers how many it deleted: a thousand at most. */
export async function forgetConsultations(db: Db, workspaceId: string): Promise<number> {
  return (await query(db, forget_, [workspaceId])).length;
}

const listOver_ = statement<{ workspaceId: string }>(
  'list-workspaces-with-consultations',
  listing({
    table: 'consultation',
    due: `select from consultation s join conversation c on c.workspace_id = s.workspace_id and c.conversation_id = s.conversation_id
    where s.workspace_id = w.workspace_id
      and (s.ended_at <= now() - ${OVER} or c.closed_at <= now() - ${OVER})`,
  }),
);

export async function listWorkspacesWithOldConsultations(db: Db): Promise<string[]> {
  return (await query(db, listOver_, [])).map(({ workspaceId }) => workspaceId);
}

const listReaders_ = statement<{ agentId: string; name: string; reads: boolean }>(
  'list-readers-of-notes',
  `select a.agent_id as "agentId", a.name, (a.answers_here and not exists (select from agent_identity i
      join channel h on h.workspace_id = $1 and h.channel_id = i.channel_id and h.kind = any ($3::text[])
      where i.workspace_id = $1 and i.agent_id = a.agent_id and i.set_aside_at is null))
    or exists (select from user_account u where u.workspace_id = $1 and u.agent_id = a.agent_id) as reads
  from agent a where a.workspace_id = $1 and a.agent_id = any ($2::uuid[]) and a.deleted_at is null`,
);

/** Those that exist, and whether they read notes here: whoever works in an outside system alone does not. */
export function listReaders(
  db: Db,
  { workspaceId, agentIds }: { workspaceId: string; agentIds: readonly string[] },
): Promise<{ agentId: string; name: string; reads: boolean }[]> {
  return query(db, listReaders_, [workspaceId, agentIds, kindsWith('mirrors', true)]);
}
