// Who a user is at an identity provider: by issuer and subject, which never change hands.
import { type Db, query, queryOne, statement } from './sql.ts';
import type { RoutingTx, Tx } from './tx.ts';
import { type UserKey, type UserRow, userColumns, userSource } from './users.ts';

export interface Identity {
  workspaceId: string;
  issuer: string;
  subject: string;
}

const findUserByIdentity_ = statement<UserRow>(
  'find-user-by-identity',
  `select ${userColumns} from user_identity i
  join (${userSource}) on u.workspace_id = i.workspace_id and u.user_id = i.user_id
  where i.workspace_id = $1 and i.issuer = $2 and i.subject = $3`,
);

export function findUserByIdentity(db: Db, identity: Identity): Promise<UserRow | null> {
  const { workspaceId, issuer, subject } = identity;
  return queryOne(db, findUserByIdentity_, [workspaceId, issuer, subject]);
}

const bindIdentity_ = statement<{ userId: string }>(
  'bind-identity',
  `insert into user_identity (workspace_id, issuer, subject, user_id) values ($1, $2, $3, $4)
  on conflict do nothing returning user_id as "userId"`,
);

/** false: the user is bound to another subject of this issuer, or the subject to another user. */
export async function bindIdentity(
  tx: RoutingTx,
  { workspaceId, issuer, subject, userId }: Identity & UserKey,
): Promise<boolean> {
  return (await queryOne(tx, bindIdentity_, [workspaceId, issuer, subject, userId])) !== null;
}

const unbindUser_ = statement<{ issuer: string }>(
  'unbind-user',
  'delete from user_identity where workspace_id = $1 and user_id = $2 returning issuer',
);

/** false: there was no binding. */
export async function unbindUser(tx: Tx, { workspaceId, userId }: UserKey): Promise<boolean> {
  return (await query(tx, unbindUser_, [workspaceId, userId])).length > 0;
}

const isBound_ = statement<{ found: boolean }>(
  'is-user-bound',
  'select exists (select from user_identity where workspace_id = $1 and user_id = $2) as found',
);

export async function isBound(db: Db, { workspaceId, userId }: UserKey): Promise<boolean> {
  return (await queryOne(db, isBound_, [workspaceId, userId]))?.found ?? false;
}

const anyBoundAdmin_ = statement<{ found: boolean }>(
  'any-bound-admin',
  `select exists (select from user_identity i
    join user_account u on u.workspace_id = i.workspace_id and u.user_id = i.user_id
    where i.workspace_id = $1 and u.role = 'admin') as found`,
);

/** Whether some admin has signed in by an identity provider. */
export async function anyBoundAdmin(db: Db, workspaceId: string): Promise<boolean> {
  return (await queryOne(db, anyBoundAdmin_, [workspaceId]))?.found ?? false;
}
