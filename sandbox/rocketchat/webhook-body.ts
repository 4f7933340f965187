// What the Livechat webhook says of a room, in the fields and with the omissions of Rocket.Chat.
import type { Message, Room, ServedBy } from './state.ts';
import { pathOf } from './verbs/upload-file.ts';
import type { World } from './world.ts';

export type WebhookType =
  | 'LivechatSessionStart'
  | 'LivechatSessionQueued'
  | 'LivechatSessionTaken'
  | 'LivechatSessionForwarded'
  | 'LivechatSession'
  | 'LivechatEdit'
  | 'Message';

export interface Telling {
  type: WebhookType;
  room: Room;
  /** Default: all of the room that are no system messages, the closing one apart. */
  messages?: Message[];
  oldServedBy?: ServedBy | undefined;
  oldDepartmentId?: string | undefined;
}

export function webhookBody(world: World, telling: Telling): Record<string, unknown> {
  const { type, room } = telling;
  const visitor = world.state.visitors.get(room.v._id);
  const messages = telling.messages ?? world.state.messagesByRoom.get(room._id) ?? [];
  return {
    _id: room._id,
    label: room.fname,
    topic: room.topic,
    createdAt: room.ts,
    lastMessageAt: room.lm,
    tags: room.tags,
    customFields: room.livechatData,
    visitor: visitor && {
      _id: visitor._id,
      token: visitor.token,
      name: visitor.name,
      username: visitor.username,
      department: visitor.department,
      ip: visitor.ip,
      customFields: visitor.livechatData,
      phone: visitor.phone,
      email: visitor.visitorEmails,
    },
    ...agentOf(world, room),
    crmData: room.crmData,
    type,
    messages: messages.filter(isTold).map((message) => messageOf(world, room, message)),
    ...fieldsOf(telling),
  };
}

/** System messages are left out, but for the closing one. */
export function isTold({ t }: Message): boolean {
  return t === undefined || t === 'livechat-close';
}

function agentOf({ state }: World, room: Room): object {
  const user = state.users.get(room.servedBy?._id ?? '');
  if (user === undefined) return {};
  const { _id, username, name, emails, customFields } = user;
  return { agent: { _id, username, name, email: emails[0]?.address, customFields } };
}

function messageOf({ state, settings }: World, room: Room, message: Message): object {
  const { u, file } = message;
  const stored = state.files.get(file?._id ?? '');
  return {
    u,
    _id: message._id,
    username: u.username,
    msg: message.msg || (message.blocks === undefined ? '' : JSON.stringify(message.blocks)),
    ...(message.blocks !== undefined && { blocks: message.blocks }),
    ts: message.ts,
    rid: message.rid,
    ...(message.editedAt !== undefined && { editedAt: message.editedAt }),
    ...(u.username !== room.v.username && { agentId: u._id }),
    ...(message.t === 'livechat-close' && { closingMessage: true }),
    ...(file !== undefined && { file, attachments: message.attachments }),
    ...(stored !== undefined && {
      fileUpload: {
        publicFilePath: `${settings.Site_Url}${pathOf(stored)}`,
        type: stored.type,
        size: stored.size,
      },
    }),
    _updatedAt: message._updatedAt,
  };
}

function fieldsOf({ type, room, oldServedBy, oldDepartmentId }: Telling): object {
  const { departmentId, servedBy, closedAt, closedBy, closer } = room;
  switch (type) {
    case 'LivechatSessionStart':
    case 'LivechatSessionQueued':
      return { departmentId };
    case 'LivechatSessionTaken':
      return { departmentId, servedBy };
    case 'LivechatSessionForwarded':
      return { departmentId, servedBy, oldDepartmentId, oldServedBy };
    case 'LivechatSession':
      return { departmentId, servedBy, closedAt, closedBy, closer };
    default:
      return {};
  }
}
