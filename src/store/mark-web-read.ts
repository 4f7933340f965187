// How far the two sides of a conversation over the web have read.
import type { Writing } from './effects.ts';
import { queryOne, statement } from './sql.ts';
import { seqOfVisitor, visitorSeq } from './visitor-seq.ts';

const markContact_ = statement<{ upTo: number }>(
  'mark-read-by-contact',
  `update web_conversation w set contact_read_seq = said.up_to, contact_read_at = clock_timestamp()
  from conversation c cross join lateral (select ${seqOfVisitor('$2', 'least($3, c.message_seq)')} as up_to) said
  where w.workspace_id = $1 and w.conversation_id = $2 and c.workspace_id = $1 and c.conversation_id = $2
    and said.up_to > w.contact_read_seq
  returning ${visitorSeq('$2', 'w.contact_read_seq')} as "upTo"`,
).needs('read');
const markAgent_ = statement<{ upTo: number }>(
  'mark-read-by-agent',
  `update web_conversation w set agent_read_seq = said.up_to, agent_read_at = clock_timestamp()
  from conversation c cross join lateral (select ${seqOfVisitor('$2', 'least($3, c.message_seq)')} as up_to) said
  where w.workspace_id = $1 and w.conversation_id = $2 and c.workspace_id = $1 and c.conversation_id = $2
    and said.up_to > w.agent_read_seq and c.agent_id = $4
  returning ${visitorSeq('$2', 'w.agent_read_seq')} as "upTo"`,
).needs('read');

/**
 * Numbers are the visitor's, here and in the answer. null: nothing new was read. A mark never goes
 * back.
 */
export async function markWebRead(
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
