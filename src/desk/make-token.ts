// API tokens: random, shown once, kept as a hash.
import { randomBytes } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import type { Actor } from '../access/can.ts';
import type { Role } from '../contract/agents.ts';
import { makeLookUp } from '../store/gather.ts';
import type { Db } from '../store/sql.ts';
import { findTokens, insertToken, noteTokenUsed } from '../store/tokens.ts';
import type { Desk } from './context.ts';
import { hashSecret } from './hash-secret.ts';

export interface NewToken {
  workspaceId: string;
  name: string;
  role: Role;
  agentId?: string | undefined;
  /** null: never; left out: DEFAULT_DAYS. */
  expiresInDays?: number | null | undefined;
  /** Actions within the role; null or left out: all. */
  scopes?: readonly string[] | null | undefined;
  /** Given by the configuration; otherwise it is made. */
  token?: string | undefined;
  /** null or left out: the start of a server. */
  maker?: Maker | null | undefined;
}

export interface Maker {
  /** As the audit names them. */
  name: string;
  userId: string | null;
  /** The token that makes this one, which then ends with it; null: none. */
  tokenId: string | null;
  /** The end of that token. */
  expiresAt: Date | null;
}

export const DEFAULT_DAYS = 90;

/** Answers the token itself, which cannot be read again. */
export async function makeToken(
  { db }: { db: Db },
  { workspaceId, name, role, ...rest }: NewToken,
): Promise<{ tokenId: string; token: string; expiresAt: Date | null }> {
  const token = rest.token ?? `usher_${randomBytes(32).toString('base64url')}`;
  const tokenId = uuid();
  const { expiresInDays = DEFAULT_DAYS } = rest;
  const expiresAt = await insertToken(db, {
    workspaceId,
    tokenId,
    name,
    role,
    agentId: rest.agentId ?? null,
    hash: hashSecret(token),
    days: expiresInDays,
    latest: rest.maker?.expiresAt ?? null,
    scopes: rest.scopes ?? null,
    madeBy: rest.maker?.name ?? null,
    makerId: rest.maker?.userId ?? null,
    makerTokenId: rest.maker?.tokenId ?? null,
  });
  return { tokenId, token, expiresAt };
}

const lookUp = makeLookUp(
  ({ db }: Pick<Desk, 'db'>, _: 'tokens', hashes) => findTokens(db, hashes),
  ({ hash }) => hash,
);

/** null: unknown, expired or revoked, or its agent is gone. */
export async function identify(desk: Pick<Desk, 'db'>, token: string): Promise<Actor | null> {
  const row = await lookUp(desk, 'tokens', hashSecret(token).toString('hex'));
  if (row === null) return null;
  const { workspaceId, role, scopes, agentId, agentsSee, name, tokenId } = row;
  if (row.stale) await noteTokenUsed(desk.db, { workspaceId, tokenId });
  return {
    workspaceId,
    role,
    scopes,
    agentId,
    agentsSee,
    userId: null,
    sessionId: null,
    tokenId,
    name: agentId === null ? `token:${name}` : `agent:${agentId}`,
  };
}
