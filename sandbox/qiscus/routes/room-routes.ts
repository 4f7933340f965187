// Reads of rooms, and a visitor's own way of beginning one.
import { readInteger, readText } from '../fields.ts';
import { listRooms } from '../list-rooms.ts';
import { presentRoom } from '../present-room.ts';
import type { Room } from '../state.ts';
import { takeMessage } from '../take-message.ts';
import type { World } from '../world.ts';
import {
  type Answer,
  type ApiCall,
  answerV1,
  answerV2,
  type Route,
  refuseMissing,
  refuseV1,
  refuseV2,
} from './route.ts';

export const roomRoutes: Route[] = [
  { method: 'GET', path: '/api/v2/customer_rooms', scheme: 'either', handle: list },
  { method: 'POST', path: '/api/v2/customer_rooms', scheme: 'either', handle: list },
  { method: 'GET', path: '/api/v2/customer_rooms/:roomId', scheme: 'either', handle: read },
  {
    method: 'GET',
    path: '/api/v2/admin/service/total_unserved',
    scheme: 'token',
    handle: ({ state }) =>
      answerV2({ total_unresolved: state.openRooms, total_unserved: state.waiting.size }),
  },
  initiateChatRoute('/api/v1/qiscus/initiate_chat'),
  initiateChatRoute('/api/v2/qiscus/initiate_chat'),
];

/** The filters come as a query, or as JSON with either method. */
function list(world: World, { query, body }: ApiCall): Answer {
  const { rows, cursorAfter, cursorBefore } = listRooms(world, { ...query, ...body });
  return answerV2(
    { customer_rooms: rows.map(presentRoom) },
    { cursor_after: cursorAfter, cursor_before: cursorBefore },
  );
}

function read(world: World, { params }: ApiCall): Answer {
  const room = world.state.rooms.get(String(params.roomId));
  return room === undefined
    ? refuseV2(404, 'Room not found')
    : answerV2({ customer_room: presentRoom(room) });
}

/** The widget of the customer's browser calls it, so it takes no credentials. */
function initiateChatRoute(path: string): Route {
  return { method: 'POST', path, scheme: 'none', writes: true, handle: initiateChat };
}

function initiateChat(world: World, { body }: ApiCall): Answer {
  const { state } = world;
  const appId = readText(body.app_id);
  const userId = readText(body.user_id);
  if (appId !== state.app.appId) return refuseV1(400, 'App not found');
  if (userId === undefined) return refuseMissing('user_id');
  const channelId = readInteger(body.channel_id) ?? 101;
  if (!state.channels.has(channelId)) return refuseV1(400, 'Channel not found');
  const known = findUsersRoom(world, { userId, channelId });
  const room = takeMessage(world, {
    ...(known !== undefined && { roomId: known.roomId }),
    userId,
    name: readText(body.name) ?? userId,
    text: readText(body.message) ?? '',
    channelId,
    ...(body.extras !== undefined && { extras: readText(body.extras) ?? null }),
  });
  return answerV1({
    room_id: room.roomId,
    customer_room: presentRoom(room),
    is_sessional: state.app.isSessional,
  });
}

/**
 * Assumption: a customer keeps one room per channel; when the app is sessional, only until the room
 * is resolved.
 */
function findUsersRoom(
  { state }: World,
  { userId, channelId }: { userId: string; channelId: number },
): Room | undefined {
  const room = state.roomsByUser.get(`${channelId}:${userId}`);
  return room?.isResolved && state.app.isSessional ? undefined : room;
}
