// Resolves a room at Qiscus because its conversation was closed here.

import type { Carried } from '../../delivery/carrier.ts';
import { findOpenConversation, getConversation } from '../../store/conversations.ts';
import type { Delivery } from '../../store/delivery-claims.ts';
import { backOff, describeOutcome } from './describe-outcome.ts';
import { isOver } from './look-up-room.ts';
import type { QiscusMeans } from './qiscus-means.ts';

const MAX_ATTEMPTS = 12;

export async function carryResolution(means: QiscusMeans, delivery: Delivery): Promise<Carried> {
  const { workspaceId, streamId: conversationId } = delivery;
  const conversation = await getConversation(means.db, { workspaceId, conversationId });
  if (conversation === null) return { state: 'done', result: 'obsolete' };
  const { channelId, externalId } = conversation;
  const room = { workspaceId, channelId, externalId };
  // The customer has returned: resolving now would end the new session.
  if ((await findOpenConversation(means.db, room)) !== null) {
    return { state: 'done', result: 'obsolete' };
  }
  const note = typeof delivery.payload.note === 'string' ? delivery.payload.note : null;
  const outcome = await means.client.resolveRoom({ roomId: externalId, note });
  const said = describeOutcome(outcome);
  const final = outcome.ok || isFinal(outcome.failure.kind, delivery);
  if (!final) return { state: 'retry', ...said, afterMs: backOff(delivery, outcome.failure) };
  const sessionId = outcome.ok ? outcome.value.sessionId : null;
  await means.outcomes.resolved({ workspaceId, conversationId, sessionId });
  if (!outcome.ok) return { state: 'failed', ...said };
  await closeOvertaken(means, room);
  return { state: 'done', ...said, result: 'resolved' };
}

function isFinal(kind: string, { attempts }: Delivery): boolean {
  return kind === 'refused' || attempts >= MAX_ATTEMPTS;
}

/** If the customer returned while the call was under way, it has ended the new session. */
async function closeOvertaken(
  { db, client, outcomes }: QiscusMeans,
  room: { workspaceId: string; channelId: string; externalId: string },
): Promise<void> {
  const conversationId = await findOpenConversation(db, room);
  if (conversationId === null) return;
  const found = await client.readRoom(room.externalId);
  if (!found.ok || found.value === null || !isOver(found.value)) return;
  const { workspaceId } = room;
  await outcomes.close({ workspaceId, conversationId, reason: 'already-resolved' });
}
