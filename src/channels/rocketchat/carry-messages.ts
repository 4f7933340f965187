// Brings what was said here into the room, in order and each once.
import type { MessageAttachment } from '../../contract/events.ts';
import type { Carried } from '../../delivery/carrier.ts';
import { noteDeskCarried, noteDeskRefusal } from '../../desk/desk-room.ts';
import { leaveOutMessage } from '../../desk/leave-out-message.ts';
import type { Delivery } from '../../store/delivery-claims.ts';
import { listMessagesToCarry, type MessageToCarry } from '../../store/desk-messages.ts';
import { type DeskRoom, findOpenDeskRoom } from '../../store/desk-rooms.ts';
import { carryFile } from './carry-file.ts';
import { endRoom } from './fetch-lost.ts';
import { again, done, isEnded, type MirrorMeans } from './mirror-means.ts';
import type { MirrorFailure } from './read-failure.ts';
import { splitText } from './split-text.ts';

export async function carryMessages(means: MirrorMeans, delivery: Delivery): Promise<Carried> {
  const { workspaceId, streamId: conversationId } = delivery;
  const room = await findOpenDeskRoom(means.desk.db, { workspaceId, conversationId });
  if (room === null || room.channelId !== delivery.subscriberId) return done('obsolete');
  return carryAll(means, delivery, room);
}

const AT_A_TIME = 50;

/** Everything that is not there yet. */
export async function carryAll(
  means: MirrorMeans,
  delivery: Delivery,
  room: DeskRoom,
): Promise<Carried> {
  const { roomId } = room;
  // Its assignment, which is on its way, brings everything with it.
  if (roomId === null) return done('no room yet');
  const { db } = means.desk;
  const limit = AT_A_TIME;
  const messages = await listMessagesToCarry(db, { ...room, afterSeq: room.carriedSeq, limit });
  for (const message of messages) {
    const failure = await carryOne(means, { ...room, roomId }, message);
    if (failure !== null) {
      const stopped = await judge(means, { delivery, room, message, failure });
      if (stopped !== null) return stopped;
    }
    await noteDeskCarried(means.desk, { ...room, seq: message.seq });
  }
  if (messages.length === AT_A_TIME) return { state: 'retry', result: 'more', afterMs: 0 };
  return done('carried');
}

/** How often one message is tried that the other side refuses without saying why. */
const MOST_REFUSALS = 4;

/** null: this message cannot be brought there, and does not hold up the others. */
async function judge(
  means: MirrorMeans,
  args: { delivery: Delivery; room: DeskRoom; message: MessageToCarry; failure: MirrorFailure },
): Promise<Carried | null> {
  const { delivery, room, message, failure } = args;
  if (failure.kind !== 'refused') return again(delivery, failure);
  if (isEnded(failure)) {
    const unread = await endRoom(means, room);
    if (unread !== null) return again(delivery, unread);
    return { state: 'failed', result: 'closed there', answer: failure.text };
  }
  if ((await noteDeskRefusal(means.desk, room)) < MOST_REFUSALS) return again(delivery, failure);
  const { messageId, text } = message;
  await leaveOutMessage(means.desk, room, { messageId, text, why: failure.text });
  return null;
}

type OpenRoom = DeskRoom & { roomId: string };

/** null: it is there. */
async function carryOne(
  means: MirrorMeans,
  room: OpenRoom,
  message: MessageToCarry,
): Promise<MirrorFailure | null> {
  const { attachments } = message;
  // Ours are sent as files; others only we may not be allowed to fetch, and they are addresses anyway.
  const links = attachments.flatMap(({ id, url }) => (id === undefined ? [url] : []));
  const parts = splitText([wordMessage(message), ...links].filter(Boolean).join('\n'));
  // The name of a message is used once over there, in whichever room.
  const name = room.ordinal === 1 ? message.messageId : `${message.messageId}-${room.ordinal}`;
  for (const [place, text] of parts.entries()) {
    const id = place === 0 ? name : `${name}.${place + 1}`;
    const failure = await say(means, room, { id, text });
    if (failure !== null) return failure;
  }
  for (const [place, attachment] of attachments.filter(hasId).entries()) {
    const failure = await carryFile(means, room, { message, attachment, place });
    if (failure !== null) return failure;
  }
  return null;
}

function hasId(attachment: MessageAttachment): attachment is MessageAttachment & { id: string } {
  return attachment.id !== undefined;
}

/** In the room everything of ours comes from the visitor, so others are named. */
function wordMessage({ authorKind, authorName, text }: MessageToCarry): string {
  if (text === '' || authorKind === 'contact') return text;
  return `${authorName ?? 'Usher'}: ${text}`;
}

/** A repeat is refused without a word of why, so it is looked whether the first one arrived. */
async function say(
  { client }: MirrorMeans,
  { visitorToken: token, roomId }: OpenRoom,
  { id, text }: { id: string; text: string },
): Promise<MirrorFailure | null> {
  const said = await client.say({ token, roomId, id, text });
  if (said.ok) return null;
  if (said.failure.kind !== 'refused' || isEnded(said.failure)) return said.failure;
  const found = await client.hasMessage({ token, roomId, id });
  if (!found.ok) return found.failure;
  return found.value ? null : said.failure;
}
