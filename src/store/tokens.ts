// API tokens, known only by their hash.

import type { AgentsSee } from '../contract/settings.ts';
import type { Writing } from './effects.ts';
import { agentsSeeIn } from './settings.ts';
import { type Db, query, queryOne, statement } from './sql.ts';
import type { Tx } from './tx.ts';

export interface TokenRow {
  tokenId: string;
  name: string;
  role: 'admin' | 'supervisor' | 'agent';
  /** null: everything that the role may do. */
  scopes: string[] | null;
  agentId: string | null;
  createdAt: Date;
  expiresAt: Date | null;
  /** Accurate to five minutes. */
  usedAt: Date | null;
  /** As the audit names them; null: the start of a server. */
  madeBy: string | null;
}

const columns = `token_id as "tokenId", name, role, scopes, agent_id as "agentId", created_at as "createdAt",
  expires_at as "expiresAt", used_at as "usedAt", made_by as "madeBy"`;

/** `hash`: in hexadecimal. */
export type FoundToken = TokenRow & {
  workspaceId: string;
  hash: string;
  stale: boolean;
  agentsSee: AgentsSee;
};

const findTokens_ = statement<FoundToken>(
  'find-tokens',
  `-- across workspaces: a token is what tells the workspace
  select workspace_id as "workspaceId", encode(hash, 'hex') as hash,
    coalesce(used_at < now() - interval '5 minutes', true) as stale,
    ${agentsSeeIn('token.workspace_id')} as "agentsSee", ${columns} from token
  where hash = any ($1::bytea[]) and revoked_at is null and (expires_at is null or expires_at > now())
    and exists (select from workspace w where w.workspace_id = token.workspace_id and w.removed_at is null)
    and (agent_id is null or exists (select from agent a where a.workspace_id = token.workspace_id
      and a.agent_id = token.agent_id and a.deleted_at is null))`,
);

/**
 * The valid ones among them, in no order; none of a workspace that is being removed. `stale`: their
 * use is to be noted.
 */
export function findTokens(db: Db, hashes: readonly string[]): Promise<FoundToken[]> {
  return query(db, findTokens_, [hashes.map((hash) => Buffer.from(hash, 'hex'))]);
}

const noteTokenUsed_ = statement<never>(
  'note-token-used',
  'update token set used_at = now() where workspace_id = $1 and token_id = $2',
);

export async function noteTokenUsed(
  db: Db,
  { workspaceId, tokenId }: { workspaceId: string; tokenId: string },
): Promise<void> {
  await query(db, noteTokenUsed_, [workspaceId, tokenId]);
}

const insertToken_ = statement<{ expiresAt: Date | null }>(
  'insert-token',
  `insert into token (workspace_id, token_id, name, role, agent_id, hash, expires_at, scopes, made_by, maker_id, maker_token_id)
  values ($1, $2, $3, $4, $5, $6, least(now() + make_interval(days => $12), $7), $8, $9, $10, $11)
  on conflict (workspace_id, hash) do nothing returning expires_at as "expiresAt"`,
);

/** Answers when it expires; null: never, or it existed before. */
export async function insertToken(
  db: Db,
  token: {
    workspaceId: string;
    tokenId: string;
    name: string;
    role: string;
    agentId: string | null;
    hash: Buffer;
    /** null: no end of its own. */
    days: number | null;
    /** It ends at the latest when this one does. */
    latest: Date | null;
    scopes: readonly string[] | null;
    madeBy: string | null;
    makerId: string | null;
    makerTokenId: string | null;
  },
): Promise<Date | null> {
  const row = await queryOne(db, insertToken_, [
    token.workspaceId,
    token.tokenId,
    token.name,
    token.role,
    token.agentId,
    token.hash,
    token.latest,
    token.scopes,
    token.madeBy,
    token.makerId,
    token.makerTokenId,
    token.days,
  ]);
  return row?.expiresAt ?? null;
}

/** `makerGone`: the person or token that made it may no longer make tokens. */
export type ListedToken = TokenRow & { makerGone: boolean };

