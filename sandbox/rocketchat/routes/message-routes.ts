// What visitors write and read, one by one and in bulk, and what users write.
import { makeId } from '../make-id.ts';
import { coded, plain } from '../refusal.ts';
import type { Message } from '../state.ts';
import { editMessage } from '../verbs/edit-message.ts';
import { findOpenRoom } from '../verbs/find.ts';
import { createRoom } from '../verbs/open-room.ts';
import { findVisitorByToken, registerVisitor } from '../verbs/register-visitor.ts';
import { say } from '../verbs/say.ts';
import { pathOf } from '../verbs/upload-file.ts';
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
} from './route.ts';
import { roomOf, visitorOf } from './visitor-routes.ts';

export const messageRoutes: Route[] = [
  { method: 'POST', path: 'livechat/message', handle: sendMessage },
  { method: 'GET', path: 'livechat/message/:_id', handle: getMessage },
  { method: 'PUT', path: 'livechat/message/:_id', handle: changeMessage },
  { method: 'GET', path: 'livechat/messages.history/:rid', handle: listHistory },
  { method: 'POST', path: 'livechat/messages', auth: {}, handle: sendMany },
  {
    method: 'GET',
    path: 'livechat/:rid/messages',
    auth: { needs: ['view-l-room'] },
    handle: listMessages,
  },
  { method: 'POST', path: 'chat.postMessage', auth: {}, handle: postMessage },
  { method: 'POST', path: 'chat.sendMessage', auth: {}, handle: postMessage },
  { method: 'POST', path: 'chat.update', auth: {}, handle: updateMessage },
];

function sendMessage(world: World, { body }: ApiCall): Answer {
  const { settings, state } = world;
  const rid = text(body, 'rid');
  const msg = text(body, 'msg');
  const visitor = visitorOf(world, text(body, 'token'));
  const room = roomOf(world, rid, visitor);
  if (!room.open) throw plain('room-closed');
  if (
    settings.Livechat_enable_message_character_limit &&
    msg.length > settings.Livechat_message_character_limit
  ) {
    throw plain('message-length-exceeds-character-limit');
  }
  const _id = optionalText(body, '_id') ?? makeId();
  // A repeat writes nothing and stumbles over its own empty hand: what was sent before stays the only one.
  if (say(world, { room, by: { visitor }, msg, _id }) === null) {
    throw plain('Cannot convert undefined or null to object');
  }
  return success({ message: state.messages.get(_id) });
}

function findMessage(world: World, call: ApiCall, given: Record<string, unknown>) {
  const visitor = visitorOf(world, text(given, 'token'));
  const room = roomOf(world, text(given, 'rid'), visitor);
  const message = world.state.messages.get(call.params._id ?? '');
  if (message?.rid !== room._id) throw plain('invalid-message');
  return { visitor, message };
}

function getMessage(world: World, call: ApiCall): Answer {
  const { message } = findMessage(world, call, call.query);
  return success({ message: shown(world, message) });
}

function changeMessage(world: World, call: ApiCall): Answer {
  const { visitor, message } = findMessage(world, call, call.body);
  if (!world.settings.Message_AllowEditing || message.u._id !== visitor._id) {
    throw plain('error-action-not-allowed');
  }
  const msg = text(call.body, 'msg');
  return success({ message: editMessage(world, { message, msg, by: visitor }) });
}

/** Newest first; system messages too. `ls` is read for the unread marks alone, so it bounds nothing. */
function listHistory(world: World, { query, params }: ApiCall): Answer {
  if (optionalText(query, 'token') === undefined) throw plain('error-token-param-not-provided');
  const visitor = visitorOf(world, query.token);
  const room = roomOf(world, params.rid, visitor);
  const end = readDate(query.end);
  const limit = Number.parseInt(String(query.limit ?? 20), 10);
  const offset = Number.parseInt(String(query.offset ?? 0), 10);
  const searched = optionalText(query, 'searchText');
  const all = (world.state.messagesByRoom.get(room._id) ?? [])
    .filter(({ ts }) => end === null || ts.getTime() < end)
    .filter(({ msg }) => searched === undefined || msg.includes(searched))
    .toReversed();
  const messages = all.slice(offset, limit === 0 ? undefined : offset + limit);
  return success({ messages: messages.map((message) => shown(world, message)) });
}

/** Newest first, without system messages; for users, who need no visitor's token. */
function listMessages(world: World, call: ApiCall): Answer {
  const { state } = world;
  const { rid = '' } = call.params;
  if (!state.rooms.has(rid)) throw plain('invalid-room');
  const searched = optionalText(call.query, 'searchTerm') ?? '';
  const all = (state.messagesByRoom.get(rid) ?? [])
    .filter(({ t, msg }) => t === undefined && msg.includes(searched))
    .toReversed();
  const { rows, ...counts } = page(all, call);
  return success({ messages: rows.map((message) => shown(world, message)), ...counts });
}

function readDate(value: unknown): number | null {
  if (typeof value !== 'string' || value === '') return null;
  const ms = Date.parse(value);
  return Number.isNaN(ms) ? null : ms;
}

function shown({ state, settings }: World, message: Message): object {
  const file = state.files.get(message.file?._id ?? '');
  if (file === undefined) return message;
  const publicFilePath = `${settings.Site_Url}${pathOf(file)}`;
  return { ...message, fileUpload: { publicFilePath, type: file.type, size: file.size } };
}

async function sendMany(world: World, { body }: ApiCall): Promise<Answer> {
  const given = record(body.visitor, 'visitor');
  const token = text(given, 'token');
  if (!Array.isArray(body.messages) || body.messages.length === 0) {
    throw coded('invalid-params', "must have required property 'messages'");
  }
  const texts = body.messages.map((message) => text(record(message, 'messages'), 'msg'));
  const name = optionalText(given, 'name');
  const visitor =
    findVisitorByToken(world, token) ??
    registerVisitor(world, { token, ...(name !== undefined && { name }) });
  const room = findOpenRoom(world, token) ?? (await createRoom(world, { visitor }));
  const messages = texts.map((msg) => say(world, { room, by: { visitor }, msg }));
  return success({
    messages: messages.map((sent) => ({
      username: sent?.u.username,
      msg: sent?.msg,
      ts: sent?.ts,
    })),
  });
}

function postMessage(world: World, call: ApiCall): Answer {
  const user = caller(call);
  const given = call.body.message === undefined ? call.body : record(call.body.message, 'message');
  const rid = optionalText(given, 'rid') ?? optionalText(given, 'roomId') ?? '';
  const room = world.state.rooms.get(rid);
  if (room === undefined)
    throw coded(
      'error-invalid-room',
      'The required "roomId" param provided does not match any channel',
    );
  if (!room.open) throw coded('room_is_closed', 'Room is closed');
  const msg = optionalText(given, 'msg') ?? optionalText(given, 'text') ?? '';
  const message = say(world, { room, by: { user }, msg, _id: optionalText(given, '_id') });
  return message === null
    ? failure('unknown-error')
    : success({ message, channel: rid, ts: message.ts });
}

function updateMessage(world: World, call: ApiCall): Answer {
  const user = caller(call);
  const message = world.state.messages.get(text(call.body, 'msgId'));
  if (message === undefined)
    return failure('No message found with the id of the "msgId" parameter.');
  if (message.u._id !== user._id)
    throw coded('error-action-not-allowed', 'Message editing not allowed');
  return success({
    message: editMessage(world, { message, msg: text(call.body, 'text'), by: user }),
  });
}
