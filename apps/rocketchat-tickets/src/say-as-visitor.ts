// Writes what a visitor said into the room. What Rocket.Chat does not take now is kept and written
// later, before anything that was said after it.
import type { ILivechatRoom, IVisitor } from '@rocket.chat/apps-engine/definition/livechat';
import type { IMessageAttachment } from '@rocket.chat/apps-engine/definition/messages';
import { findRoom } from './find-room';
import type { Means } from './means';
import type { VisitorMessage } from './read';
import { forgetRecord, keepRecord, listRecords } from './records';
import { splitText } from './split-text';
import type { Ticket } from './ticket';

interface Inbound extends VisitorMessage {
  id: string;
  number: number;
}

/** Answers the id of the message, or of what is kept instead. */
export async function sayAsVisitor(
  means: Means,
  ticket: Ticket,
  said: VisitorMessage,
): Promise<string> {
  const waiting = ticket.roomId === null || (await listInbound(means, ticket)).length > 0;
  if (!waiting) {
    const room = await findRoom(means, ticket.roomId as string);
    const id = room === null ? null : await write(means, room, said);
    if (id !== null) return id;
  }
  const number = means.number(`inbound:${ticket.ticketId}`, means.now());
  const kept: Inbound = { ...said, number, id: `${ticket.ticketId}-${number}` };
  const key = `inbound:${kept.id}`;
  await keepRecord(means, { key, groups: [`inbound:${ticket.ticketId}`], value: kept });
  await flushInbound(means, ticket);
  return kept.id;
}

/** In order; stops at the first that Rocket.Chat does not take. */
export async function flushInbound(means: Means, ticket: Ticket): Promise<void> {
  if (ticket.roomId === null) return;
  for (const one of await listInbound(means, ticket)) {
    const room = await findRoom(means, ticket.roomId);
    if (room === null || (await write(means, room, one)) === null) return;
    await forgetRecord(means, `inbound:${one.id}`);
  }
}

async function listInbound(means: Means, ticket: Ticket): Promise<Inbound[]> {
  const found = await listRecords<Inbound>(means, `inbound:${ticket.ticketId}`);
  return found.sort((one, other) => one.number - other.number);
}

/** null where Rocket.Chat refuses it. */
async function write(
  means: Means,
  room: ILivechatRoom,
  said: VisitorMessage,
): Promise<string | null> {
  try {
    const visitor = room.visitor as IVisitor;
    const parts = splitText(writeText(said));
    let first: string | null = null;
    for (const [place, part] of parts.entries()) {
      const creator = means.modify.getCreator();
      const builder = creator.startLivechatMessage().setRoom(room).setVisitor(visitor);
      builder.setToken(visitor.token).setText(part);
      if (place === parts.length - 1) builder.setAttachments(writeAttachments(said));
      const id = await creator.finish(builder);
      first ??= id;
    }
    return first;
  } catch (error) {
    means.log.warn(`Rocket.Chat does not take a message of room ${room.id}: ${String(error)}`);
    return null;
  }
}

/** A place is a link to a map. */
function writeText({ text, attachments }: VisitorMessage): string {
  const places = attachments
    .filter(({ type }) => type === 'geo')
    .map(({ url }) => `https://www.openstreetmap.org/?mlat=${mark(url, 0)}&mlon=${mark(url, 1)}`);
  return [...(text === '' ? [] : [text]), ...places].join('\n');
}

function mark(place: string, part: number): string {
  return encodeURIComponent((place.split(',')[part] ?? '').trim());
}

function writeAttachments({ attachments }: VisitorMessage): IMessageAttachment[] {
  return attachments
    .filter(({ type }) => type !== 'geo')
    .map(({ type, url }) => {
      const family = type.split('/')[0];
      const title = { value: url.split(/[?#]/)[0]?.split('/').pop() || type, link: url };
      return {
        title: { ...title, displayDownloadLink: true },
        type: 'file',
        ...(family === 'image' ? { imageUrl: url } : {}),
        ...(family === 'audio' ? { audioUrl: url } : {}),
        ...(family === 'video' ? { videoUrl: url } : {}),
      };
    });
}

/** Where everything that was kept of a ticket goes. */
export async function forgetInbound(means: Means, ticket: Ticket): Promise<void> {
  for (const one of await listInbound(means, ticket)) {
    await forgetRecord(means, `inbound:${one.id}`);
  }
}
