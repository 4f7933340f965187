// The company vouches for a visitor: nothing that was begun under that name without proof goes on.
import { v7 as uuid } from 'uuid';
import type { Closed } from '../store/close-conversations.ts';
import {
  listUnprovedConversations,
  markProvedConversations,
} from '../store/put-web-conversation.ts';
import { type Tx, withTx } from '../store/tx.ts';
import { mergeWebVisitor, proveWebIdentity } from '../store/web-identities.ts';
import { closeWithin, tellClosed } from './close-conversation.ts';
import { type Desk, endRights } from './context.ts';

export interface Proof {
  workspaceId: string;
  channelId: string;
  customerId: string;
  /** Who this same browser has been until now, by the secret that it keeps; null: nobody. */
  formerId: string | null;
  name: string | null;
}

/**
 * In one transaction: unproved sessions of the name end, and so does a conversation that one of them
 * began elsewhere. What this very browser began becomes the customer's.
 */
export async function proveIdentity(desk: Desk, proof: Proof): Promise<void> {
  const { workspaceId, customerId, formerId } = proof;
  const key = { workspaceId, customerId };
  const { ended, moved, closed } = await withTx(desk.db, async (tx) => {
    const ended = await proveWebIdentity(tx, key);
    if (formerId === customerId) await markProvedConversations(tx, key);
    const closed = formerId === customerId ? [] : await closeUnproved(tx, key);
    const moved =
      formerId === null || formerId === customerId
        ? []
        : await mergeWebVisitor(tx, { ...proof, guestId: formerId, newContactId: uuid() });
    return { ended, moved, closed };
  });
  if (ended.length > 0) endRights(desk, workspaceId, ended);
  tellClosed(desk, workspaceId, closed);
  desk.changed(
    workspaceId,
    moved.map((id) => ({ kind: 'conversation', id })),
  );
}

async function closeUnproved(
  tx: Tx,
  { workspaceId, customerId }: { workspaceId: string; customerId: string },
): Promise<Closed[]> {
  const ids = await listUnprovedConversations(tx, { workspaceId, customerId });
  if (ids.length === 0) return [];
  const how = { reason: 'not-proved', actor: 'system', acting: null, tellRemote: false };
  const closings = ids.map((conversationId) => ({ workspaceId, conversationId, ...how }));
  const results = await closeWithin(tx, workspaceId, closings);
  return results.filter((one) => typeof one === 'object');
}
