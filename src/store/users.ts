// The people who sign in. The name is the agent's, the role and the e-mail address are their own.
import type { Writing } from './effects.ts';
import { type Db, query, queryOne, statement } from './sql.ts';
import type { RoutingTx, Tx } from './tx.ts';

export interface UserRow {
  userId: string;
  name: string;
  email: string;
  role: 'admin' | 'supervisor' | 'agent';
  agentId: string;
  avatarUrl: string | null;
  locale: string | null;
  passwordHash: string | null;
  lastSignInAt: Date | null;
}

export interface UserKey {
  workspaceId: string;
  userId: string;
}

export const userColumns = `u.user_id as "userId", coalesce(a.name, u.name) as name, u.email, u.role, u.agent_id as "agentId",
  u.avatar_url as "avatarUrl", u.locale, u.password_hash as "passwordHash", u.last_sign_in_at as "lastSignInAt"`;
export const userSource = `user_account u left join agent a on a.workspace_id = u.workspace_id and a.agent_id = u.agent_id`;

const getUser_ = statement<UserRow>(
  'get-user',
  `select ${userColumns} from ${userSource} where u.workspace_id = $1 and u.user_id = $2`,
);

export function getUser(db: Db, { workspaceId, userId }: UserKey): Promise<UserRow | null> {
  return queryOne(db, getUser_, [workspaceId, userId]);
}

const lockRole_ = statement<Pick<UserRow, 'role'>>(
  'lock-user-role',
  'select role from user_account where workspace_id = $1 and user_id = $2 for share',
);

/** Locks it until the transaction ends. null: there is no such user. */
export async function lockUserRole(
  tx: Tx,
  { workspaceId, userId }: UserKey,
): Promise<UserRow['role'] | null> {
  return (await queryOne(tx, lockRole_, [workspaceId, userId]))?.role ?? null;
}

const findUserByEmail_ = statement<UserRow>(
  'find-user-by-email',
  `select ${userColumns} from ${userSource} where u.workspace_id = $1 and lower(u.email) = lower($2)`,
);

export function findUserByEmail(
  db: Db,
  { workspaceId, email }: { workspaceId: string; email: string },
): Promise<UserRow | null> {
  return queryOne(db, findUserByEmail_, [workspaceId, email]);
}

const findUserOfAgent_ = statement<{ userId: string }>(
  'find-user-of-agent',
  `select user_id as "userId" from user_account where workspace_id = $1 and agent_id = $2`,
);

/** The user who signs in as this agent; null: none. */
export async function findUserOfAgent(
  db: Db,
  { workspaceId, agentId }: { workspaceId: string; agentId: string },
): Promise<string | null> {
  return (await queryOne(db, findUserOfAgent_, [workspaceId, agentId]))?.userId ?? null;
}

export type ListedUser = UserRow & { secondFactor: boolean; singleSignOn: boolean };

const listedColumns = `${userColumns},
  exists (select from second_factor f where f.workspace_id = $1 and f.user_id = u.user_id
    and f.confirmed_at is not null) as "secondFactor",
  exists (select from user_identity i where i.workspace_id = $1 and i.user_id = u.user_id) as "singleSignOn"`;

const findPicture_ = statement<{ url: string | null }>(
  'find-agent-picture',
  `select avatar_url as url from user_account where workspace_id = $1 and agent_id = $2`,
);

/** Where the picture is; null: the user of this agent has none. */
export async function findAgentPicture(
  db: Db,
  { workspaceId, agentId }: { workspaceId: string; agentId: string },
): Promise<string | null> {
  return (await queryOne(db, findPicture_, [workspaceId, agentId]))?.url ?? null;
}

const listUsers_ = statement<ListedUser>(
  'list-users',
  `select ${listedColumns} from ${userSource}
  where u.workspace_id = $1 and u.user_id > $2 order by u.user_id limit $3`,
);

export function listUsers(
  db: Db,
  args: { workspaceId: string; after: string; limit: number },
): Promise<ListedUser[]> {
  return query(db, listUsers_, [args.workspaceId, args.after, args.limit]);
}

