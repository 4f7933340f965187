// One agent's day as it went: what they were and what they held, one after the other.
import type { Pool } from 'pg';
import type { displayName } from '../contract/display-name.ts';
import { readSideReport } from './agent-report.ts';
import { isSeenBy } from './sight.ts';
import { type Db, query, statement } from './sql.ts';
import { SLOTS, STRETCHES, type StatusSpan } from './status-stretches.ts';

export interface AgentWas {
  since: Date;
  till: Date;
  availability: 'online' | 'away' | 'offline';
  statusId: string | null;
  cause: 'missed-offers' | 'no-sign-of-life' | 'push-missed' | 'signed-out' | null;
}

const was_ = statement<AgentWas>(
  'read-day-of-agent',
  `with ${SLOTS}, ${STRETCHES}
  select greatest(s.since, d.starts) as since, least(s.till, d.ends) as till, s.availability, s.status_id as "statusId", s.cause
  from stretch s join slot d on d.starts < d.ends and s.since < d.ends and (s.till is null or s.till > d.starts)
  where s.availability <> 'gone' and s.since is distinct from s.till order by 1 limit 2000`,
);

/** Of the agent whom the span names. */
export function readDayOfAgent(pool: Pool, span: StatusSpan): Promise<AgentWas[]> {
  return readSideReport(pool, was_, { ...span, byDay: false });
}

export interface AgentHeld {
  conversationId: string;
  /** null: who asks may no longer see it. */
  contact: Parameters<typeof displayName>[0] | null;
  since: Date;
  till: Date | null;
  outcome: 'held' | 'offered' | 'declined' | 'missed' | 'withdrawn';
}

// What an agent still has is found by the conversations, because no index finds a live assignment
// by its agent.
const held_ = statement<AgentHeld>(
  'read-held-of-day',
  `with mine as (
    select a.* from assignment a
    where a.workspace_id = $1 and a.agent_id = $4 and a.assigned_at < $3 and a.ended_at > $2
    union all
    select a.* from conversation c join assignment a on a.workspace_id = $1 and a.conversation_id = c.conversation_id
    where c.workspace_id = $1 and c.agent_id = $4 and c.state = 'assigned' and a.ended_at is null and a.assigned_at < $3 and $2 < clock_timestamp()
  )
  select a.conversation_id as "conversationId", a.assigned_at as since, a.ended_at as till,
    case when ${isSeenBy('$7')} then
      jsonb_build_object('name', k.name, 'email', k.email, 'phone', k.phone, 'externalId', k.external_id) end as contact,
    case when a.offered_until is null or a.confirmed_at is not null then 'held' when a.ended_at is null then 'offered'
      when a.end_reason = $5 then 'declined' when a.end_reason = $6 then 'missed' else 'withdrawn' end as outcome
  from mine a join conversation c on c.workspace_id = $1 and c.conversation_id = a.conversation_id
  join contact k on k.workspace_id = $1 and k.contact_id = c.contact_id
  order by a.assigned_at, a.assignment_id limit 500`,
);

export function readHeldOfDay(
  db: Db,
  ended: { declined: string; missed: string },
  asked: { workspaceId: string; from: Date; to: Date; agentId: string; seenBy: string | null },
): Promise<AgentHeld[]> {
  const { workspaceId, from, to, agentId, seenBy } = asked;
  const values = [workspaceId, from, to, agentId, ended.declined, ended.missed, seenBy];
  return query(db, held_, values);
}
