// What a visitor's side calls: it is known by its token alone.
import { coded, plain } from '../refusal.ts';
import type { ChosenAgent, Room, Visitor } from '../state.ts';
import { closeRoom } from '../verbs/close-room.ts';
import { findOpenRoom, findRoomsOf } from '../verbs/find.ts';
import { openRoom } from '../verbs/open-room.ts';
import { findVisitorByToken, registerVisitor } from '../verbs/register-visitor.ts';
import { removeVisitor } from '../verbs/remove-visitor.ts';
import { setVisitorField } from '../verbs/set-visitor-field.ts';
import { uploadFile } from '../verbs/upload-file.ts';
import type { World } from '../world.ts';
import {
  type Answer,
  type ApiCall,
  failure,
  optionalText,
  type Route,
  record,
  success,
  text,
  unauthorized,
} from './route.ts';

export const visitorRoutes: Route[] = [
  {
    method: 'POST',
    path: 'livechat/visitor',
    limit: { calls: 5, ms: 60_000 },
    handle: saveVisitor,
  },
  { method: 'GET', path: 'livechat/visitor/:token', handle: getVisitor },
  { method: 'DELETE', path: 'livechat/visitor/:token', handle: deleteVisitor },
  {
    method: 'GET',
    path: 'livechat/visitor/:token/room',
    auth: { needs: ['view-livechat-manager'] },
    handle: (world, { params }) =>
      success({ rooms: findRoomsOf(world, params.token ?? '').filter(({ open }) => open) }),
  },
  { method: 'GET', path: 'livechat/room', handle: getRoom },
  { method: 'POST', path: 'livechat/room.close', handle: closeByVisitor },
  { method: 'POST', path: 'livechat/custom.field', handle: saveField },
  { method: 'POST', path: 'livechat/upload/:rid', multipart: true, handle: upload },
];

/** As every visitor's call begins. */
export function visitorOf(world: World, token: unknown): Visitor {
  const visitor = typeof token === 'string' ? findVisitorByToken(world, token) : undefined;
  if (visitor === undefined) throw plain('invalid-token');
  return visitor;
}

export function roomOf({ state }: World, rid: unknown, visitor: Visitor): Room {
  const room = state.rooms.get(String(rid));
  if (room === undefined || room.v.token !== visitor.token) throw plain('invalid-room');
  return room;
}

function saveVisitor(world: World, call: ApiCall): Answer {
  const given = record(call.body.visitor, 'visitor');
  const token = text(given, 'token');
  if (token.trim() === '') throw coded('error-invalid-token', 'Token cannot be empty');
  const fields = Array.isArray(given.customFields) ? given.customFields : [];
  const values = (['id', 'name', 'email', 'phone', 'department', 'username'] as const)
    .map((name) => [name, optionalText(given, name)] as const)
    .filter(([, value]) => value);
  const visitor = registerVisitor(world, { token, ...Object.fromEntries(values) });
  for (const room of findRoomsOf(world, visitor.token)) {
    if (room.open && visitor.name !== undefined) room.fname = visitor.name;
  }
  for (const field of fields) {
    const { key, value, overwrite } = record(field, 'customFields');
    if (typeof key !== 'string' || typeof value !== 'string' || typeof overwrite !== 'boolean') {
      throw coded('invalid-params', 'Match error: Failed Match.Where validation');
    }
    // Keys that are no field of a visitor are passed over without a word.
    setVisitorField(world, { token, key, value, overwrite });
  }
  return success({ visitor });
}

function getVisitor(world: World, { params }: ApiCall): Answer {
  const visitor = findVisitorByToken(world, params.token ?? '');
  if (visitor === undefined) throw coded('invalid-token');
  return success({ visitor });
}

function deleteVisitor(world: World, { params }: ApiCall): Answer {
  const visitor = findVisitorByToken(world, params.token ?? '');
  if (visitor === undefined) throw coded('invalid-token');
  const mayBeOpen = world.settings.Livechat_Allow_collect_and_store_HTTP_header_informations;
  if (findOpenRoom(world, visitor.token) !== undefined && !mayBeOpen) {
    throw coded('visitor-has-open-rooms', 'Cannot remove visitors with opened rooms');
  }
  removeVisitor(world, visitor);
  return success({ visitor: { _id: visitor._id, ts: world.clock.date() } });
}

async function getRoom(world: World, { query }: ApiCall): Promise<Answer> {
  const token = text(query, 'token');
  const rid = optionalText(query, 'rid');
  const visitor = visitorOf(world, token);
  if (rid !== undefined) {
    const room = roomOf(world, rid, visitor);
    if (!room.open) throw plain('invalid-room');
    return success({ room, newRoom: false });
  }
  const agent = agentFor(world, optionalText(query, 'agentId'));
  return success(await openRoom(world, { visitor, agent, source: { type: 'api' } }));
}

/** An id that is nobody's is passed over. */
function agentFor({ state }: World, agentId: string | undefined): ChosenAgent | undefined {
  const user = state.users.get(agentId ?? '');
  return user === undefined ? undefined : { agentId: user._id, username: user.username };
}

function closeByVisitor(world: World, { body }: ApiCall): Answer {
  const rid = text(body, 'rid');
  const visitor = visitorOf(world, text(body, 'token'));
  const room = roomOf(world, rid, visitor);
  if (!room.open) throw plain('room-closed');
  const comment = 'Closed by visitor';
  closeRoom(world, { room, by: { visitor }, comment });
  return success({ rid, comment });
}

function saveField(world: World, { body }: ApiCall): Answer {
  const token = text(body, 'token');
  const key = text(body, 'key');
  const value = text(body, 'value');
  visitorOf(world, token);
  const overwrite = body.overwrite === true;
  if (!setVisitorField(world, { token, key, value, overwrite })) return failure();
  return success({ field: { key, value, overwrite } });
}

function upload(world: World, { params, headers, files, body }: ApiCall): Answer {
  const { settings, state } = world;
  const token = headers['x-visitor-token'];
  const visitor = typeof token === 'string' ? findVisitorByToken(world, token) : undefined;
  const room = state.rooms.get(params.rid ?? '');
  if (visitor === undefined || room?.v.token !== visitor.token || !room.open) return unauthorized;
  if (!settings.FileUpload_Enabled || !settings.Livechat_fileupload_enabled) {
    return failure({ reason: 'error-file-upload-disabled' });
  }
  const file = files.find(({ field }) => field === 'file');
  if (file === undefined) throw coded('invalid-field');
  if (!isTypeAllowed(world, file.type)) return failure({ reason: 'error-type-not-allowed' });
  const most = settings.FileUpload_MaxFileSize;
  if (most > -1 && file.bytes.length > most) {
    return failure({ reason: 'error-size-not-allowed', sizeAllowed: `${most} B` });
  }
  const description = typeof body.description === 'string' ? body.description : undefined;
  const { message } = uploadFile(world, { room, by: { visitor }, ...file, description });
  return success({ ...message });
}

function isTypeAllowed({ settings }: World, type: string): boolean {
  const white = list(settings.FileUpload_MediaTypeWhiteList);
  const black = list(settings.FileUpload_MediaTypeBlackList);
  const matches = (pattern: string) =>
    pattern === type || (pattern.endsWith('/*') && type.startsWith(pattern.slice(0, -1)));
  return (white.length === 0 || white.some(matches)) && !black.some(matches);
}

function list(value: string): string[] {
  return value
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
}
