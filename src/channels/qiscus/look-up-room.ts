// Asks Qiscus for a room's state when the webhooks leave it open, and acts on the answer.

import type { Carried } from '../../delivery/carrier.ts';
import { type ConversationRow, getConversation } from '../../store/conversations.ts';
import type { Delivery } from '../../store/delivery-claims.ts';
import { backOff, describeOutcome } from './describe-outcome.ts';
import type { QiscusMeans } from './qiscus-means.ts';
import type { RemoteRoom } from './types.ts';

/** A 404 may also come from a wrong address, so it is believed only when it persists. */
const UNKNOWN_ROOM_ATTEMPTS = 4;

export async function lookUpRoom(means: QiscusMeans, delivery: Delivery): Promise<Carried> {
  const key = { workspaceId: delivery.workspaceId, conversationId: delivery.streamId };
  const conversation = await getConversation(means.db, key);
  if (conversation === null || conversation.state === 'closed') {
    return { state: 'done', result: 'obsolete' };
  }
  const outcome = await means.client.readRoom(conversation.externalId);
  const said = describeOutcome(outcome);
  if (!outcome.ok) {
    return { state: 'retry', ...said, afterMs: backOff(delivery, outcome.failure) };
  }
  const room = outcome.value;
  if (room === null && delivery.attempts < UNKNOWN_ROOM_ATTEMPTS) {
    return { state: 'retry', result: 'unknown room', status: said.status ?? null, afterMs: 2000 };
  }
  return { state: 'done', ...said, result: await act(means, { conversation, room, key }) };
}

export function isOver({ isResolved, isWaiting }: RemoteRoom): boolean {
  return isResolved && !isWaiting;
}

async function act(
  { outcomes }: QiscusMeans,
  args: {
    conversation: ConversationRow;
    room: RemoteRoom | null;
    key: { workspaceId: string; conversationId: string };
  },
): Promise<string> {
  const { conversation, room, key } = args;
  if (room === null || isOver(room)) {
    await outcomes.close({ ...key, reason: 'already-resolved' });
    return 'already-resolved';
  }
  if (conversation.state === 'waiting') {
    await outcomes.releaseHold(key);
    return 'still-waiting';
  }
  // Until an assignment is confirmed, a waiting room is expected.
  if (!room.isWaiting || conversation.confirmedAt === null) return 'held';
  await outcomes.takeBack(key);
  return 'nobody-there';
}
