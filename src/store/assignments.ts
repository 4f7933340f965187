// Who held a conversation when, and the moves of an assignment after the claim.

import { externalIdIn } from './agent-identities.ts';
import type { Writing } from './effects.ts';
import { ENDED, releaseLoad } from './roster.ts';
import { beginSilence } from './silence-columns.ts';
import { type Db, query, queryOne, statement } from './sql.ts';
import { appendAndTell, eventFacts } from './tell-endpoints.ts';
import type { Tx } from './tx.ts';

export interface PendingAssignment {
  conversationId: string;
  channelId: string;
  externalId: string;
  agentId: string;
  /** The agent whom the outside system last reported in the room. */
  remoteAgentId: string | null;
  /**
   * The channels of the room and of the agent are known and were compared, or a person chose the
   * agent.
   */
  channelFitIsKnown: boolean;
  /** false: it has ended meanwhile, so nothing is left to do. */
  live: boolean;
  /** The agent's id in the outside system; null: not known there. */
  externalAgentId: string | null;
}

const getPending_ = statement<PendingAssignment>(
  'get-pending-assignment',
  `select c.conversation_id as "conversationId", c.channel_id as "channelId", c.external_id as "externalId",
    a.agent_id as "agentId", c.remote_agent_id as "remoteAgentId",
    a.assigned_by <> 'router' or (c.external_channel_id is not null and not exists (
      select from agent_identity i where i.workspace_id = $1 and i.channel_id = c.channel_id
        and i.agent_id = a.agent_id and i.external_channel_ids is null)) as "channelFitIsKnown",
    a.ended_at is null and a.state = 'pending' as live,
    (${externalIdIn('c.channel_id', 'a.agent_id')}) as "externalAgentId"
  from assignment a join conversation c on c.workspace_id = $1 and c.conversation_id = a.conversation_id
  where a.workspace_id = $1 and a.conversation_id = $2 and a.assignment_id = $3`,
);

export function getPendingAssignment(
  db: Db,
  key: { workspaceId: string; conversationId: string; assignmentId: string },
): Promise<PendingAssignment | null> {
  return queryOne(db, getPending_, [key.workspaceId, key.conversationId, key.assignmentId]);
}

// The outside system has the agent in the room, whether or not we still want it: that is stored.
const confirm_ = statement<{ confirmed: boolean }>(
  'confirm-assignment',
  `with confirmed as (
    update assignment set state = 'confirmed', confirmed_at = clock_timestamp()
    where workspace_id = $1 and conversation_id = $2 and assignment_id = $3 and state = 'pending' and ended_at is null
    returning agent_id, confirmed_at
  ), noted as (
    update conversation c set remote_agent_id = (select agent_id from assignment
        where workspace_id = $1 and conversation_id = $2 and assignment_id = $3),
      confirmed_at = coalesce((select confirmed_at from confirmed), c.confirmed_at),
      offered_until = case when exists (select from confirmed) then null else c.offered_until end,
      ${beginSilence('c')},
      event_seq = c.event_seq + (select count(*)::integer from confirmed)
    where c.workspace_id = $1 and c.conversation_id = $2 and c.state <> 'closed'
    returning ${eventFacts('c')}
  ), news as (
    select n.*, f.confirmed_at from noted n, confirmed f
  ), ${appendAndTell({
    source: 'news',
    type: `'conversation.assignment-confirmed'`,
    at: 'confirmed_at',
    data: `jsonb_build_object('agentId', agent_id, 'assignmentId', $3::uuid)`,
  })}
  select exists (select from confirmed) as confirmed`,
).needs('send', 'conversation');

/** Needs the conversation's row locked, so that its events stay in order. */
export async function confirmAssignmentRow(
  tx: Writing<typeof confirm_, Tx>,
  key: { workspaceId: string; conversationId: string; assignmentId: string },
): Promise<boolean> {
  const row = await queryOne(tx, confirm_, [key.workspaceId, key.conversationId, key.assignmentId]);
  return row?.confirmed ?? false;
}

const chosenThere_ = statement<never>(
  'note-chosen-there',
  `update assignment set department = coalesce((
    select e ->> 'department' from channel m cross join lateral jsonb_array_elements(m.config -> 'handovers') e
    where m.workspace_id = $1 and m.channel_id = $3 and e ->> 'departmentId' = $4 limit 1), $4)
  where workspace_id = $1 and conversation_id = $2 and ended_at is null`,
);

