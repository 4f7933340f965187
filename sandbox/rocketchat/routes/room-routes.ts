// What agents and managers do with rooms and with the queue.

import { hasPermission } from '../permissions.ts';
import { coded, plain } from '../refusal.ts';
import type { Inquiry, Room } from '../state.ts';
import { closeRoom } from '../verbs/close-room.ts';
import { findDepartment } from '../verbs/find.ts';
import { forwardRoom } from '../verbs/forward-room.ts';
import { returnToQueue } from '../verbs/return-to-queue.ts';
import { saveRoomInfo } from '../verbs/save-room-info.ts';
import { takeInquiry } from '../verbs/take-inquiry.ts';
import type { World } from '../world.ts';
import {
  type Answer,
  type ApiCall,
  caller,
  failure,
  optionalText,
  page,
  type Route,
  record,
  success,
  text,
  unauthorized,
} from './route.ts';

export const roomRoutes: Route[] = [
  {
    method: 'POST',
    path: 'livechat/room.closeByUser',
    auth: { needs: ['close-livechat-room'] },
    handle: closeByUser,
  },
  {
    method: 'POST',
    path: 'livechat/room.forward',
    auth: { needs: ['view-l-room', 'transfer-livechat-guest'] },
    handle: forward,
  },
  {
    method: 'POST',
    path: 'livechat/room.saveInfo',
    auth: { needs: ['view-l-room'] },
    handle: saveInfo,
  },
  {
    method: 'GET',
    path: 'livechat/rooms',
    auth: { needs: ['view-livechat-rooms'] },
    handle: listRooms,
  },
  { method: 'GET', path: 'rooms.info', auth: {}, handle: roomInfo },
  {
    method: 'GET',
    path: 'livechat/inquiries.list',
    auth: { needs: ['view-livechat-manager'] },
    handle: listInquiries,
  },
  {
    method: 'GET',
    path: 'livechat/inquiries.queuedForUser',
    auth: { needs: ['view-l-room'] },
    handle: listForUser,
  },
  {
    method: 'GET',
    path: 'livechat/inquiries.getOne',
    auth: { needs: ['view-l-room'] },
    handle: ({ state }, { query }) =>
      success({ inquiry: state.inquiries.get(text(query, 'roomId')) ?? null }),
  },
  {
    method: 'POST',
    path: 'livechat/inquiries.take',
    auth: { needs: ['view-l-room'] },
    handle: take,
  },
  {
    method: 'POST',
    path: 'livechat/inquiries.returnAsInquiry',
    auth: { needs: ['view-l-room'] },
    handle: returnInquiry,
  },
];

function livechatRoom({ state }: World, rid: string): Room {
  const room = state.rooms.get(rid);
  if (room === undefined) throw plain('error-invalid-room');
  return room;
}

function closeByUser(world: World, call: ApiCall): Answer {
  const user = caller(call);
  const rid = text(call.body, 'rid');
  const room = livechatRoom(world, rid);
  if (!room.open) throw plain('error-room-already-closed');
  const isIn = world.state.subscribers.get(rid)?.has(user._id) === true;
  if (!isIn && !hasPermission(user, 'close-others-livechat-room')) {
    throw plain('error-not-authorized');
  }
  const tags = Array.isArray(call.body.tags) ? call.body.tags.map(String) : [];
  const comment = optionalText(call.body, 'comment');
  closeRoom(world, { room, by: { user }, comment, tags, clientAction: true });
  return success();
}

async function forward(world: World, call: ApiCall): Promise<Answer> {
  const { body } = call;
  const by = caller(call);
  const room = livechatRoom(world, text(body, 'roomId'));
  if (!room.open) throw plain('This_conversation_is_already_closed');
  const done = await forwardRoom(world, {
    room,
    userId: optionalText(body, 'userId'),
    departmentId: optionalText(body, 'departmentId'),
    comment: optionalText(body, 'comment'),
    by: { _id: by._id, username: by.username, name: by.name },
  });
  return done ? success() : failure();
}

