// The company proves a visitor: everything that was begun under that name without proof ends.
import { v7 as uuid } from 'uuid';
import {
  listUnprovedConversations,
  markProvedConversations,
} from '../store/put-web-conversation.ts';
import type { Tx } from '../store/tx.ts';
import { mergeWebVisitor, proveWebIdentity } from '../store/web-identities.ts';
import { closeWithin } from './close-conversation.ts';
import { type After, commit } from './commit.ts';
import type { Desk } from './context.ts';

export interface Proof {
  workspaceId: string;
  channelId: string;
  customerId: string;
  /** Who this browser was until now, by the secret that it keeps; null: nobody. */
  formerId: string | null;
  name: string | null;
}

/**
 * In one transaction: unproved sessions of the name end, and so does a conversation that one of
 * them began elsewhere. What this browser itself began becomes the customer's.
 */
export async function proveIdentity(desk: Desk, proof: Proof): Promise<void> {
  const { workspaceId, customerId, formerId } = proof;
  const key = { workspaceId, customerId };
  await commit(desk, workspaceId, async (tx, after) => {
    const ended: string[] = [];
    const moved: string[] = [];
    // Who is proved may go by another rule.
    const wake = () => moved.length > 0;
    const writing = after({ rights: () => ended, conversation: () => moved, wake });
    ended.push(...(await proveWebIdentity(writing, key)));
    if (formerId === customerId) return markProvedConversations(tx, key);
    await closeUnproved(tx, after, key);
    if (formerId === null) return;
    const merging = { ...proof, guestId: formerId, newContactId: uuid() };
    moved.push(...(await mergeWebVisitor(writing, merging)));
  });
}

async function closeUnproved(
  tx: Tx,
  after: After<Tx>,
  { workspaceId, customerId }: { workspaceId: string; customerId: string },
): Promise<void> {
  const ids = await listUnprovedConversations(tx, { workspaceId, customerId });
  if (ids.length === 0) return;
  const how = { reason: 'not-proved', actor: 'system', acting: null, tellRemote: false };
  const closings = ids.map((conversationId) => ({ workspaceId, conversationId, ...how }));
  await closeWithin(tx, after, { workspaceId, closings });
}
