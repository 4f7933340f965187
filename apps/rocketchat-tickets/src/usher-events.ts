// What happens in the rooms that Usher opened, in the words of Rocket.Chat's webhooks
// (rocketchat-bridge.md §2).
import type {
  ILivechatRoom,
  ILivechatTransferEventContext,
} from '@rocket.chat/apps-engine/definition/livechat';
import type { IMessage } from '@rocket.chat/apps-engine/definition/messages';
import type { IUser } from '@rocket.chat/apps-engine/definition/users';
import type { Means } from './means';
import { tell } from './outbox';
import { getRecord, keepRecord } from './records';
import { readSettings } from './settings';

type Json = Record<string, unknown>;

/** A visitor of Usher is named by the conversation. */
const VISITOR_OF_USHER = 'usher-';

/** A room of Usher that is not over, and who had it when Usher was last told. */
export interface UsherRoom {
  roomId: string;
  servedBy: string | null;
}

export interface RoomNews {
  room: ILivechatRoom;
  type: string;
  /** What tells it from other news of this type in this room. */
  id: string;
  at?: number | undefined;
  more?: Json;
}

export function isOfUsher(room: Pick<ILivechatRoom, 'visitor'>): boolean {
  return room.visitor?.token?.startsWith(VISITOR_OF_USHER) ?? false;
}

export const keyOfUsherRoom = (roomId: string): string => `usher-room:${roomId}`;

export async function tellUsher(means: Means, news: RoomNews): Promise<void> {
  const { room, type, id, at, more = {} } = news;
  if (!isOfUsher(room) || (await readSettings(means.read)).usher === null) return;
  await keepUsherRoom(means, room);
  await tell(means, {
    id: `${room.id}:${type}:${id}`,
    stream: `usher:${room.id}`,
    target: 'usher',
    type,
    payload: { ...writeEnvelope(room, type), ...more },
    at: at ?? means.now(),
  });
}

async function keepUsherRoom(means: Means, room: ILivechatRoom): Promise<void> {
  const key = keyOfUsherRoom(room.id);
  const servedBy = room.servedBy?.id ?? null;
  const known = await getRecord<UsherRoom>(means, key);
  if (known !== null && known.servedBy === servedBy) return;
  const value: UsherRoom = { roomId: room.id, servedBy };
  await keepRecord(means, { key, groups: ['usher-rooms'], value });
}

function writeEnvelope(room: ILivechatRoom, type: string): Json {
  const { visitor, servedBy, department } = room;
  return {
    _id: room.id,
    type,
    label: room.displayName,
    createdAt: room.createdAt,
    lastMessageAt: room.lastModifiedAt,
    tags: [],
    customFields: room.livechatData ?? room.customFields ?? {},
    visitor: {
      _id: visitor.id,
      token: visitor.token,
      name: visitor.name,
      username: visitor.username,
      email: (visitor.visitorEmails ?? []).map(({ address }) => ({ address })),
      phone: (visitor.phone ?? []).map(({ phoneNumber }) => ({ phoneNumber })),
      department: visitor.department,
    },
    ...(servedBy ? { agent: writeUser(servedBy), servedBy: writeUser(servedBy) } : {}),
    ...(department ? { departmentId: department.id } : {}),
    messages: [],
  };
}

export function writeUser(user: IUser): Json {
  const [email] = user.emails ?? [];
  return {
    _id: user.id,
    username: user.username,
    name: user.name,
    ...(email === undefined ? {} : { email: [email] }),
  };
}

/** Of a line of the system; newer servers have a field for it. */
export function typeOfLine(message: IMessage): string | undefined {
  const { type, _unmappedProperties_: rest } = message as Line;
  return type ?? rest?.t;
}

type Line = IMessage & { type?: string; _unmappedProperties_?: { t?: string } };

/** `agentId` stands where somebody of the desk wrote it, as in the webhooks. */
export function writeMessage(message: IMessage, isOfVisitor: boolean): Json {
  const { id, text, sender, createdAt, updatedAt, editedAt, file, attachments } = message;
  return {
    _id: id,
    rid: message.room.id,
    u: { _id: sender?.id, username: sender?.username, name: sender?.name },
    username: sender?.username,
    msg: text ?? '',
    ts: createdAt,
    _updatedAt: updatedAt,
    ...(isOfVisitor ? {} : { agentId: sender?.id }),
    ...(typeOfLine(message) === 'livechat-close' ? { closingMessage: true } : {}),
    ...(editedAt ? { editedAt } : {}),
    ...(file ? { file } : {}),
    ...(attachments?.length ? { attachments: attachments.map(writeAttachment) } : {}),
    ...(file ? { fileUpload: writeUpload(message) } : {}),
  };
}

function writeAttachment(one: NonNullable<IMessage['attachments']>[number]): Json {
  return {
    title: one.title?.value,
    title_link: one.title?.link,
    image_url: one.imageUrl,
    audio_url: one.audioUrl,
    video_url: one.videoUrl,
    description: one.description,
    type: one.type,
  };
}

function writeUpload({ file, attachments }: IMessage): Json {
  const link = attachments?.[0]?.title?.link;
  const path = link ?? `/file-upload/${file?._id}/${encodeURIComponent(file?.name ?? '')}`;
  return { publicFilePath: path, type: file?.type };
}

export function writeTransfer(context: ILivechatTransferEventContext): Json {
  const { type, from, to } = context;
  return type === 'agent'
    ? {
        oldServedBy: from ? { _id: from.id } : undefined,
        servedBy: to ? writeUser(to as IUser) : undefined,
      }
    : { oldDepartmentId: from?.id, departmentId: to?.id };
}
