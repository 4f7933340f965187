// Finds messages of agents that no hook brought, as when the engine was restarted at that moment.
import { isOfAgent, tellAgentMessage } from './agent-message';
import type { Means } from './means';
import { listStream } from './outbox';
import { streamOf, type Ticket } from './ticket';

export async function tellMissedMessages(means: Means, ticket: Ticket): Promise<void> {
  const { roomId } = ticket;
  if (roomId === null) return;
  try {
    const messages = await means.read.getLivechatReader()._fetchLivechatRoomMessages(roomId);
    const known = new Set((await listStream(means, streamOf(ticket))).map(({ id }) => id));
    const missed = (messages ?? [])
      .filter((one) => isOfAgent(one) && !known.has(one.id ?? ''))
      .sort((one, other) => Number(one.createdAt) - Number(other.createdAt));
    for (const message of missed) await tellAgentMessage(means, ticket, message);
  } catch (error) {
    means.log.warn(`Room ${roomId} could not be looked through: ${String(error)}`);
  }
}
