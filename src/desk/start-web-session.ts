// A visitor's browser asks for the right to talk: who they are is settled here, once (chimp-assist.md §2).
import { randomBytes } from 'node:crypto';
import { v4 as randomUuid, v7 as uuid } from 'uuid';
import { Refused } from '../errors.ts';
import { withTx } from '../store/tx.ts';
import {
  claimWebIdentity,
  endWebSessions,
  findWebIdentityByKey,
  forgetWebIdentity,
  getWebIdentity,
  insertWebSession,
  lockWebSession,
  mergeWebVisitor,
  nameWebSession,
  proveWebIdentity,
  type WebSessionRow,
} from '../store/web-sessions.ts';
import type { Desk } from './context.ts';
import { hashSecret } from './hash-secret.ts';

export interface SessionWish {
  workspaceId: string;
  channelId: string;
  /** Guests are refused. */
  requireIdentity: boolean;
  /** The channel has a key, so a name that is not proved is not believed. */
  hasKey: boolean;
  /** As the page says; null: a guest. */
  customerId: string | null;
  /** The company has signed that id. */
  proved: boolean;
  /** What the browser kept from an earlier visit. */
  visitorKey: string | null;
  profile: Record<string, unknown>;
}

export interface SessionGranted {
  session: WebSessionRow;
  /** Opens the session's topics and calls; shown once. */
  token: string;
  /** To be kept by the browser of a guest; null: it has it already, or there is a better proof. */
  visitorKey: string | null;
}

/** Refuses `identity.not-verified` and `identity.required`. Nothing is opened yet. */
export async function startWebSession(desk: Desk, wish: SessionWish): Promise<SessionGranted> {
  const { workspaceId, channelId, profile } = wish;
  const { customerId, named, visitorKey } = await settleIdentity(desk, wish);
  const secret = randomBytes(32).toString('base64url');
  const sessionId = randomUuid();
  const session: WebSessionRow = {
    workspaceId,
    sessionId,
    channelId,
    customerId,
    named,
    verified: wish.proved,
    profile,
  };
  await insertWebSession(desk.db, { ...session, tokenHash: hashSecret(secret) });
  // The session's whole key goes with it, by which it is found.
  return { session, token: `${workspaceId}.${sessionId}.${secret}`, visitorKey };
}

interface Settled {
  customerId: string;
  named: boolean;
  visitorKey: string | null;
}

async function settleIdentity(desk: Desk, wish: SessionWish): Promise<Settled> {
  const { workspaceId, customerId } = wish;
  const guest = await findGuest(desk, wish);
  if (customerId !== null && wish.proved) {
    await proveWebIdentity(desk.db, { workspaceId, customerId });
    if (guest !== null && guest !== customerId) await merge(desk, wish, { guest, customerId });
    return { customerId, named: true, visitorKey: null };
  }
  if (wish.requireIdentity) throw new Refused('identity.required');
  if (guest !== null && (customerId === null || customerId === guest)) {
    return { customerId: guest, named: true, visitorKey: null };
  }
  const visitorKey = randomBytes(24).toString('base64url');
  const keyHash = hashSecret(visitorKey);
  if (customerId === null) {
    const made = randomUuid();
    await claimWebIdentity(desk.db, { workspaceId, customerId: made, keyHash });
    return { customerId: made, named: false, visitorKey };
  }
  if (wish.hasKey) throw new Refused('identity.not-verified');
  const claimed = await claimWebIdentity(desk.db, { workspaceId, customerId, keyHash });
  if (!claimed) throw new Refused('identity.not-verified');
  return { customerId, named: true, visitorKey };
}

async function findGuest(
  desk: Desk,
  { workspaceId, visitorKey }: SessionWish,
): Promise<string | null> {
  if (visitorKey === null) return null;
  const keyHash = hashSecret(visitorKey);
  const known = await findWebIdentityByKey(desk.db, { workspaceId, keyHash });
  return known?.customerId ?? null;
}

async function merge(
  desk: Desk,
  { workspaceId, channelId, profile }: SessionWish,
  { guest: guestId, customerId }: { guest: string; customerId: string },
): Promise<void> {
  const name = typeof profile.name === 'string' ? profile.name : null;
  const who = { workspaceId, channelId, guestId, customerId, name };
  const moved = await withTx(desk.db, (tx) =>
    mergeWebVisitor(tx, { ...who, newContactId: uuid() }),
  );
  desk.changed(
    workspaceId,
    moved.map((id) => ({ kind: 'conversation', id })),
  );
}

/**
 * Clients of the original say their own id only when they begin: a guest's session may take one that
 * nobody has. false: somebody has it, or the session has a name already.
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
    // What the browser keeps proves the name from now on.
    const made = await getWebIdentity(tx, { workspaceId, customerId: now.customerId });
    await forgetWebIdentity(tx, { workspaceId, customerId: now.customerId });
    const keyHash = made?.keyHash ?? null;
    if (!(await claimWebIdentity(tx, { workspaceId, customerId, keyHash }))) {
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

/** Signing out: the browser's secret and every tab's token are worth nothing any more. Answers the tabs' sessions. */
export async function forgetVisitor(
  { db }: Pick<Desk, 'db'>,
  { workspaceId, customerId }: { workspaceId: string; customerId: string },
): Promise<string[]> {
  await forgetWebIdentity(db, { workspaceId, customerId });
  return endWebSessions(db, { workspaceId, customerId });
}
