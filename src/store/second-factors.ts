// People's second factors: the secret of the codes, and recovery codes known only by their hash.
import type { Sealed } from './secret-box.ts';
import { type Db, query, queryOne, statement } from './sql.ts';
import type { Tx } from './tx.ts';
import type { UserKey } from './users.ts';

export interface SecondFactorRow {
  /** Base32. */
  secret: Sealed;
  confirmedAt: Date | null;
  recoveryCodes: number;
}

const getSecondFactor_ = statement<SecondFactorRow>(
  'get-second-factor',
  `select f.secret, f.confirmed_at as "confirmedAt", (select count(*) from recovery_code c
    where c.workspace_id = $1 and c.user_id = $2)::integer as "recoveryCodes"
  from second_factor f where f.workspace_id = $1 and f.user_id = $2`,
);

export function getSecondFactor(db: Db, key: UserKey): Promise<SecondFactorRow | null> {
  return queryOne(db, getSecondFactor_, [key.workspaceId, key.userId]);
}

const hasSecondFactor_ = statement<{ found: boolean }>(
  'has-second-factor',
  `select exists (select from second_factor
    where workspace_id = $1 and user_id = $2 and confirmed_at is not null) as found`,
);

/** Counts confirmed factors only. */
export async function hasSecondFactor(db: Db, key: UserKey): Promise<boolean> {
  return (await queryOne(db, hasSecondFactor_, [key.workspaceId, key.userId]))?.found ?? false;
}

// A factor that was begun and not confirmed starts again.
const putSecondFactor_ = statement<{ userId: string }>(
  'put-second-factor',
  `insert into second_factor as f (workspace_id, user_id, secret) values ($1, $2, $3)
  on conflict (workspace_id, user_id) do update set secret = excluded.secret, created_at = now()
  where f.confirmed_at is null returning f.user_id as "userId"`,
);

/** false: there is a confirmed one. */
export async function putSecondFactor(
  tx: Tx,
  { workspaceId, userId, secret }: UserKey & { secret: Sealed },
): Promise<boolean> {
  return (await queryOne(tx, putSecondFactor_, [workspaceId, userId, secret])) !== null;
}

const takeStep_ = statement<{ userId: string }>(
  'take-second-factor-step',
  `update second_factor set last_step = $3, confirmed_at = coalesce(confirmed_at, now())
  where workspace_id = $1 and user_id = $2 and secret = $4 and last_step < $3
  returning user_id as "userId"`,
);

/** false: that code, or a later one, was used before; or the secret has changed. */
export async function takeStep(
  db: Db,
  { workspaceId, userId, step, secret }: UserKey & { step: number; secret: Sealed },
): Promise<boolean> {
  return (await queryOne(db, takeStep_, [workspaceId, userId, step, secret])) !== null;
}

const dropSecondFactor_ = statement<{ userId: string }>(
  'drop-second-factor',
  `delete from second_factor where workspace_id = $1 and user_id = $2 returning user_id as "userId"`,
);

/** Its recovery codes go with it. false: there was none. */
export async function dropSecondFactor(tx: Tx, key: UserKey): Promise<boolean> {
  return (await queryOne(tx, dropSecondFactor_, [key.workspaceId, key.userId])) !== null;
}

const putRecoveryCodes_ = statement<never>(
  'put-recovery-codes',
  `with old as (delete from recovery_code where workspace_id = $1 and user_id = $2 and hash <> all ($3::bytea[]))
  insert into recovery_code (workspace_id, user_id, hash) select $1, $2, unnest($3::bytea[])`,
);

/** Replaces the earlier ones. */
export async function putRecoveryCodes(
  tx: Tx,
  { workspaceId, userId, hashes }: UserKey & { hashes: readonly Buffer[] },
): Promise<void> {
  await query(tx, putRecoveryCodes_, [workspaceId, userId, hashes]);
}

const takeRecoveryCode_ = statement<{ userId: string }>(
  'take-recovery-code',
  `delete from recovery_code where workspace_id = $1 and user_id = $2 and hash = $3
  returning user_id as "userId"`,
);

/** false: unknown, or used. */
export async function takeRecoveryCode(
  db: Db,
  { workspaceId, userId, hash }: UserKey & { hash: Buffer },
): Promise<boolean> {
  return (await queryOne(db, takeRecoveryCode_, [workspaceId, userId, hash])) !== null;
}
