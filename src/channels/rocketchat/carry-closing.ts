// Closes the room of a conversation that has ended here: for the customer, or in the name of the desk.
import type { Carried } from '../../delivery/carrier.ts';
import { leaveDeskRoom } from '../../desk/desk-room.ts';
import type { Delivery } from '../../store/delivery-claims.ts';
import { findOpenDeskRoom } from '../../store/desk-rooms.ts';
import { again, done, isEnded, type MirrorMeans } from './mirror-means.ts';

export async function carryClosing(means: MirrorMeans, delivery: Delivery): Promise<Carried> {
  const { workspaceId, streamId: conversationId, payload } = delivery;
  const { desk, client } = means;
  const room = await findOpenDeskRoom(desk.db, { workspaceId, conversationId });
  if (room === null || room.channelId !== delivery.subscriberId) return done('obsolete');
  const { roomId, visitorToken: token } = room;
  if (roomId !== null) {
    const isSources = payload.by === 'remote' || payload.by === 'contact';
    const comment = typeof payload.note === 'string' ? payload.note : '';
    const closed = isSources
      ? await client.closeByVisitor({ token, roomId })
      : await client.closeByUser({ roomId, comment });
    if (!closed.ok && !isEnded(closed.failure)) return again(delivery, closed.failure);
  }
  await leaveDeskRoom(desk, room);
  return done('closed');
}
