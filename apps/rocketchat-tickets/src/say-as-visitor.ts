// Writes what a visitor said into the room. What Rocket.Chat does not take now is kept and written
// later, before anything that was said after it.
import type { ILivechatRoom, IVisitor } from '@rocket.chat/apps-engine/definition/livechat';
import type { IMessageAttachment } from '@rocket.chat/apps-engine/definition/messages';
import { tryFindRoom } from './find-room';
import type { Means } from './means';
import type { VisitorMessage } from './read';
import { forgetRecord, keepRecord, listRecords } from './records';
import { splitText } from './split-text';
import type { Ticket } from './ticket';
import { writeNote } from './write-note';

// About an hour of sweeps. Until then a refusal may be the server's trouble, and pass.
const MAX_REFUSALS = 60;

interface Inbound extends VisitorMessage {
  id: string;
  number: number;
  /** How many of its parts are in the room. */
  written: number;
  /** How often the part after these has been refused. */
  refused: number;
}

/** What fits into one message of Rocket.Chat. */
interface Part {
  text: string;
  attachments: IMessageAttachment[];
}

/** Answers the id of the message, or of what is kept instead. */
export async function sayAsVisitor(
  means: Means,
  ticket: Ticket,
  said: VisitorMessage,
): Promise<string> {
  const [part, ...more] = writeParts(said);
  // Of several parts the app keeps how many are written: one alone is there or it is not.
  if (part !== undefined && more.length === 0 && (await listInbound(means, ticket)).length === 0) {
    const room = await findOpenRoom(means, ticket);
    const id = room === null ? null : await write(means, room, part);
    if (id !== null) return id;
  }
  const number = means.number(`inbound:${ticket.ticketId}`, means.now());
  const id = `${ticket.ticketId}-${number}`;
  await keepInbound(means, ticket, { ...said, number, id, written: 0, refused: 0 });
  await flushInbound(means, ticket);
  return id;
}

/** In order; stops at the first that Rocket.Chat does not take. */
export async function flushInbound(means: Means, ticket: Ticket): Promise<void> {
  for (const one of await listInbound(means, ticket)) {
    const room = await findOpenRoom(means, ticket);
    if (room === null || !(await bringIn(means, { ticket, room, one }))) return;
    await forgetRecord(means, keyOf(one));
  }
}

/** Of a closed room: what was not said there is left to its agents, and is never said elsewhere. */
export async function leaveInbound(means: Means, ticket: Ticket): Promise<void> {
  for (const one of await listInbound(means, ticket)) {
    await writeNote(means, ticket, `Not shown before the end:\n${restOf(one)}`);
    await forgetRecord(means, keyOf(one));
  }
}

/** Whether it is done with: said to its end, or refused too often and left to agents. */
async function bringIn(
  means: Means,
  { ticket, room, one }: { ticket: Ticket; room: ILivechatRoom; one: Inbound },
): Promise<boolean> {
  let { written } = one;
  for (const part of writeParts(one).slice(written)) {
    if ((await write(means, room, part)) === null) {
      const refused = (written === one.written ? one.refused : 0) + 1;
      const now = { ...one, written, refused };
      await keepInbound(means, ticket, now);
      return refused >= MAX_REFUSALS && (await leaveOut(means, ticket, now));
    }
    written += 1;
    await keepInbound(means, ticket, { ...one, written, refused: 0 });
  }
  return true;
}

/** Whether agents could be told: where not even that is taken, it is not the message's fault. */
async function leaveOut(means: Means, ticket: Ticket, one: Inbound): Promise<boolean> {
  const reason = 'Rocket.Chat refuses a message of the visitor.';
  const note =
    (await writeNote(means, ticket, `${reason}\n${restOf(one)}`)) ??
    (await writeNote(means, ticket, reason));
  if (note !== null) means.log.error(`Message ${one.id} is left out: Rocket.Chat refuses it`);
  return note !== null;
}

function restOf(one: Inbound): string {
  const texts = writeParts(one).map(({ text }) => text);
  const files = one.attachments.filter(({ type }) => type !== 'geo').map(({ url }) => url);
  return [texts.slice(one.written).join(''), ...files].filter((line) => line !== '').join('\n');
}

const keyOf = ({ id }: Pick<Inbound, 'id'>): string => `inbound:${id}`;

async function keepInbound(means: Means, ticket: Ticket, value: Inbound): Promise<void> {
  const groups = [`inbound:${ticket.ticketId}`];
  await keepRecord(means, { key: keyOf(value), groups, value });
}

async function listInbound(means: Means, ticket: Ticket): Promise<Inbound[]> {
  const found = await listRecords<Inbound>(means, `inbound:${ticket.ticketId}`);
  return found.sort((one, other) => one.number - other.number);
}

/** A message for a closed room would go into a new one, which is no ticket's. */
async function findOpenRoom(means: Means, { roomId }: Ticket): Promise<ILivechatRoom | null> {
  const room = roomId === null ? null : await tryFindRoom(means, roomId);
  return room?.isOpen ? room : null;
}

/** null where Rocket.Chat refuses it. */
async function write(
  means: Means,
  room: ILivechatRoom,
  { text, attachments }: Part,
): Promise<string | null> {
  try {
    const visitor = room.visitor as IVisitor;
    const creator = means.modify.getCreator();
    const builder = creator.startLivechatMessage().setRoom(room).setVisitor(visitor);
    builder.setToken(visitor.token).setText(text).setAttachments(attachments);
    return await creator.finish(builder);
  } catch (error) {
    means.log.warn(`Rocket.Chat does not take a message of room ${room.id}: ${String(error)}`);
    return null;
  }
}

/** At least one; the last has the files. */
function writeParts(said: VisitorMessage): Part[] {
  const texts = splitText(writeText(said));
  const attachments = writeAttachments(said);
  return texts.map((text, place) => ({
    text,
    attachments: place === texts.length - 1 ? attachments : [],
  }));
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