const listTokens_ = statement<ListedToken>(
  'list-tokens',
  `select ${columns}, (coalesce(made_by, '') like 'agent:%' and maker_token_id is null and not exists (
      select from user_account u where u.workspace_id = $1 and u.user_id = token.maker_id and u.role = 'admin'))
    or exists (select from token m where m.workspace_id = $1 and m.token_id = token.maker_token_id
      and (m.revoked_at is not null or m.expires_at <= now())) as "makerGone"
  from token where workspace_id = $1 and revoked_at is null order by created_at, token_id`,
);

export function listTokens(db: Db, workspaceId: string): Promise<ListedToken[]> {
  return query(db, listTokens_, [workspaceId]);
}

export interface TokenAsMaker {
  /** The user in whose name it was made, directly or through another token; null: none. */
  makerId: string | null;
  expiresAt: Date | null;
}

const lockMaker_ = statement<TokenAsMaker>(
  'lock-token-as-maker',
  `select maker_id as "makerId", expires_at as "expiresAt" from token
  where workspace_id = $1 and token_id = $2 and revoked_at is null and (expires_at is null or expires_at > now())
  for share`,
);

/** Locks it, so that nobody revokes it until the transaction ends. null: it has ended. */
export function lockTokenAsMaker(
  tx: Tx,
  key: { workspaceId: string; tokenId: string },
): Promise<TokenAsMaker | null> {
  return queryOne(tx, lockMaker_, [key.workspaceId, key.tokenId]);
}

export interface RevokedToken {
  tokenId: string;
  name: string;
}

const revokeTokensOf_ = statement<RevokedToken>(
  'revoke-tokens-of',
  `update token set revoked_at = now() where workspace_id = $1 and maker_id = $2 and revoked_at is null
  returning token_id as "tokenId", name`,
).needs('rights');

/** Tokens that this user made. Answers which they were. */
export function revokeTokensOf(
  tx: Writing<typeof revokeTokensOf_, Tx>,
  { workspaceId, userId }: { workspaceId: string; userId: string },
): Promise<RevokedToken[]> {
  return query(tx, revokeTokensOf_, [workspaceId, userId]);
}

const revokeOfAgent_ = statement<RevokedToken>(
  'revoke-tokens-of-agent',
  `update token set revoked_at = now() where workspace_id = $1 and agent_id = $2 and revoked_at is null
  returning token_id as "tokenId", name`,
).needs('rights');

/** Tokens that act as this agent. Answers which they were. */
export function revokeTokensOfAgent(
  tx: Writing<typeof revokeOfAgent_, Tx>,
  { workspaceId, agentId }: { workspaceId: string; agentId: string },
): Promise<RevokedToken[]> {
  return query(tx, revokeOfAgent_, [workspaceId, agentId]);
}

const revokeMadeBy_ = statement<RevokedToken>(
  'revoke-tokens-made-by',
  `update token set revoked_at = now() where workspace_id = $1 and maker_token_id = any ($2::uuid[]) and revoked_at is null
  returning token_id as "tokenId", name`,
).needs('rights');

/** Tokens that these tokens made, not those of the next generation. Answers which they were. */
export function revokeTokensMadeBy(
  tx: Writing<typeof revokeMadeBy_, Tx>,
  { workspaceId, tokenIds }: { workspaceId: string; tokenIds: readonly string[] },
): Promise<RevokedToken[]> {
  return query(tx, revokeMadeBy_, [workspaceId, tokenIds]);
}

const revokeToken_ = statement<{ tokenId: string }>(
  'revoke-token',
  `update token set revoked_at = now() where workspace_id = $1 and token_id = $2 and revoked_at is null
  returning token_id as "tokenId"`,
).needs('rights');

export async function revokeTokenRow(
  db: Writing<typeof revokeToken_>,
  key: { workspaceId: string; tokenId: string },
): Promise<boolean> {
  return (await queryOne(db, revokeToken_, [key.workspaceId, key.tokenId])) !== null;
}
