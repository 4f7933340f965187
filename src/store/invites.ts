// Codes that let somebody choose a password, known only by their hash. Without a user: for the first admin.
import { type Db, query, queryOne, statement } from './sql.ts';
import type { Tx } from './tx.ts';

// A new code replaces the earlier ones; for the first admin each node prints its own. One that somebody asked for
// themselves replaces only others of that sort: a stranger's wish must end nobody's invitation.
const putInvite_ = statement<never>(
  'put-invite',
  `with old as (delete from invite where workspace_id = $1
    and (user_id = $3 and (self_service or not $6) or expires_at <= now()))
  insert into invite (workspace_id, invite_id, user_id, hash, expires_at, self_service)
  values ($1, $2, $3, $4, now() + make_interval(hours => $5), $6)`,
);

export async function putInvite(
  db: Db,
  invite: {
    workspaceId: string;
    inviteId: string;
    userId: string | null;
    hash: Buffer;
    hours: number;
    /** Somebody asked for it at the sign-in page. */
    selfService?: boolean;
  },
): Promise<void> {
  const { workspaceId, inviteId, userId, hash, hours, selfService = false } = invite;
  await query(db, putInvite_, [workspaceId, inviteId, userId, hash, hours, selfService]);
}

const findInvite_ = statement<{ inviteId: string; userId: string | null }>(
  'find-invite',
  `select invite_id as "inviteId", user_id as "userId" from invite
  where workspace_id = $1 and hash = $2 and expires_at > now()`,
);

/** null: unknown, used or expired. */
export function findInvite(
  db: Db,
  { workspaceId, hash }: { workspaceId: string; hash: Buffer },
): Promise<{ inviteId: string; userId: string | null } | null> {
  return queryOne(db, findInvite_, [workspaceId, hash]);
}

const dropInvites_ = statement<{ inviteId: string }>(
  'drop-invites',
  `delete from invite where workspace_id = $1 and user_id is not distinct from $2 returning invite_id as "inviteId"`,
);

/** false: somebody else used it first. */
export async function dropInvites(
  tx: Tx,
  { workspaceId, userId }: { workspaceId: string; userId: string | null },
): Promise<boolean> {
  return (await query(tx, dropInvites_, [workspaceId, userId])).length > 0;
}
