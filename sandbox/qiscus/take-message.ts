// A customer writes: finds or makes the room, opens a session, and asks for an agent if it has none.
import { allocationPayload } from './allocation-payload.ts';
import { ensureChannel } from './roster.ts';
import type { Room, Service, State } from './state.ts';
import type { World } from './world.ts';

export interface CustomerMessage {
  /** Absent: a new room. Unknown: a new room of this id. */
  roomId?: string;
  userId: string;
  name: string;
  text: string;
  /** Default: the app's web chat. A channel that does not exist yet is made. */
  channelId?: number;
  extras?: string | null;
}

const WEB_CHAT = 101;

const USUAL_EXTRAS =
  '{"additional_extras":{"timezone_offset":7},"notes":null,"timezone_offset":null,"user_properties":[],"user_properties_migrated":true}';

export function takeMessage(world: World, message: CustomerMessage): Room {
  const { state } = world;
  const known = message.roomId === undefined ? undefined : state.rooms.get(message.roomId);
  const room = known ?? makeRoom(world, message);
  const isNewSession = known === undefined || known.isResolved;
  state.last.commentId += 1;
  if (isNewSession) beginSession(state, room, world.now());
  room.name = message.name;
  room.extras = message.extras === undefined ? room.extras : message.extras;
  room.lastText = message.text;
  room.lastMessageAt = world.now();
  room.messageCount += 1;
  const service = currentService(room);
  service.lastCommentId = String(state.last.commentId);
  if (room.agentIds.length === 0) {
    const payload = allocationPayload(world, { room, isNewSession });
    world.hooks.send({ kind: 'agent_allocation', roomId: room.roomId, payload });
  }
  return room;
}

export function currentService(room: Room): Service {
  const service = room.services.at(-1);
  if (service === undefined) throw new Error(`Room ${room.roomId} has no session.`);
  return service;
}

function makeRoom({ state, now }: World, message: CustomerMessage): Room {
  const channelId = message.channelId ?? WEB_CHAT;
  ensureChannel(state, channelId);
  state.last.roomNumber += 1;
  const id = state.last.roomNumber;
  const room: Room = {
    id,
    roomId: message.roomId ?? freeRoomId(state, id),
    userId: message.userId,
    name: message.name,
    channelId,
    source: state.channels.get(channelId)?.source ?? 'qiscus',
    extras: USUAL_EXTRAS,
    isWaiting: false,
    isResolved: false,
    agentIds: [],
    services: [],
    createdAt: now(),
    firstAssignedAt: null,
    lastText: '',
    lastMessageAt: now(),
    messageCount: 0,
  };
  state.rooms.set(room.roomId, room);
  state.roomsInOrder.push(room);
  state.roomsByUser.set(`${channelId}:${room.userId}`, room);
  return room;
}

function freeRoomId(state: State, id: number): string {
  let roomId = 273_683_000 + id;
  while (state.rooms.has(String(roomId))) roomId += 1_000_000;
  return String(roomId);
}

function beginSession(state: State, room: Room, now: number): void {
  state.last.serviceId += 1;
  room.isResolved = false;
  room.isWaiting = true;
  state.waiting.add(room);
  state.openRooms += 1;
  room.services.push({
    id: state.last.serviceId,
    roomId: room.roomId,
    startedAt: now,
    firstAssignedAt: null,
    resolvedAt: null,
    resolvedBy: null,
    notes: null,
    firstCommentId: String(state.last.commentId),
    lastCommentId: String(state.last.commentId),
    wasRefused: false,
  });
}
