// Does what Rocket.Chat told of a room: takes what agents wrote, and follows who has the room.
import type { Carried } from '../../delivery/carrier.ts';
import { closeFromDesk, followDesk } from '../../desk/follow-desk.ts';
import type { Delivery } from '../../store/delivery-claims.ts';
import { listKnownDeskMessages } from '../../store/desk-messages.ts';
import { type DeskRoom, getDeskRoom } from '../../store/desk-rooms.ts';
import { endRoom, readLost } from './fetch-lost.ts';
import { again, isEnded, type MirrorMeans, over } from './mirror-means.ts';
import type { MirrorFailure } from './read-failure.ts';
import { takeMessages } from './take-messages.ts';
import type { DeskNews } from './types.ts';

/** After so many attempts the net that reads rooms again is left to find it. */
const MOST_ATTEMPTS = 60;
/** After so many the message itself is worth more than its place. */
const MOST_LOOKS = 5;

export async function applyNews(means: MirrorMeans, delivery: Delivery): Promise<Carried> {
  const { workspaceId, streamId: deskRoomId, attempts } = delivery;
  const room = await getDeskRoom(means.desk.db, { workspaceId, deskRoomId });
  if (room === null) return over('the room is gone');
  if (attempts > MOST_ATTEMPTS) return { ...over('given up'), state: 'failed' };
  const news = delivery.payload as unknown as DeskNews;
  const before = news.what === 'said' && !news.isOrdered && (await takeBefore(means, room, news));
  // Its limit may last for a minute, and an answer should not.
  if (before && before.kind !== 'limited' && attempts < MOST_LOOKS) return again(delivery, before);
  const taken = await takeMessages(means, room, news.messages);
  if (!taken.ok) return again(delivery, taken.failure);
  if (taken.value === 'more') return { state: 'retry', result: 'more', afterMs: 0 };
  if (news.what === 'said') return over('taken');
  if (news.what === 'closed') {
    await closeFromDesk(means.desk, room);
    return over('closed');
  }
  return follow(means, { delivery, room, news });
}

/**
 * Webhooks overtake each other, and those of a while may have been lost: what was written before is
 * read first, where Rocket.Chat's limit lets us.
 */
async function takeBefore(
  means: MirrorMeans,
  room: DeskRoom,
  news: DeskNews,
): Promise<MirrorFailure | null> {
  const externalIds = news.messages.map(({ id }) => id);
  const known = await listKnownDeskMessages(means.desk.db, { ...room, externalIds });
  return known.size < externalIds.length ? readLost(means, room) : null;
}

/** News has no order and may be old, so the room is looked at where it says something new. */
async function follow(
  means: MirrorMeans,
  args: { delivery: Delivery; room: DeskRoom; news: DeskNews },
): Promise<Carried> {
  const { delivery, room, news } = args;
  const { roomId, visitorToken: token } = room;
  if (roomId === null || room.closedAt !== null) return over('obsolete');
  if (news.servedBy === room.servedBy) return over('as it is');
  const read = await means.client.readRoom({ token, roomId });
  if (read.ok) return over(await followDesk(means.desk, room, read.value));
  const failure = isEnded(read.failure) ? await endRoom(means, room) : read.failure;
  return failure === null ? over('closed') : again(delivery, failure);
}
