// Asks Qiscus for what it never tells: its agents, rooms whose webhook was lost, rooms resolved unheard.
import { type ConversationRequested, noWants } from '../../contract/inbound.ts';
import type { QiscusClient } from './client.ts';
import type { RemoteAgent, RemoteRoom } from './types.ts';

/** What the house does with the answers. */
export interface SyncVerbs {
  /** `gone`: those of whom Qiscus says that there is no such agent, each asked for. */
  syncAgents(agents: RemoteAgent[], gone: string[]): Promise<void>;
  /** Whom Qiscus listed last. */
  listReported(): Promise<string[]>;
  open(news: ConversationRequested): Promise<void>;
  /** Assigned rooms that nobody has looked at for a while. */
  takeUncheckedRooms(): Promise<{ conversationId: string; externalId: string }[]>;
  closeAsResolved(conversationId: string): Promise<void>;
}

/** Of an account without agents; the rest are asked for in the next rounds. */
const MOST_ASKED = 20;

/** `rooms`: look for lost webhooks too. Answers what went wrong, or null. */
export async function syncQiscus(
  client: QiscusClient,
  verbs: SyncVerbs,
  { rooms }: { rooms: boolean },
): Promise<string | null> {
  const agents = await client.listAgents();
  if (!agents.ok) return agents.failure.text;
  const missing = agents.value.length === 0 ? await verbs.listReported() : [];
  const gone = await findGone(client, missing);
  await verbs.syncAgents(agents.value, gone);
  const doubted = missing.length - gone.length;
  const trouble =
    doubted === 0
      ? null
      : `Qiscus lists no agents any more. The ${doubted} that it listed before stay as they are.`;
  const ofRooms = rooms ? await syncRooms(client, verbs) : null;
  return ofRooms ?? trouble;
}

async function syncRooms(client: QiscusClient, verbs: SyncVerbs): Promise<string | null> {
  const unserved = await client.listUnservedRooms();
  if (!unserved.ok) return unserved.failure.text;
  for (const room of unserved.value) await verbs.open(toNews(room));
  return checkHeldRooms(client, verbs);
}

/** An empty list is taken for an outage, unless Qiscus says of the agents themselves that they are not there. */
async function findGone(client: QiscusClient, missing: readonly string[]): Promise<string[]> {
  const gone: string[] = [];
  for (const agentId of missing.slice(0, MOST_ASKED)) {
    const agent = await client.readAgent(agentId);
    if (!agent.ok || agent.value !== null) break;
    gone.push(agentId);
  }
  return gone;
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
    appIds: [],
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
    wants: noWants,
    isNewSession: null,
    previousSessionId: null,
    extras: null,
  };
}
