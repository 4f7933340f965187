// API tokens, known only by their hash.
import { type Db, query, queryOne, statement } from './sql.ts';

export interface TokenRow {
  tokenId: string;
  name: string;
  role: 'admin' | 'supervisor' | 'agent';
  agentId: string | null;
  createdAt: Date;
  expiresAt: Date | null;
  usedAt: Date | null;
}

const columns = `token_id as "tokenId", name, role, agent_id as "agentId", created_at as "createdAt",
  expires_at as "expiresAt", used_at as "usedAt"`;

/** `hash`: in hexadecimal. */
export type FoundToken = TokenRow & { workspaceId: string; hash: string };

const findTokens_ = statement<FoundToken>(
  'find-tokens',
  `-- across workspaces: a token is what tells the workspace
  select workspace_id as "workspaceId", encode(hash, 'hex') as hash, ${columns} from token
  where hash = any ($1::bytea[]) and revoked_at is null and (expires_at is null or expires_at > now())
    and (agent_id is null or exists (select from agent a where a.workspace_id = token.workspace_id
      and a.agent_id = token.agent_id and a.deleted_at is null))`,
);

/** Those of them that are valid now, in no order. */
export function findTokens(db: Db, hashes: readonly string[]): Promise<FoundToken[]> {
  return query(db, findTokens_, [hashes.map((hash) => Buffer.from(hash, 'hex'))]);
}

const insertToken_ = statement<never>(
  'insert-token',
  `insert into token (workspace_id, token_id, name, role, agent_id, hash, expires_at)
  values ($1, $2, $3, $4, $5, $6, $7) on conflict (workspace_id, hash) do nothing`,
);

export async function insertToken(
  db: Db,
  token: {
    workspaceId: string;
    tokenId: string;
    name: string;
    role: string;
    agentId: string | null;
    hash: Buffer;
    expiresAt: Date | null;
  },
): Promise<void> {
  await query(db, insertToken_, [
    token.workspaceId,
    token.tokenId,
    token.name,
    token.role,
    token.agentId,
    token.hash,
    token.expiresAt,
  ]);
}

const listTokens_ = statement<TokenRow>(
  'list-tokens',
  `select ${columns} from token where workspace_id = $1 and revoked_at is null order by created_at, token_id`,
);

export function listTokens(db: Db, workspaceId: string): Promise<TokenRow[]> {
  return query(db, listTokens_, [workspaceId]);
}

const revokeToken_ = statement<{ tokenId: string }>(
  'revoke-token',
  `update token set revoked_at = now() where workspace_id = $1 and token_id = $2 and revoked_at is null
  returning token_id as "tokenId"`,
);

export async function revokeTokenRow(
  db: Db,
  key: { workspaceId: string; tokenId: string },
): Promise<boolean> {
  return (await queryOne(db, revokeToken_, [key.workspaceId, key.tokenId])) !== null;
}
