// Looks through the rooms of Usher that are not over, for what no hook brought.
import type { ILivechatRoom } from '@rocket.chat/apps-engine/definition/livechat';
import type { IMessage } from '@rocket.chat/apps-engine/definition/messages';
import { findRoom } from './find-room';
import type { Means } from './means';
import { listStream } from './outbox';
import { forgetRecord, listRecords } from './records';
import { tryOne } from './try-one';
import {
  keyOfUsherRoom,
  tellUsher,
  typeOfLine,
  type UsherRoom,
  writeMessage,
  writeUser,
} from './usher-events';

// Of the closing's list: what is older was told long before.
const MAX_MESSAGES = 1000;

export async function sweepUsherRooms(means: Means): Promise<void> {
  for (const known of await listRecords<UsherRoom>(means, 'usher-rooms')) {
    await tryOne(means, `Room ${known.roomId}`, () => bringOn(means, known));
  }
}

async function bringOn(means: Means, known: UsherRoom): Promise<void> {
  const room = await findRoom(means, known.roomId);
  if (room === null) return forgetRecord(means, keyOfUsherRoom(known.roomId));
  await tellMissed(means, room);
  const servedBy = room.servedBy?.id ?? null;
  if (servedBy !== known.servedBy) await tellServing(means, room);
  if (room.isOpen === false) await tellUsherClosed(means, room);
}

/** With all messages, as the webhook has them: whoever missed one finds it there. */
export async function tellUsherClosed(means: Means, room: ILivechatRoom): Promise<void> {
  const messages = (await fetchMessages(means, room))
    .filter((one) => typeOfLine(one) === undefined || typeOfLine(one) === 'livechat-close')
    .slice(-MAX_MESSAGES)
    .map((one) => writeMessage(one, isOfVisitor(one, room)));
  const more = { closedAt: room.closedAt, messages };
  await tellUsher(means, { room, type: 'LivechatSession', id: 'closed', more });
}

export async function tellServing(means: Means, room: ILivechatRoom): Promise<void> {
  const { servedBy } = room;
  const type = servedBy ? 'LivechatSessionTaken' : 'LivechatSessionQueued';
  const more = servedBy ? { servedBy: writeUser(servedBy), agent: writeUser(servedBy) } : {};
  await tellUsher(means, { room, type, id: `${servedBy?.id ?? 'queue'}:${means.now()}`, more });
}

export function isOfVisitor(message: IMessage, room: ILivechatRoom): boolean {
  const { token } = message as { token?: string };
  return Boolean(token) || message.sender?.id === room.visitor?.id;
}

async function tellMissed(means: Means, room: ILivechatRoom): Promise<void> {
  const known = new Set((await listStream(means, `usher:${room.id}`)).map(({ id }) => id));
  const missed = (await fetchMessages(means, room))
    .filter((one) => typeOfLine(one) === undefined && !isOfVisitor(one, room))
    .filter((one) => !known.has(`${room.id}:Message:${one.id}`))
    .sort((one, other) => Number(one.createdAt) - Number(other.createdAt));
  for (const message of missed) {
    await tellUsher(means, {
      room,
      type: 'Message',
      id: message.id ?? '',
      at: Number(new Date(message.createdAt ?? means.now())),
      more: { messages: [writeMessage(message, false)] },
    });
  }
}

async function fetchMessages(means: Means, room: ILivechatRoom): Promise<IMessage[]> {
  try {
    return (await means.read.getLivechatReader()._fetchLivechatRoomMessages(room.id)) ?? [];
  } catch (error) {
    means.log.warn(`Room ${room.id} could not be looked through: ${String(error)}`);
    return [];
  }
}
