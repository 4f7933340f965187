// Finds words in what was said in one conversation.
import { MOST_HITS, MOST_SEARCHED } from '../contract/messages.ts';
import { type Db, query, statement } from './sql.ts';

export interface HitRow {
  seq: number;
  kind: 'text' | 'note';
  text: string;
  createdAt: Date;
}

// Without an index: only the latest of one conversation are read, so its length is the bound.
const search_ = statement<HitRow>(
  'search-messages',
  `select seq, kind, substr(text, greatest(1, strpos(lower(text), lower($3)) - 60), 200) as text, created_at as "createdAt"
  from message where workspace_id = $1 and conversation_id = $2
    and seq > coalesce((select message_seq from conversation where workspace_id = $1 and conversation_id = $2), 0) - ${MOST_SEARCHED}
    and text ilike $4 order by seq desc limit ${MOST_HITS + 1}`,
);

/** The latest first, and one more than `MOST_HITS` where there are more. */
export function searchMessages(
  db: Db,
  { workspaceId, conversationId, q }: { workspaceId: string; conversationId: string; q: string },
): Promise<HitRow[]> {
  const pattern = `%${q.replace(/[\\%_]/g, '\\$&')}%`;
  return query(db, search_, [workspaceId, conversationId, q, pattern]);
}
