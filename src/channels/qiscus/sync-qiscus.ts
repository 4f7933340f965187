// Asks Qiscus for what it does not send: its agents, rooms whose webhook was lost, rooms that were resolved unnoticed.
import { type ConversationRequested, noWants } from '../../contract/inbound.ts';
import type { QiscusClient } from './client.ts';
import type { RemoteAgent, RemoteRoom } from './types.ts';

/** What the desk does with the answers. */
export interface SyncVerbs {
  /** `gone`: agents who do not exist, as Qiscus said when asked for each. */
  syncAgents(agents: RemoteAgent[], gone: string[]): Promise<void>;
  /** The agents whom Qiscus listed last. */
  listReported(): Promise<string[]>;
  open(news: ConversationRequested): Promise<void>;
  /** Assigned rooms that were not looked at for a while. */
  takeUncheckedRooms(): Promise<{ conversationId: string; externalId: string }[]>;
  closeAsResolved(conversationId: string): Promise<void>;
}

/** For an account without agents; the rest are asked for in the next rounds. */
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
  // Listed newest first (qiscus.md §3.5): who came first is to be served first.
  for (const room of unserved.value.toReversed()) await verbs.open(toNews(room));
  return checkHeldRooms(client, verbs);
}

/** An empty list counts as an outage, unless Qiscus says of each agent that it does not exist. */
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