function saveInfo(world: World, call: ApiCall): Answer {
  const user = caller(call);
  const data = record(call.body.roomData, 'roomData');
  record(call.body.guestData, 'guestData');
  const room = livechatRoom(world, text(data, '_id'));
  const isServing = room.servedBy?._id === user._id;
  if (!isServing && !hasPermission(user, 'save-others-livechat-room-info')) return unauthorized;
  saveRoomInfo(world, room, {
    topic: optionalText(data, 'topic'),
    ...(Array.isArray(data.tags) && { tags: data.tags.map(String) }),
    ...(data.livechatData !== undefined && {
      livechatData: record(data.livechatData, 'livechatData'),
    }),
  });
  return success();
}

/** Newest first. */
function listRooms(world: World, call: ApiCall): Answer {
  const { query } = call;
  refuseWrongFilters(query);
  const agents = [query['agents[]'] ?? []].flat().map(String);
  const departmentId = optionalText(query, 'departmentId');
  const open = optionalText(query, 'open');
  const rooms = [...world.state.rooms.values()]
    .filter((room) => open === undefined || (room.open === true) === (open === 'true'))
    .filter((room) => departmentId === undefined || room.departmentId === departmentId)
    .filter((room) => agents.length === 0 || agents.includes(room.servedBy?._id ?? ''))
    .toReversed();
  const { rows, ...counts } = page(rooms, call);
  return success({ rooms: rows, ...counts });
}

/** Lists come as `agents[]`, spans as JSON; `sort`, `fields` and those that are not named here are passed over. */
function refuseWrongFilters(query: Record<string, unknown>): void {
  for (const name of ['agents', 'tags']) {
    if (query[name] !== undefined) throw coded('invalid-params', `/${name} must be array`);
  }
  for (const name of ['departmentId', 'open', 'roomName']) {
    if (query[`${name}[]`] !== undefined) throw coded('invalid-params', `/${name} must be string`);
  }
  for (const name of ['createdAt', 'closedAt', 'customFields']) {
    const value = optionalText(query, name);
    if (value !== undefined && !isJsonObject(value)) {
      throw plain(`The "${name}" query parameter must be a valid JSON.`);
    }
  }
}

function isJsonObject(value: string): boolean {
  try {
    const parsed: unknown = JSON.parse(value);
    return typeof parsed === 'object' && parsed !== null;
  } catch {
    return false;
  }
}

function roomInfo({ state }: World, { query }: ApiCall): Answer {
  const room = state.rooms.get(text(query, 'roomId'));
  if (room === undefined)
    throw coded(
      'error-room-not-found',
      'The required "roomId" or "roomName" param provided does not match any channel',
    );
  return success({ room });
}

/** Only those that wait for somebody to take them; `ready` ones, which nobody got, are never shown. */
function listInquiries(world: World, call: ApiCall): Answer {
  const given = optionalText(call.query, 'department');
  const department = given === undefined ? undefined : findDepartment(world, given)?._id;
  const inquiries = queued(world).filter(
    (inquiry) => department === undefined || inquiry.department === department,
  );
  const { rows, ...counts } = page(inquiries, call);
  return success({ inquiries: rows, ...counts });
}

/** Of the caller's departments, and of none. */
function listForUser(world: World, call: ApiCall): Answer {
  const user = caller(call);
  const mine = [...world.state.departments.values()]
    .filter(({ agents }) => agents.some(({ agentId }) => agentId === user._id))
    .map(({ _id }) => _id);
  const inquiries = queued(world).filter(
    ({ department }) => department === undefined || mine.includes(department),
  );
  const { rows, ...counts } = page(inquiries, call);
  return success({ inquiries: rows, ...counts });
}

function queued({ state }: World): Inquiry[] {
  return [...state.inquiries.values()].filter(({ status }) => status === 'queued');
}

function take(world: World, call: ApiCall): Answer {
  const inquiryId = text(call.body, 'inquiryId');
  const userId = optionalText(call.body, 'userId');
  if (userId !== undefined && !world.state.users.has(userId)) return failure('The user is invalid');
  takeInquiry(world, { inquiryId, userId: userId ?? caller(call)._id });
  return success();
}

function returnInquiry(world: World, { body }: ApiCall): Answer {
  const room = livechatRoom(world, text(body, 'roomId'));
  const departmentId = optionalText(body, 'departmentId');
  return success({ result: returnToQueue(world, { room, departmentId }) });
}
