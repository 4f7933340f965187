// Closes the room of a conversation that has ended here: for the customer, or in the name of the desk.
import type { Carried } from '../../delivery/carrier.ts';
import { leaveDeskRoom } from '../../desk/desk-room.ts';
import type { Delivery } from '../../store/delivery-claims.ts';
import { findOpenDeskRoom } from '../../store/desk-rooms.ts';
import { endAsVisitor, endThere } from './end-there.ts';
import { again, done, type MirrorMeans } from './mirror-means.ts';

export async function carryClosing(means: MirrorMeans, delivery: Delivery): Promise<Carried> {
  const { workspaceId, streamId: conversationId, payload } = delivery;
  const { desk } = means;
  const room = await findOpenDeskRoom(desk.db, { workspaceId, conversationId });
  if (room === null || room.channelId !== delivery.subscriberId) return done('obsolete');
  const isSources = payload.by === 'remote' || payload.by === 'contact';
  const comment = typeof payload.note === 'string' ? payload.note : '';
  const failure = isSources
    ? await endAsVisitor(means, room)
    : await endThere(means, room, { comment });
  if (failure !== null) return again(delivery, failure);
  await leaveDeskRoom(desk, room);
  return done('closed');
}
