// Reads a room's own history for what was never told, above all before the room counts as ended.
import { noteDeskRead } from '../../desk/desk-room.ts';
import { closeFromDesk } from '../../desk/follow-desk.ts';
import type { DeskRoom } from '../../store/desk-rooms.ts';
import { isEnded, type MirrorMeans } from './mirror-means.ts';
import { isAgents, sortByTime } from './read.ts';
import type { MirrorFailure } from './read-failure.ts';
import { takeMessages } from './take-messages.ts';
import type { Outcome, RemoteMessage } from './types.ts';

/** A look found the room closed: its last words come first. null: done. */
export async function endRoom(means: MirrorMeans, room: DeskRoom): Promise<MirrorFailure | null> {
  const failure = await readLost(means, room);
  if (failure !== null) return failure;
  await closeFromDesk(means.desk, room);
  return null;
}

/** null: everything that agents wrote there has been taken. */
export async function readLost(means: MirrorMeans, room: DeskRoom): Promise<MirrorFailure | null> {
  if (room.roomId === null) return null;
  const read = await readSince(means, { ...room, roomId: room.roomId });
  if (!read.ok) return isEnded(read.failure) ? null : read.failure;
  // Those of one millisecond stay in the order in which they were written.
  const messages = sortByTime(read.value.toReversed());
  for (;;) {
    const taken = await takeMessages(means, room, messages);
    if (!taken.ok) return taken.failure;
    if (taken.value === 'all') break;
  }
  const last = messages.at(-1);
  const until = last === undefined ? null : new Date(last.at);
  await noteDeskRead(means.desk, { ...room, until });
  return null;
}

const PAGE = 50;
const MOST_PAGES = 20;

/** Agents' messages since the last look; newest first, as they are listed. */
async function readSince(
  { client, channel }: MirrorMeans,
  room: DeskRoom & { roomId: string },
): Promise<Outcome<RemoteMessage[]>> {
  const { visitorToken: token, roomId, readUntil } = room;
  const found: RemoteMessage[] = [];
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const limits = { limit: PAGE, offset: page * PAGE };
    const history = await client.readHistory({ token, roomId, ...limits });
    if (!history.ok) return history;
    const messages = history.value.map(({ message }) => message);
    found.push(...messages.filter((message) => isAgents(message, channel.config.userId)));
    const oldest = messages.at(-1);
    const isEnough = readUntil !== null && oldest && Date.parse(oldest.at) < readUntil.getTime();
    if (messages.length < PAGE || isEnough) break;
  }
  return { ok: true, value: found };
}
