// Texts that agents put into their answers by a shortcut.
import { type Db, query, queryOne, statement } from './sql.ts';
import type { Tx } from './tx.ts';

export interface CannedReplyRow {
  id: string;
  shortcut: string;
  text: string;
  teamId: string | null;
}

const columns = 'canned_reply_id as id, shortcut, text, team_id as "teamId"';

const list_ = statement<CannedReplyRow>(
  'list-canned-replies',
  `select ${columns} from canned_reply where workspace_id = $1 order by lower(shortcut), canned_reply_id limit 5000`,
);

export function listCannedReplies(db: Db, workspaceId: string): Promise<CannedReplyRow[]> {
  return query(db, list_, [workspaceId]);
}

const insert_ = statement<never>(
  'insert-canned-reply',
  'insert into canned_reply (workspace_id, canned_reply_id, shortcut, text, team_id) values ($1, $2, $3, $4, $5)',
);

export async function insertCannedReply(
  tx: Tx,
  { workspaceId, id, shortcut, text, teamId }: CannedReplyRow & { workspaceId: string },
): Promise<void> {
  await query(tx, insert_, [workspaceId, id, shortcut, text, teamId]);
}

const update_ = statement<CannedReplyRow>(
  'update-canned-reply',
  `update canned_reply set shortcut = coalesce($3, shortcut), text = coalesce($4, text),
    team_id = case when $5 then $6 else team_id end
  where workspace_id = $1 and canned_reply_id = $2 returning ${columns}`,
);

/** Undefined fields stay. null: there is none. */
export function updateCannedReply(
  tx: Tx,
  change: {
    workspaceId: string;
    id: string;
    shortcut?: string | undefined;
    text?: string | undefined;
    teamId?: string | null | undefined;
  },
): Promise<CannedReplyRow | null> {
  const { workspaceId, id, shortcut = null, text = null, teamId } = change;
  const values = [workspaceId, id, shortcut, text, teamId !== undefined, teamId ?? null];
  return queryOne(tx, update_, values);
}

const delete_ = statement<CannedReplyRow>(
  'delete-canned-reply',
  `delete from canned_reply where workspace_id = $1 and canned_reply_id = $2 returning ${columns}`,
);

/** null: there is none. */
export function deleteCannedReply(
  tx: Tx,
  { workspaceId, id }: { workspaceId: string; id: string },
): Promise<CannedReplyRow | null> {
  return queryOne(tx, delete_, [workspaceId, id]);
}
