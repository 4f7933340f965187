// Asks Qiscus for what it never tells: its agents, rooms whose webhook was lost, rooms resolved unheard.
import type { ConversationRequested } from '../../contract/inbound.ts';
import type { QiscusClient } from './client.ts';
import type { RemoteAgent, RemoteRoom } from './types.ts';

/** What the house does with the answers. */
export interface SyncVerbs {
  syncAgents(agents: RemoteAgent[]): Promise<void>;
  open(news: ConversationRequested): Promise<void>;
  /** Assigned rooms that nobody has looked at for a while. */
  takeUncheckedRooms(): Promise<{ conversationId: string; externalId: string }[]>;
  closeAsResolved(conversationId: string): Promise<void>;
}

/** `rooms`: look for lost webhooks too. Answers what went wrong, or null. */
export async function syncQiscus(
  client: QiscusClient,
  verbs: SyncVerbs,
  { rooms }: { rooms: boolean },
): Promise<string | null> {
  const agents = await client.listAgents();
  if (!agents.ok) return agents.failure.text;
  await verbs.syncAgents(agents.value);
  if (!rooms) return null;
  const unserved = await client.listUnservedRooms();
  if (!unserved.ok) return unserved.failure.text;
  for (const room of unserved.value) await verbs.open(toNews(room));
  return checkHeldRooms(client, verbs);
}

async function checkHeldRooms(client: QiscusClient, verbs: SyncVerbs): Promise<string | null> {
  for (const { conversationId, externalId } of await verbs.takeUncheckedRooms()) {
    const room = await client.readRoom(externalId);
    if (!room.ok) return room.failure.text;
    const over = room.value?.isResolved === true && !room.value.isWaiting;
    if (over) await verbs.closeAsResolved(conversationId);
  }
  return null;
}

function toNews(room: RemoteRoom): ConversationRequested {
  return {
    kind: 'conversation-requested',
    appId: null,
    externalId: room.roomId,
    source: room.source,
    externalChannelId: room.channelId,
    contact: {
      externalId: room.userId ?? `room:${room.roomId}`,
      name: room.name,
      email: null,
      phone: null,
      avatarUrl: room.avatarUrl,
      attributes: {},
    },
    isNewSession: null,
    previousSessionId: null,
    extras: null,
  };
}