const getListedUser_ = statement<ListedUser>(
  'get-listed-user',
  `select ${listedColumns} from ${userSource} where u.workspace_id = $1 and u.user_id = $2`,
);

export function getListedUser(
  db: Db,
  { workspaceId, userId }: UserKey,
): Promise<ListedUser | null> {
  return queryOne(db, getListedUser_, [workspaceId, userId]);
}

const anyUser_ = statement<{ found: boolean }>(
  'any-user',
  'select exists (select from user_account where workspace_id = $1) as found',
);

export async function anyUser(db: Db, workspaceId: string): Promise<boolean> {
  return (await queryOne(db, anyUser_, [workspaceId]))?.found ?? false;
}

const insertUser_ = statement<never>(
  'insert-user',
  `insert into user_account (workspace_id, user_id, email, name, role, password_hash, agent_id, avatar_url)
  values ($1, $2, $3, $4, $5, $6, $7, $8)`,
);

export async function insertUser(
  tx: RoutingTx,
  user: UserKey & {
    email: string;
    name: string;
    role: string;
    passwordHash: string | null;
    agentId: string;
    avatarUrl: string | null;
  },
): Promise<void> {
  await query(tx, insertUser_, [
    user.workspaceId,
    user.userId,
    user.email,
    user.name,
    user.role,
    user.passwordHash,
    user.agentId,
    user.avatarUrl,
  ]);
}

/** Undefined fields stay. */
export interface UserChange {
  email?: string | undefined;
  name?: string | undefined;
  role?: string | undefined;
  passwordHash?: string | undefined;
  locale?: string | null | undefined;
  avatarUrl?: string | null | undefined;
  pushMentions?: boolean | undefined;
}

const updateUser_ = statement<never>(
  'update-user',
  `update user_account set email = coalesce($3, email), name = coalesce($4, name), role = coalesce($5, role),
    password_hash = coalesce($6, password_hash), locale = case when $7 then $8 else locale end,
    avatar_url = case when $9 then $10 else avatar_url end, push_mentions = coalesce($11, push_mentions)
  where workspace_id = $1 and user_id = $2`,
).needs('rights');

export async function updateUserRow(
  tx: Writing<typeof updateUser_, Tx>,
  { workspaceId, userId }: UserKey,
  change: UserChange,
): Promise<void> {
  await query(tx, updateUser_, [
    workspaceId,
    userId,
    change.email ?? null,
    change.name ?? null,
    change.role ?? null,
    change.passwordHash ?? null,
    change.locale !== undefined,
    change.locale ?? null,
    change.avatarUrl !== undefined,
    change.avatarUrl ?? null,
    change.pushMentions ?? null,
  ]);
}

const deleteUser_ = statement<never>(
  'delete-user',
  'delete from user_account where workspace_id = $1 and user_id = $2',
).needs('rights');

/** Deletes the user's sessions, invitations and read marks too. */
export async function deleteUserRow(
  tx: Writing<typeof deleteUser_, RoutingTx>,
  key: UserKey,
): Promise<void> {
  await query(tx, deleteUser_, [key.workspaceId, key.userId]);
}

// An admin who has only been invited cannot let anybody in.
const otherAdmins_ = statement<{ found: boolean }>(
  'other-admins',
  `select exists (select from user_account where workspace_id = $1 and user_id <> $2 and role = 'admin'
    and (password_hash is not null or last_sign_in_at is not null)) as found`,
);

export async function hasOtherAdmin(tx: RoutingTx, key: UserKey): Promise<boolean> {
  return (await queryOne(tx, otherAdmins_, [key.workspaceId, key.userId]))?.found ?? false;
}

const noteSignIn_ = statement<never>(
  'note-sign-in',
  'update user_account set last_sign_in_at = now() where workspace_id = $1 and user_id = $2',
);

export async function noteSignIn(tx: Tx, key: UserKey): Promise<void> {
  await query(tx, noteSignIn_, [key.workspaceId, key.userId]);
}
