// Admins make and revoke API tokens; both are on record, the token itself is not.
import { type Actor, can, channelOfScope, isScope, isWithin } from '../access/can.ts';
import { channelKinds } from '../contract/channel-kinds.ts';
import { Refused } from '../errors.ts';
import { getAgent } from '../store/agents.ts';
import { addAuditEntry } from '../store/audit.ts';
import { listChannels } from '../store/channels.ts';
import type { Promised } from '../store/effects.ts';
import {
  lockTokenAsMaker,
  type RevokedToken,
  revokeTokenRow,
  revokeTokensMadeBy,
  revokeTokensOf,
  revokeTokensOfAgent,
} from '../store/tokens.ts';
import type { Tx } from '../store/tx.ts';
import { lockUserRole, type UserKey } from '../store/users.ts';
import { commit } from './commit.ts';
import type { Desk } from './context.ts';
import { type Maker, makeToken, type NewToken } from './make-token.ts';

export type TokenMaker = Pick<Actor, 'name' | 'userId' | 'tokenId' | 'scopes'>;

/**
 * Answers the token itself, which cannot be read again. A token cannot make one with more rights or
 * a later end than its own. Refuses `token.scope-unknown`, `token.scope-too-wide`,
 * `channel.not-found`, `agent.not-found`, and `token.invalid` and `role.insufficient` when the caller's right has just
 * ended.
 */
export function createToken(
  desk: Desk,
  { actor, ...wanted }: Omit<NewToken, 'token' | 'maker'> & { actor: TokenMaker },
): Promise<{ tokenId: string; token: string; expiresAt: Date | null }> {
  const { workspaceId, ...change } = wanted;
  const scopes = wanted.scopes ?? null;
  const unknown = scopes?.find((scope) => !isScope(scope));
  if (unknown !== undefined) {
    throw new Refused('token.scope-unknown', `There is no scope ${unknown}.`);
  }
  if (!isWithin(scopes, actor.scopes)) throw new Refused('token.scope-too-wide');
  return commit(desk, workspaceId, async (tx) => {
    await requireChannels(tx, workspaceId, scopes ?? []);
    const { agentId } = wanted;
    if (agentId !== undefined && (await getAgent(tx, { workspaceId, agentId })) === null) {
      throw new Refused('agent.not-found');
    }
    const made = await makeToken(
      { db: tx },
      { ...wanted, maker: await lockMaker(tx, workspaceId, actor) },
    );
    const entry = { workspaceId, actor: actor.name, objectId: made.tokenId, change };
    await addAuditEntry(tx, { ...entry, action: 'token.created' });
    return made;
  });
}

async function requireChannels(
  tx: Tx,
  workspaceId: string,
  scopes: readonly string[],
): Promise<void> {
  const wanted = scopes.flatMap((scope) => channelOfScope(scope) ?? []);
  if (wanted.length === 0) return;
  const channels = await listChannels(tx, workspaceId);
  const known = channels
    .filter(({ kind }) => channelKinds[kind].takesTokens)
    .map(({ channelId }) => channelId);
  if (wanted.every((channelId) => known.includes(channelId))) return;
  throw new Refused(
    'channel.not-found',
    'There is no API channel with the id that the scope names.',
  );
}

/**
 * Locks the maker: a revocation, or the loss of the maker's right, waits until the transaction
 * ends, and then finds the new token.
 */
async function lockMaker(tx: Tx, workspaceId: string, actor: TokenMaker): Promise<Maker> {
  const { name, userId, tokenId } = actor;
  if (tokenId !== null) {
    const token = await lockTokenAsMaker(tx, { workspaceId, tokenId });
    if (token === null) throw new Refused('token.invalid');
    return { name, userId: token.makerId, tokenId, expiresAt: token.expiresAt };
  }
  const role = userId === null ? null : await lockUserRole(tx, { workspaceId, userId });
  if (role === null || !can({ role, scopes: null }, 'tokens.write')) {
    throw new Refused('role.insufficient');
  }
  return { name, userId, tokenId, expiresAt: null };
}

type RevokingTx = Tx & Promised<'rights'>;
type By = { workspaceId: string; actor: string };

/** The tokens that it made, and those that these made, end with it. Refuses `token.not-found`. */
export async function revokeToken(
  desk: Desk,
  { actor, ...key }: By & { tokenId: string },
): Promise<void> {
  const { workspaceId, tokenId: objectId } = key;
  await commit(desk, workspaceId, async (tx, after) => {
    const writing = after({ rights: true });
    if (!(await revokeTokenRow(writing, key))) throw new Refused('token.not-found');
    await addAuditEntry(tx, { workspaceId, actor, action: 'token.revoked', objectId, change: {} });
    await revokeBelow(writing, { workspaceId, actor }, [objectId]);
  });
}

/**
 * When somebody loses the right to make tokens, those that they made end; also those that such a
 * token made.
 */
export async function revokeMade(
  tx: RevokingTx,
  { workspaceId, userId, actor }: UserKey & { actor: string },
): Promise<void> {
  const revoked = await revokeTokensOf(tx, { workspaceId, userId });
  await noteRevoked(tx, { workspaceId, actor }, revoked, 'the maker may make none');
}

/** When an agent goes, the tokens that act as the agent end; also those that such a token made. */
export async function revokeActing(
  tx: RevokingTx,
  { workspaceId, agentId, actor }: By & { agentId: string },
): Promise<void> {
  const revoked = await revokeTokensOfAgent(tx, { workspaceId, agentId });
  await noteRevoked(tx, { workspaceId, actor }, revoked, 'the agent was removed');
}

async function noteRevoked(
  tx: RevokingTx,
  { workspaceId, actor }: By,
  revoked: readonly RevokedToken[],
  because: string,
): Promise<void> {
  for (const { tokenId, name } of revoked) {
    const entry = { workspaceId, actor, action: 'token.revoked', objectId: tokenId };
    await addAuditEntry(tx, { ...entry, change: { name, because } });
  }
  if (revoked.length === 0) return;
  await revokeBelow(
    tx,
    { workspaceId, actor },
    revoked.map(({ tokenId }) => tokenId),
  );
}

/**
 * One generation after the other: a token made just before its maker was locked is visible only to
 * the next statement.
 */
async function revokeBelow(tx: RevokingTx, by: By, tokenIds: readonly string[]): Promise<void> {
  const { workspaceId } = by;
  const made = await revokeTokensMadeBy(tx, { workspaceId, tokenIds });
  await noteRevoked(tx, by, made, 'the token that made it was revoked');
}
