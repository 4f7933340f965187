// The assignments that a replay compares with: of a span, and with their decisions.
import { batch } from './batch.ts';
import type { Route, Unruled } from './read-for-placing.ts';
import { type Db, query, statement } from './sql.ts';

export interface SpanRow {
  conversationId: string;
  assignmentId: string;
  agentId: string;
  at: Date;
  assignedBy: string;
  forced: boolean;
}

const span_ = statement<SpanRow>(
  'list-assignments-of-span',
  `select conversation_id as "conversationId", assignment_id as "assignmentId", agent_id as "agentId",
    assigned_at as at, assigned_by as "assignedBy", forced
  from assignment where workspace_id = $1 and assigned_at >= $2 and assigned_at < $3
  order by assigned_at, assignment_id limit $4`,
);

/** In the order in which they were given. */
export function listAssignmentsOfSpan(
  db: Db,
  args: { workspaceId: string; from: Date; until: Date; limit: number },
): Promise<SpanRow[]> {
  const { workspaceId, from, until, limit } = args;
  return query(db, span_, [workspaceId, from, until, limit]);
}

interface Key {
  conversationId: string;
  assignmentId: string;
}

const keys = batch<Key>(2, {
  conversation_id: ['uuid', ({ conversationId }: Key) => conversationId],
  assignment_id: ['uuid', ({ assignmentId }: Key) => assignmentId],
});

export interface DecidedRow extends Key {
  agentId: string;
  decidedAgentId: string | null;
  because: unknown;
  /** As its conversation was given; null: it has waited again since, or had none. */
  route: Route | Unruled | null;
}

const decided_ = statement<DecidedRow>(
  'list-decided',
  `select a.conversation_id as "conversationId", a.assignment_id as "assignmentId", a.agent_id as "agentId",
    d.agent_id as "decidedAgentId", d.because,
    case when c.assigned_at = a.assigned_at and c.policy_version = d.policy_version then c.route end as route
  from ${keys.rows} k
  join assignment a on a.workspace_id = $1 and a.conversation_id = k.conversation_id and a.assignment_id = k.assignment_id
  join conversation c on c.workspace_id = $1 and c.conversation_id = k.conversation_id
  left join decision d on d.workspace_id = $1 and d.conversation_id = k.conversation_id and d.assignment_id = k.assignment_id`,
);

/** Of these, those that were made in truth, in no order. */
export function listDecided(
  db: Db,
  { workspaceId, of }: { workspaceId: string; of: readonly Key[] },
): Promise<DecidedRow[]> {
  return query(db, decided_, [workspaceId, ...keys.values(of)]);
}

const kept_ = statement<{ conversationId: string }>(
  'list-kept-conversations',
  `select c.conversation_id as "conversationId" from unnest($2::uuid[]) as k(conversation_id)
  join conversation c on c.workspace_id = $1 and c.conversation_id = k.conversation_id`,
);

/** Of these, those that are not deleted. */
export async function listKeptConversations(
  db: Db,
  { workspaceId, of }: { workspaceId: string; of: readonly string[] },
): Promise<Set<string>> {
  const rows = await query(db, kept_, [workspaceId, of]);
  return new Set(rows.map(({ conversationId }) => conversationId));
}

const names_ = statement<{ agentId: string; name: string }>(
  'list-names-of-agents',
  `select a.agent_id as "agentId", a.name from unnest($2::uuid[]) as k(agent_id)
  join agent a on a.workspace_id = $1 and a.agent_id = k.agent_id`,
);

/** Also of those who are gone. */
export async function listAgentNames(
  db: Db,
  { workspaceId, of }: { workspaceId: string; of: readonly string[] },
): Promise<Map<string, string>> {
  const rows = await query(db, names_, [workspaceId, of]);
  return new Map(rows.map(({ agentId, name }) => [agentId, name]));
}
