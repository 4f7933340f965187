// Asks Rocket.Chat for what it does not send: agents, who holds what, rooms that changed unnoticed, lost messages.
import { noteDeskRead } from '../../desk/desk-room.ts';
import { followDesk } from '../../desk/follow-desk.ts';
import { syncAgents } from '../../desk/sync-agents.ts';
import { readClock } from '../../store/clock.ts';
import {
  findAgentsThere,
  type HeldDeskRoom,
  listOpenDeskRooms,
  listUnreadDeskRooms,
} from '../../store/desk-rooms.ts';
import { findRefusedHandover } from '../../store/hand-over.ts';
import { endRoom, readLost } from './fetch-lost.ts';
import { judgeDepartments } from './judge-departments.ts';
import { isEnded, type MirrorMeans } from './mirror-means.ts';
import type { MirrorFailure } from './read-failure.ts';
import type { RemoteAgent, RemoteRoom } from './types.ts';

/** How often the messages of a room are read although nothing was told. */
const NET_SECONDS = 60;
const ROOMS_AT_A_TIME = 20;

/** Answers what went wrong, or null. Waiting for Rocket.Chat's own limit is nothing wrong. */
export async function syncRocketChat(means: MirrorMeans): Promise<string | null> {
  const { channel, client } = means;
  const { workspaceId, channelId, config } = channel;
  const agents = await client.listAgents({ awayCounts: config.awayCounts ?? true });
  if (!agents.ok) return wordFailure(agents.failure);
  const lookedAt = await readClock(means.desk.db);
  const rooms = await client.listOpenRooms();
  if (!rooms.ok) return wordFailure(rooms.failure);
  const held = await listOpenDeskRooms(means.desk.db, { workspaceId, channelId });
  const served = await mapServed(means, rooms.value);
  await syncAgents(means.desk, {
    ...{ workspaceId, channelId, mirrors: true },
    agents: agents.value.flatMap((agent) => reportAgent(means, agent, { held, served })),
    look: { roomIds: [...served.keys()], at: lookedAt },
  });
  const failure =
    (await followRooms(means, { held, rooms: rooms.value, served })) ?? (await readNet(means));
  return failure === null ? checkHandovers(means) : wordFailure(failure);
}

/** What keeps conversations from the departments that are to have them: nobody looks for it over there. */
async function checkHandovers({ desk, channel, client }: MirrorMeans): Promise<string | null> {
  const { handovers = [] } = channel.config;
  if (handovers.length === 0) return null;
  const departments = await client.listDepartments();
  if (!departments.ok) return wordFailure(departments.failure);
  const [unfit] = judgeDepartments(handovers, departments.value);
  if (unfit !== undefined) return `Department ${unfit}`;
  const refused = await findRefusedHandover(desk.db, channel);
  return refused === null ? null : `Conversations wait for a department: ${refused}`;
}

function wordFailure({ kind, text }: MirrorFailure): string | null {
  return kind === 'limited' ? null : text;
}

/** Who serves each open room, as our agents. */
type Served = Map<string, { externalId: string; agentId: string | null }>;

async function mapServed({ desk, channel }: MirrorMeans, rooms: RemoteRoom[]): Promise<Served> {
  const externalIds = rooms.flatMap(({ servedBy }) => (servedBy === null ? [] : [servedBy]));
  const agents = await findAgentsThere(desk.db, {
    ...channel,
    externalIds: [...new Set(externalIds)],
  });
  return new Map(
    rooms.flatMap(({ roomId, servedBy: externalId }) => {
      if (externalId === null) return [];
      const agentId = agents.get(externalId)?.agentId ?? null;
      return [[roomId, { externalId, agentId }] as const];
    }),
  );
}

function reportAgent(
  { channel }: MirrorMeans,
  agent: RemoteAgent,
  { held, served }: { held: HeldDeskRoom[]; served: Served },
) {
  const { externalId, username, name, email, isAvailable } = agent;
  if (externalId === channel.config.userId) return [];
  // What we have given to the agent is on their load here; everything else that they hold there is not.
  const ours = new Set(
    held.flatMap(({ roomId, agentId }) =>
      roomId !== null && agentId !== null && served.get(roomId)?.agentId === agentId
        ? [roomId]
        : [],
    ),
  );
  const theirs = [...served].filter(
    ([roomId, one]) => one.externalId === externalId && !ours.has(roomId),
  );
  return [
    {
      ...{ externalId, username: username || null, name, email, isAvailable },
      customerCount: null,
      othersCount: theirs.length,
      channelIds: null,
    },
  ];
}

/** Rooms that somebody took, gave back or closed without our hearing of it. */
async function followRooms(
  means: MirrorMeans,
  args: { held: HeldDeskRoom[]; rooms: RemoteRoom[]; served: Served },
): Promise<MirrorFailure | null> {
  const open = new Set(args.rooms.map(({ roomId }) => roomId));
  const changed = args.held.filter((room) => {
    if (room.roomId === null || isBeingGiven(room)) return false;
    const servedBy = args.served.get(room.roomId)?.externalId ?? null;
    return !open.has(room.roomId) || servedBy !== room.servedBy;
  });
  return eachRoom(changed, (room) => followRoom(means, room));
}

/** A room that fails stops no other, unless we have to wait. Answers the first failure. */
async function eachRoom<Room>(
  rooms: readonly Room[],
  look: (room: Room) => Promise<MirrorFailure | null>,
): Promise<MirrorFailure | null> {
  let first: MirrorFailure | null = null;
  for (const room of rooms) {
    const failure = await look(room);
    first ??= failure;
    if (failure?.kind === 'limited') break;
  }
  return first;
}

/** The list is as old as its first page: the room itself says what is true now. */
async function followRoom(means: MirrorMeans, room: HeldDeskRoom): Promise<MirrorFailure | null> {
  const { roomId, visitorToken: token } = room;
  if (roomId === null) return null;
  const read = await means.client.readRoom({ token, roomId });
  if (!read.ok) return isEnded(read.failure) ? endRoom(means, room) : read.failure;
  await followDesk(means.desk, room, read.value);
  return null;
}

function isBeingGiven({ agentId, isConfirmed, state }: HeldDeskRoom): boolean {
  return state === 'closed' || (agentId !== null && !isConfirmed);
}

/** Webhooks have been seen to stop for single rooms, so their messages are read now and then. */
async function readNet(means: MirrorMeans): Promise<MirrorFailure | null> {
  const rooms = await listUnreadDeskRooms(means.desk.db, {
    ...means.channel,
    olderThanSeconds: NET_SECONDS,
    limit: ROOMS_AT_A_TIME,
  });
  return eachRoom(rooms, async (room) => {
    const failure = await readLost(means, room);
    // Behind the others: those that fail must not be the only ones that are looked at.
    if (failure !== null && failure.kind !== 'limited') {
      await noteDeskRead(means.desk, { ...room, until: null });
    }
    return failure;
  });
}