/** The routing of that department of a mirror chose the agent who has it now. */
export async function noteChosenThere(
  tx: Tx,
  args: { workspaceId: string; conversationId: string; channelId: string; departmentId: string },
): Promise<void> {
  const { workspaceId, conversationId, channelId, departmentId } = args;
  await query(tx, chosenThere_, [workspaceId, conversationId, channelId, departmentId]);
}

const endLive_ = statement<{ assignmentId: string; agentId: string }>(
  'end-live-assignment',
  `with ended as (
    update assignment a set state = $3, ended_at = clock_timestamp(), end_reason = $4
    where workspace_id = $1 and conversation_id = $2 and ended_at is null
    returning ${ENDED}
  ), ${releaseLoad('ended')}
  select assignment_id as "assignmentId", agent_id as "agentId" from ended`,
).needs('wake');

/** The next pass takes it off the agent's load. null: nobody held it. */
export function endLiveAssignment(
  tx: Writing<typeof endLive_, Tx>,
  args: { workspaceId: string; conversationId: string; state: 'ended' | 'undone'; reason: string },
): Promise<{ assignmentId: string; agentId: string } | null> {
  return queryOne(tx, endLive_, [args.workspaceId, args.conversationId, args.state, args.reason]);
}

export interface AssignmentRow {
  assignmentId: string;
  agentId: string;
  agentName: string | null;
  state: string;
  assignedBy: string;
  forced: boolean;
  assignedAt: Date;
  confirmedAt: Date | null;
  /** Until when the agent could accept it; null: it was no offer. */
  offeredUntil: Date | null;
  endedAt: Date | null;
  endReason: string | null;
  /** What the agent said who declined it. */
  declineReason: string | null;
  /** Whose routing over there chose the agent; null: chosen here, or by people. */
  department: string | null;
  policyVersion: number | null;
  because: unknown;
  runnerUpName: string | null;
}

/** SQL of an AssignmentRow, of an assignment `a`. */
export const assignmentColumns = `a.assignment_id as "assignmentId", a.agent_id as "agentId", g.name as "agentName", a.state,
    a.assigned_by as "assignedBy", a.forced, a.assigned_at as "assignedAt", a.confirmed_at as "confirmedAt",
    a.offered_until as "offeredUntil", a.ended_at as "endedAt", a.end_reason as "endReason", a.decline_reason as "declineReason", a.department, d.policy_version as "policyVersion", d.because,
    r.name as "runnerUpName"`;
export const assignmentJoins = `left join decision d on d.workspace_id = $1 and d.conversation_id = a.conversation_id and d.assignment_id = a.assignment_id
  left join agent g on g.workspace_id = $1 and g.agent_id = a.agent_id
  left join agent r on r.workspace_id = $1 and r.agent_id = (d.because #>> '{runnerUp,agentId}')::uuid`;

const listAssignments_ = statement<AssignmentRow>(
  'list-assignments',
  `select ${assignmentColumns} from assignment a ${assignmentJoins}
  where a.workspace_id = $1 and a.conversation_id = $2 order by a.assigned_at desc, a.assignment_id desc limit 200`,
);

/** Newest first, with the decision record where the router decided. */
export function listAssignments(
  db: Db,
  { workspaceId, conversationId }: { workspaceId: string; conversationId: string },
): Promise<AssignmentRow[]> {
  return query(db, listAssignments_, [workspaceId, conversationId]);
}

const findSince_ = statement<{ conversationId: string }>(
  'find-assignment-since',
  `select conversation_id as "conversationId" from conversation
  where workspace_id = $1 and state = 'assigned' and ($2::uuid is null or agent_id = $2) and assigned_at >= $3
  order by assigned_at, rank_at limit 1`,
);

/** The first conversation given to the agent, or to any agent, since then. */
export async function findAssignmentSince(
  db: Db,
  args: { workspaceId: string; agentId: string | null; since: Date },
): Promise<string | null> {
  const row = await queryOne(db, findSince_, [args.workspaceId, args.agentId, args.since]);
  return row?.conversationId ?? null;
}
