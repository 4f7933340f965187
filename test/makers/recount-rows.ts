// What the stored rows of a workspace are, read plainly: for recounts in plain code.
import type { Pool } from 'pg';
import type { PastConversation } from './slow-report.ts';

export async function recountRows(db: Pool, workspaceId: string): Promise<PastConversation[]> {
  const read = async (table: string, order: string) => {
    const text = `select * from ${table} where workspace_id = $1 order by ${order}`;
    return (await db.query(text, [workspaceId])).rows;
  };
  const [assignments, messages, results] = [
    await read('assignment', 'assigned_at, assignment_id'),
    await read('message', 'seq'),
    await read('target_result', 'decided_at'),
  ];
  const ms = (at: Date | null) => at?.getTime() ?? null;
  return (await read('conversation', 'conversation_id')).map((row): PastConversation => {
    const isOf = (one: { conversation_id: string }) => one.conversation_id === row.conversation_id;
    return {
      queuedAt: row.queued_at.getTime(),
      closedAt: ms(row.closed_at),
      agentId: row.agent_id,
      teamId: row.team_id,
      channelId: row.channel_id,
      plan: row.plan,
      rating: row.rated_at && { score: row.rating_score, at: row.rated_at.getTime() },
      assignments: assignments.filter(isOf).map((one) => ({
        ...{ agentId: one.agent_id, at: one.assigned_at.getTime(), endedAt: ms(one.ended_at) },
        state: one.state,
      })),
      messages: messages.filter(isOf).map((one) => ({
        ...{ at: one.created_at.getTime(), kind: one.kind, author: one.author_kind },
        ...{ authorId: one.author_id, history: one.history },
      })),
      results: results.filter(isOf).map((one) => ({
        ...{ kind: one.kind, at: one.decided_at.getTime(), met: one.met },
        ...{ agentId: one.agent_id, plan: one.plan },
      })),
    };
  });
}
