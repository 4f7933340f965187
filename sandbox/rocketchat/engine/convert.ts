// The world's users, visitors, rooms and messages as the server's converters show them to apps. What
// has no name of its own there stays below `_unmappedProperties_`.
import type {
  IDepartment,
  ILivechatRoom,
  IVisitor,
} from '@rocket.chat/apps-engine/definition/livechat/index.js';
import type {
  IMessage,
  IMessageAttachment,
} from '@rocket.chat/apps-engine/definition/messages/index.js';
import type { IUser } from '@rocket.chat/apps-engine/definition/users/index.js';
import type { Department, Message, Room, User, Visitor } from '../state.ts';
import type { World } from '../world.ts';

export function toAppUser(user: User): IUser {
  return {
    id: user._id,
    username: user.username,
    name: user.name,
    emails: user.emails,
    roles: user.roles,
    type: user.type,
    isEnabled: user.active,
    status: user.status,
    statusConnection: user.status,
    utcOffset: 0,
    createdAt: user.createdAt,
    updatedAt: user._updatedAt,
    lastLoginAt: user.createdAt,
  } as unknown as IUser;
}

export function toAppVisitor(visitor: Visitor): IVisitor {
  return {
    id: visitor._id,
    token: visitor.token,
    username: visitor.username,
    name: visitor.name ?? visitor.username,
    updatedAt: visitor._updatedAt,
    ...(visitor.department !== undefined && { department: visitor.department }),
    ...(visitor.phone !== undefined && { phone: visitor.phone }),
    ...(visitor.visitorEmails !== undefined && { visitorEmails: visitor.visitorEmails }),
    status: visitor.status,
    ...(visitor.livechatData !== undefined && { livechatData: visitor.livechatData }),
  };
}

export function toAppDepartment({ state }: World, department: Department): IDepartment {
  void state;
  return {
    id: department._id,
    name: department.name,
    email: department.email,
    description: department.description,
    enabled: department.enabled,
    updatedAt: department._updatedAt,
    numberOfAgents: department.agents.length,
    showOnOfflineForm: department.showOnOfflineForm,
    showOnRegistration: department.showOnRegistration,
  };
}

export function toAppRoom(world: World, room: Room): ILivechatRoom {
  const { users, visitors, departments } = world.state;
  const visitor = visitors.get(room.v._id);
  const servedBy = users.get(room.servedBy?._id ?? '');
  const department = departments.get(room.departmentId ?? '');
  return {
    id: room._id,
    displayName: room.fname,
    type: room.t,
    isDefault: false,
    isReadOnly: false,
    displaySystemMessages: true,
    messageCount: room.msgs,
    createdAt: room.ts,
    updatedAt: room._updatedAt,
    lastModifiedAt: room.lm,
    isWaitingResponse: room.waitingResponse ?? false,
    isOpen: room.open ?? false,
    source: room.source,
    ...(visitor !== undefined && { visitor: toAppVisitor(visitor) }),
    ...(servedBy !== undefined && { servedBy: toAppUser(servedBy) }),
    ...(department !== undefined && { department: toAppDepartment(world, department) }),
    ...(room.closedAt !== undefined && { closedAt: room.closedAt }),
    ...(room.customFields !== undefined && { customFields: room.customFields }),
    ...(room.livechatData !== undefined && { livechatData: room.livechatData }),
  } as unknown as ILivechatRoom;
}

export function toAppMessage(world: World, room: Room, message: Message): IMessage {
  const user = world.state.users.get(message.u._id);
  const isOfVisitor = message.token !== undefined || user === undefined;
  const sender = isOfVisitor
    ? { id: message.u._id, username: message.u.username, name: message.u.name, type: 'unknown' }
    : toAppUser(user);
  const editor = world.state.users.get(message.editedBy?._id ?? '');
  return {
    id: message._id,
    room: toAppRoom(world, room),
    sender,
    text: message.msg,
    createdAt: message.ts,
    updatedAt: message._updatedAt,
    ...(message.token !== undefined && { token: message.token }),
    ...(message.alias !== undefined && { alias: message.alias }),
    ...(message.t !== undefined && { type: message.t }),
    ...(message.editedAt !== undefined && { editedAt: message.editedAt }),
    ...(editor !== undefined && { editor: toAppUser(editor) }),
    ...(message.file !== undefined && { file: message.file }),
    ...(message.customFields !== undefined && { customFields: message.customFields }),
    ...(message.attachments !== undefined && { attachments: message.attachments.map(toApp) }),
  } as unknown as IMessage;
}

function toApp(attachment: Record<string, unknown>): IMessageAttachment {
  const { title, title_link, title_link_download, image_url, image_type, image_size } = attachment;
  const { audio_url, audio_type, video_url, video_type, description, type, text } = attachment;
  return JSON.parse(
    JSON.stringify({
      title: { value: title, link: title_link, displayDownloadLink: title_link_download },
      imageUrl: image_url,
      imageType: image_type,
      imageSize: image_size,
      audioUrl: audio_url,
      audioType: audio_type,
      videoUrl: video_url,
      videoType: video_type,
      description,
      type,
      text,
    }),
  ) as IMessageAttachment;
}

export function toWorldAttachment(attachment: IMessageAttachment): Record<string, unknown> {
  const { title, imageUrl, audioUrl, videoUrl, description, type, text } = attachment;
  return JSON.parse(
    JSON.stringify({
      title: title?.value,
      title_link: title?.link,
      title_link_download: title?.displayDownloadLink,
      image_url: imageUrl,
      audio_url: audioUrl,
      video_url: videoUrl,
      description,
      type,
      text,
    }),
  ) as Record<string, unknown>;
}
