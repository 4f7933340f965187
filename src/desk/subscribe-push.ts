// A signed-in browser asks to be pushed to, or no more.
import { createHash, ECDH } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import { judgePushUrl } from '../addresses/judge-push-url.ts';
import { MOST_PUSH_DEVICES, type PushSubscription } from '../contract/push.ts';
import { VISIBLE_SECONDS } from '../contract/push-kinds.ts';
import { Refused } from '../errors.ts';
import {
  dropEndpoint,
  dropSubscriptionOfSession,
  insertSubscription,
  keepSubscription,
  lockSession,
  noteVisible,
  type SessionKey,
} from '../store/push-subscriptions.ts';
import { withTx } from '../store/tx.ts';
import type { Desk } from './context.ts';

/**
 * Instead of what the session had. The eleventh device of a person takes the place of the oldest.
 * Refuses `push.endpoint-refused`, `push.key-invalid` and `session.missing`.
 */
export async function subscribePush(
  { db, allowedNetworks: allowed }: Pick<Desk, 'db' | 'allowedNetworks'>,
  key: SessionKey,
  wanted: PushSubscription,
): Promise<void> {
  const judged = judgePushUrl(wanted.endpoint, { allowed });
  if (!judged.ok) throw new Refused('push.endpoint-refused', judged.text);
  const { url: endpoint } = judged;
  const endpointHash = createHash('sha256').update(endpoint).digest();
  const one = {
    ...{ subscriptionId: uuid(), endpoint, endpointHash },
    publicKey: readPoint(wanted.keys.p256dh),
    auth: Buffer.from(wanted.keys.auth, 'base64url'),
    ...{ sleeps: wanted.sleeps, language: wanted.language },
  };
  await withTx(db, async (tx) => {
    if (!(await lockSession(tx, key))) throw new Refused('session.missing');
    if (await keepSubscription(tx, key, one)) return;
    await dropSubscriptionOfSession(tx, key);
    await dropEndpoint(tx, endpointHash);
    await insertSubscription(tx, key, { ...one, most: MOST_PUSH_DEVICES });
  });
}

/** Refuses what is no point of the curve: nothing could be encrypted for it. */
function readPoint(text: string): Buffer {
  try {
    const raw = Buffer.from(text, 'base64url');
    return ECDH.convertKey(raw, 'prime256v1', undefined, undefined, 'uncompressed') as Buffer;
  } catch {
    throw new Refused('push.key-invalid');
  }
}

/** A tab of the session is looked at, or none is any more. */
export function noteVisibleTab(
  { db }: Pick<Desk, 'db'>,
  key: { workspaceId: string; sessionId: string; visible: boolean },
): Promise<void> {
  return noteVisible(db, { ...key, seconds: VISIBLE_SECONDS });
}
