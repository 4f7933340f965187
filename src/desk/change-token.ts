// Admins make and revoke API tokens; both are on record, the token itself is not.
import { Refused } from '../errors.ts';
import { addAuditEntry } from '../store/audit.ts';
import { revokeTokenRow } from '../store/tokens.ts';
import { withTx } from '../store/tx.ts';
import { type Desk, endRights } from './context.ts';
import { makeToken, type NewToken } from './make-token.ts';

/** Answers the token itself: nobody can read it again. */
export function createToken(
  { db }: Pick<Desk, 'db'>,
  { actor, ...wanted }: Omit<NewToken, 'token'> & { actor: string },
): Promise<{ tokenId: string; token: string }> {
  return withTx(db, async (tx) => {
    const made = await makeToken({ db: tx }, wanted);
    const { workspaceId, ...change } = wanted;
    const entry = { workspaceId, actor, objectId: made.tokenId, change };
    await addAuditEntry(tx, { ...entry, action: 'token.created' });
    return made;
  });
}

/** Refuses `token.not-found`. */
export async function revokeToken(
  desk: Pick<Desk, 'db' | 'changed'>,
  { actor, ...key }: { workspaceId: string; tokenId: string; actor: string },
): Promise<void> {
  const { workspaceId, tokenId: objectId } = key;
  await withTx(desk.db, async (tx) => {
    if (!(await revokeTokenRow(tx, key))) throw new Refused('token.not-found');
    await addAuditEntry(tx, { workspaceId, actor, action: 'token.revoked', objectId, change: {} });
  });
  endRights(desk, workspaceId);
}
