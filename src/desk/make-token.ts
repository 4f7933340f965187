// API tokens: random, shown once, kept as a hash.
import { randomBytes } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import type { Actor } from '../access/can.ts';
import type { Role } from '../contract/agents.ts';
import { gatherRow } from '../store/gather.ts';
import type { Db } from '../store/sql.ts';
import { findTokens, insertToken } from '../store/tokens.ts';
import type { Desk } from './context.ts';
import { hashSecret } from './hash-secret.ts';

export interface NewToken {
  workspaceId: string;
  name: string;
  role: Role;
  agentId?: string | undefined;
  expiresInDays?: number | undefined;
  /** Given by configuration; otherwise it is made. */
  token?: string | undefined;
}

const DAY_MS = 86_400_000;

/** Answers the token itself: nobody can read it again. */
export async function makeToken(
  { db }: { db: Db },
  { workspaceId, name, role, ...rest }: NewToken,
): Promise<{ tokenId: string; token: string }> {
  const token = rest.token ?? `usher_${randomBytes(32).toString('base64url')}`;
  const tokenId = uuid();
  const days = rest.expiresInDays;
  await insertToken(db, {
    workspaceId,
    tokenId,
    name,
    role,
    agentId: rest.agentId ?? null,
    hash: hashSecret(token),
    expiresAt: days === undefined ? null : new Date(Date.now() + days * DAY_MS),
  });
  return { tokenId, token };
}

/** null: unknown, expired or revoked, or of an agent who is gone. */
export async function identify(
  desk: Pick<Desk, 'db' | 'gather'>,
  token: string,
): Promise<Actor | null> {
  const row = await gatherRow(desk.gather, {
    key: 'token',
    id: hashSecret(token).toString('hex'),
    find: (hashes) => findTokens(desk.db, hashes),
    idOf: ({ hash }) => hash,
  });
  if (row === null) return null;
  const { workspaceId, role, agentId, name, tokenId } = row;
  return {
    workspaceId,
    role,
    agentId,
    userId: null,
    sessionId: null,
    tokenId,
    name: agentId === null ? `token:${name}` : `agent:${agentId}`,
  };
}
