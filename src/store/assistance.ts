// How often a workspace has asked the language model: counted by what the audit has of it.
import { type Db, queryOne, statement } from './sql.ts';

const count_ = statement<{ count: number }>(
  'count-assistance',
  `select count(*)::integer as count from audit_entry
  where workspace_id = $1 and action = 'conversation.assisted' and at > now() - interval '1 day'`,
);

/** In the last 24 hours. */
export async function countAssistance(db: Db, workspaceId: string): Promise<number> {
  return (await queryOne(db, count_, [workspaceId]))?.count ?? 0;
}
