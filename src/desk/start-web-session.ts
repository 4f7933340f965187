// A visitor's browser asks for a session: this decides, once, who they are (chimp-assist.md §2).
import { randomBytes } from 'node:crypto';
import { v4 as randomUuid } from 'uuid';
import { Refused } from '../errors.ts';
import { withTx } from '../store/tx.ts';
import {
  findWebIdentityByKey,
  forgetWebIdentity,
  getWebIdentity,
  takeWebIdentity,
  type WebIdentity,
} from '../store/web-identities.ts';
import {
  endWebSessions,
  insertWebSession,
  lockWebSession,
  nameWebSession,
  type WebSessionRow,
} from '../store/web-sessions.ts';
import { commit } from './commit.ts';
import type { Desk } from './context.ts';
import { hashSecret } from './hash-secret.ts';
import { proveIdentity } from './prove-identity.ts';

export interface SessionWish {
  workspaceId: string;
  channelId: string;
  /** Visitors without proof are refused. */
  requireIdentity: boolean;
  /** The channel has a key, so a name without proof is not believed. */
  hasKey: boolean;
  /** As the page says; null: a guest. */
  customerId: string | null;
  /** The company has signed that id. */
  proved: boolean;
  /** What the browser kept from an earlier visit. */
  visitorKey: string | null;
  profile: Record<string, unknown>;
  /** From where it is asked for; kept with the session. null: not known. */
  address?: string | null;
}

export interface SessionGranted {
  session: WebSessionRow;
  /** Opens the session's topics and calls; shown once. */
  token: string;
  /**
   * To be kept by a guest's browser; null: it has the secret already, or there is a better proof.
   */
  visitorKey: string | null;
}

/** Refuses `identity.not-verified` and `identity.required`. Nothing is opened yet. */
export async function startWebSession(desk: Desk, wish: SessionWish): Promise<SessionGranted> {
  const { workspaceId, channelId, profile } = wish;
  const { customerId, named, chosen, visitorKey } = await chooseIdentity(desk, wish);
  const secret = randomBytes(32).toString('base64url');
  const sessionId = randomUuid();
  const session: WebSessionRow = {
    workspaceId,
    sessionId,
    channelId,
    customerId,
    named,
    chosen,
    verified: wish.proved,
    profile,
  };
  const { address = null } = wish;
  await insertWebSession(desk.db, { ...session, address, tokenHash: hashSecret(secret) });
  // The session is found by its whole key, so it is stored with it.
  return { session, token: `${workspaceId}.${sessionId}.${secret}`, visitorKey };
}

interface Chosen {
  customerId: string;
  named: boolean;
  chosen: boolean;
  visitorKey: string | null;
}

async function chooseIdentity(desk: Desk, wish: SessionWish): Promise<Chosen> {
  const { workspaceId, channelId, customerId, profile } = wish;
  const former = await findFormer(desk, wish);
  if (customerId !== null && wish.proved) {
    const name = typeof profile.name === 'string' ? profile.name : null;
    const formerId = former?.customerId ?? null;
    await proveIdentity(desk, { workspaceId, channelId, customerId, formerId, name });
    return { customerId, named: true, chosen: false, visitorKey: null };
  }
  if (wish.requireIdentity) throw new Refused('identity.required');
  // A name that was chosen before there was a key is not believed without proof.
  const isOf = former !== null && !(former.chosen && wish.hasKey);
  if (isOf && (customerId === null || customerId === former.customerId)) {
    const { chosen } = former;
    return { customerId: former.customerId, named: true, chosen, visitorKey: null };
  }
  if (customerId !== null && wish.hasKey) throw new Refused('identity.not-verified');
  return takeName(desk, { workspaceId, customerId });
}

async function takeName(
  desk: Desk,
  { workspaceId, customerId: said }: { workspaceId: string; customerId: string | null },
): Promise<Chosen> {
  const visitorKey = randomBytes(24).toString('base64url');
  const keyHash = hashSecret(visitorKey);
  const customerId = said ?? randomUuid();
  const chosen = said !== null;
  const claimed = await takeWebIdentity(desk.db, { workspaceId, customerId, keyHash, chosen });
  if (!claimed) throw new Refused('identity.not-verified');
  return { customerId, named: chosen, chosen, visitorKey };
}

/** Who this browser was before, by the secret that it keeps. */
async function findFormer(
  desk: Desk,
  { workspaceId, visitorKey }: SessionWish,
): Promise<WebIdentity | null> {
  if (visitorKey === null) return null;
  return findWebIdentityByKey(desk.db, { workspaceId, keyHash: hashSecret(visitorKey) });
}

/**
 * Clients of the original say their own id only when they begin, so a guest's session may take an
 * id that nobody has. false: the id is taken, or the session has a name already.
 */
export async function nameGuest(
  desk: Desk,
  { session, customerId, hasKey }: { session: WebSessionRow; customerId: string; hasKey: boolean },
): Promise<boolean> {
  const { workspaceId, sessionId, named } = session;
  if (named || hasKey) return false;
  const name = withTx(desk.db, async (tx) => {
    // Another connection of the same session may have named it.
    const now = await lockWebSession(tx, { workspaceId, sessionId });
    if (now === null || now.named) return now?.customerId === customerId;
    const known = await getWebIdentity(tx, { workspaceId, customerId });
    if (known !== null) return false;
    // From now on the secret in the browser proves the name.
    const made = await getWebIdentity(tx, { workspaceId, customerId: now.customerId });
    await forgetWebIdentity(tx, { workspaceId, customerId: now.customerId });
    const keyHash = made?.keyHash ?? null;
    if (!(await takeWebIdentity(tx, { workspaceId, customerId, keyHash, chosen: true }))) {
      throw new Refused('identity.not-verified');
    }
    await nameWebSession(tx, { workspaceId, sessionId, customerId });
    return true;
  });
  return name.catch((error: unknown) => {
    if (error instanceof Refused) return false;
    throw error;
  });
}

/** Signing out: the browser's secret and every tab's token stop working. */
export async function forgetVisitor(
  desk: Desk,
  { workspaceId, customerId }: { workspaceId: string; customerId: string },
): Promise<void> {
  await commit(desk, workspaceId, async (tx, after) => {
    await forgetWebIdentity(tx, { workspaceId, customerId });
    const ended: string[] = [];
    const writing = after({ rights: () => ended });
    ended.push(...(await endWebSessions(writing, { workspaceId, customerId })));
  });
}
