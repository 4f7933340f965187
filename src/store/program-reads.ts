// How far the two sides of a conversation have read, where a program stands between them.
import type { Writing } from './effects.ts';
import { queryOne, statement } from './sql.ts';

const marking = (side: 'contact' | 'agent', who: string) => `said as materialized (
    select c.channel_id, c.conversation_id, least($3::integer, c.message_seq) as up_to from conversation c
    join channel h on h.workspace_id = $1 and h.channel_id = c.channel_id and h.has_updates
    where c.workspace_id = $1 and c.conversation_id = $2 and ${who}
  ), marked as (
    insert into program_read as p (workspace_id, conversation_id, ${side}_read_seq, ${side}_read_at)
    select $1, conversation_id, up_to, clock_timestamp() from said where up_to > 0
    on conflict (workspace_id, conversation_id) do update
      set ${side}_read_seq = excluded.${side}_read_seq, ${side}_read_at = excluded.${side}_read_at
      where excluded.${side}_read_seq > p.${side}_read_seq
    returning ${side}_read_seq as up_to
  )`;

const markContact_ = statement<{ upTo: number }>(
  'mark-program-read-by-contact',
  `with ${marking('contact', 'true')} select up_to as "upTo" from marked`,
).needs('read');

// The program is told of it.
const markAgent_ = statement<{ upTo: number }>(
  'mark-program-read-by-agent',
  `with ${marking('agent', 'c.agent_id = $4::uuid')}, updated as (
    insert into channel_update (workspace_id, channel_id, conversation_id, read_seq, at)
    select $1, s.channel_id, s.conversation_id, m.up_to, clock_timestamp() from marked m cross join said s
  )
  select up_to as "upTo" from marked`,
).needs('read');

/** null: nothing new was read, or it is another kind of conversation. A mark never goes back. */
export async function markProgramRead(
  db: Writing<typeof markContact_ | typeof markAgent_>,
  args: {
    workspaceId: string;
    conversationId: string;
    /** Of agents, only the one who has the conversation. */
    by: 'contact' | { agentId: string };
    upToSeq: number;
  },
): Promise<number | null> {
  const { workspaceId, conversationId, by, upToSeq } = args;
  const values = [workspaceId, conversationId, upToSeq];
  const row =
    by === 'contact'
      ? await queryOne(db, markContact_, values)
      : await queryOne(db, markAgent_, [...values, by.agentId]);
  return row?.upTo ?? null;
}
