// Brings a file of ours into the room, once: Rocket.Chat names files itself, so it is looked what is there.
import type { MessageAttachment } from '../../contract/events.ts';
import { getAttachment, readSlice } from '../../store/attachments.ts';
import { countFilesBefore, type MessageToCarry } from '../../store/desk-messages.ts';
import type { DeskRoom } from '../../store/desk-rooms.ts';
import type { MirrorMeans } from './mirror-means.ts';
import type { MirrorFailure } from './read-failure.ts';
import { readFields } from './read-fields.ts';
import type { Outcome } from './types.ts';

interface File {
  name: string;
  type: string;
  bytes: Buffer;
}

/** null: it is there, or was deleted here. */
export async function carryFile(
  means: MirrorMeans,
  room: DeskRoom & { roomId: string },
  args: {
    message: MessageToCarry;
    attachment: MessageAttachment & { id: string };
    place: number;
  },
): Promise<MirrorFailure | null> {
  const { workspaceId, conversationId, deskRoomId, visitorToken: token, roomId } = room;
  const { message, attachment, place } = args;
  const file = await readFile(means, { workspaceId, attachmentId: attachment.id });
  if (file === null) return null;
  const { name } = file;
  const size = file.bytes.length;
  const before = await countFilesBefore(means.desk.db, {
    ...{ workspaceId, conversationId, deskRoomId, name, size, place },
    seq: message.seq,
  });
  const there = await countThere(means, { token, roomId, name, size });
  if (!there.ok) return there.failure;
  if (there.value > before) return null;
  const sent = await means.client.upload({ token, roomId, file });
  return sent.ok ? null : sent.failure;
}

const PAGE = 100;
const MOST_PAGES = 20;

/** How many files of that name and size the visitor has sent. */
async function countThere(
  { client }: MirrorMeans,
  args: { token: string; roomId: string; name: string; size: number },
): Promise<Outcome<number>> {
  const { token, roomId, name, size } = args;
  let count = 0;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const limits = { limit: PAGE, offset: page * PAGE };
    const history = await client.readHistory({ token, roomId, ...limits });
    if (!history.ok) return history;
    for (const { raw } of history.value) {
      const file = readFields(raw.file);
      const isOurs = typeof raw.token === 'string' && file.name === name;
      if (isOurs && (file.size === undefined || file.size === size)) count += 1;
    }
    if (history.value.length < PAGE) break;
  }
  return { ok: true, value: count };
}

const SLICE = 1024 * 1024;

async function readFile(
  { desk: { db } }: MirrorMeans,
  key: { workspaceId: string; attachmentId: string },
): Promise<File | null> {
  const found = await getAttachment(db, key);
  if (found === null) return null;
  const slices: Buffer[] = [];
  for (let from = 0; from < found.size; from += SLICE) {
    const slice = await readSlice(db, { ...key, from, length: SLICE });
    if (slice === null) return null;
    slices.push(slice);
  }
  const { fileName: name, contentType: type } = found;
  return { name, type, bytes: Buffer.concat(slices) };
}
