// The rules that Usher's own tables keep among each other, in any workspace: what breaks one should never have been.
import type { QueryResultRow } from 'pg';

/** Takes the id of the workspace. */
export const stateRules: Readonly<Record<string, string>> = {
  'no conversation had two agents': `select a.conversation_id, a.assignment_id, b.assignment_id as other
    from assignment a join assignment b on b.workspace_id = $1 and b.conversation_id = a.conversation_id
      and (b.assigned_at, b.assignment_id) > (a.assigned_at, a.assignment_id)
    where a.workspace_id = $1 and (a.ended_at is null or a.ended_at > b.assigned_at)`,
  'each state agrees with the assignments': `select c.conversation_id, c.state, c.agent_id, live.agents
    from conversation c cross join lateral (
      select coalesce(array_agg(a.agent_id), '{}') as agents from assignment a
      where a.workspace_id = $1 and a.conversation_id = c.conversation_id and a.ended_at is null) live
    where c.workspace_id = $1
      and live.agents <> case when c.state = 'assigned' then array[c.agent_id] else '{}'::uuid[] end`,
  'each state agrees with the last event': `select c.conversation_id, c.state, e.type
    from conversation c cross join lateral (
      select type from event where workspace_id = $1 and stream_id = c.conversation_id and type like 'conversation.%'
        and type not in ('conversation.rated', 'conversation.transcript-requested', 'conversation.reminded',
          'conversation.unanswered', 'conversation.due-soon', 'conversation.overdue', 'conversation.automated') order by seq desc limit 1) e
    where c.workspace_id = $1 and c.state <> case e.type when 'conversation.assigned' then 'assigned'
      when 'conversation.assignment-confirmed' then 'assigned' when 'conversation.offered' then 'assigned'
      when 'conversation.accepted' then 'assigned' when 'conversation.closed' then 'closed'
      when 'conversation.parked' then 'parked' else 'waiting' end`,
  'events are numbered without a gap': `select c.conversation_id, c.event_seq, e.count, e.last
    from conversation c cross join lateral (
      select count(*), max(seq) as last from event e where e.workspace_id = $1 and e.stream_id = c.conversation_id) e
    where c.workspace_id = $1 and (e.count <> c.event_seq or e.last <> c.event_seq)`,
  'each assignment has one event': `select c.conversation_id, a.count, e.count as events
    from conversation c cross join lateral (
      select count(*) from assignment a where a.workspace_id = $1 and a.conversation_id = c.conversation_id) a
    cross join lateral (select count(*) from event e where e.workspace_id = $1 and e.stream_id = c.conversation_id
      and e.type = 'conversation.assigned') e
    where c.workspace_id = $1 and a.count <> e.count`,
  'each load is the sum of what is held or unsettled': `select g.agent_id, g.load, held.weight
    from agent g cross join lateral (
      select coalesce(sum(weight), 0) as weight from (
        select agent_id, weight from assignment where workspace_id = $1 and ended_at is null
        union all select agent_id, weight from load_release where workspace_id = $1) counted
      where counted.agent_id = g.agent_id) held
    where g.workspace_id = $1 and g.load <> held.weight`,
};

const MOST_TOLD = 5;

/** By the name of the rule, what broke it. Nothing anywhere: all agree. */
export async function readDisagreements(
  read: (sql: string, values: unknown[]) => Promise<QueryResultRow[]>,
  workspaceId: string,
): Promise<Record<string, QueryResultRow[]>> {
  const found: Record<string, QueryResultRow[]> = {};
  for (const [rule, sql] of Object.entries(stateRules)) {
    found[rule] = await read(`${sql} limit ${MOST_TOLD}`, [workspaceId]);
  }
  return found;
}
