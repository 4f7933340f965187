// Closes a room over there, in the name of the desk or of the customer.
import { leaveDeskRoom } from '../../desk/desk-room.ts';
import type { DeskRoom } from '../../store/desk-rooms.ts';
import { isEnded, type MirrorMeans } from './mirror-means.ts';
import type { MirrorFailure } from './read-failure.ts';

type Ending = Pick<DeskRoom, 'roomId' | 'visitorToken'>;

/** Where Rocket.Chat wants tags of whoever closes, the room is closed as the visitor. null: done. */
export async function endThere(
  means: MirrorMeans,
  room: Ending,
  { comment }: { comment: string },
): Promise<MirrorFailure | null> {
  const { roomId } = room;
  if (roomId === null) return null;
  const byUser = await means.client.closeByUser({ roomId, comment });
  if (byUser.ok || isEnded(byUser.failure)) return null;
  if (byUser.failure.kind !== 'refused') return byUser.failure;
  return endAsVisitor(means, room);
}

/** We have noted that we leave it, so its end ends nothing here. null: done. */
export async function finishLeaving(
  means: MirrorMeans,
  room: DeskRoom,
): Promise<MirrorFailure | null> {
  const failure = await endThere(means, room, { comment: '' });
  if (failure === null) await leaveDeskRoom(means.desk, room);
  return failure;
}

/** The customer has ended it. null: done. */
export async function endAsVisitor(
  { client }: MirrorMeans,
  { roomId, visitorToken: token }: Ending,
): Promise<MirrorFailure | null> {
  if (roomId === null) return null;
  const closed = await client.closeByVisitor({ token, roomId });
  return closed.ok || isEnded(closed.failure) ? null : closed.failure;
}
