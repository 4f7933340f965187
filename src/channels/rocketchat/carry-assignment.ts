// Makes the room of the chosen agent, or brings the room to them; what cannot be done goes back to the queue.
import type { Carried } from '../../delivery/carrier.ts';
import { confirmAssignment } from '../../desk/confirm-assignment.ts';
import {
  noteDeskLeaving,
  noteDeskRoomMade,
  noteDeskServed,
  prepareDeskRoom,
} from '../../desk/desk-room.ts';
import { noteUnavailable } from '../../desk/note-unavailable.ts';
import { undoAssignment } from '../../desk/requeue-conversation.ts';
import type { Delivery } from '../../store/delivery-claims.ts';
import {
  type DeskAssignment,
  type DeskRoom,
  findOpenDeskRoom,
  getDeskAssignment,
} from '../../store/desk-rooms.ts';
import { carryAll, carryMessages } from './carry-messages.ts';
import { describeVisitor } from './describe-visitor.ts';
import { finishLeaving } from './end-there.ts';
import { endRoom } from './fetch-lost.ts';
import { again, done, isEnded, type MirrorMeans } from './mirror-means.ts';
import type { MirrorFailure } from './read-failure.ts';
import type { Outcome, RemoteRoom } from './types.ts';

export async function carryAssignment(means: MirrorMeans, delivery: Delivery): Promise<Carried> {
  const { db } = means.desk;
  const { workspaceId, streamId: conversationId, subscriberId: channelId } = delivery;
  const assignmentId = String(delivery.payload.assignmentId);
  const key = { workspaceId, conversationId, channelId };
  const wanted = await getDeskAssignment(db, { ...key, assignmentId });
  // Somebody else has the room by now: it still lacks what could not be brought there.
  if (wanted === null || !wanted.isLive) return carryMessages(means, delivery);
  const open = await findOpenDeskRoom(db, key);
  if (open?.leaving && open.channelId === channelId) {
    const failure = await finishLeaving(means, open);
    return failure === null ? leftBehind(wanted) : again(delivery, failure);
  }
  if (wanted.externalAgentId === null) return leave(means, { delivery, wanted, open });
  if (open !== null && open.channelId !== channelId) {
    return { state: 'retry', result: 'another mirror still has it', afterMs: 1000 };
  }
  const room = open ?? (await prepareDeskRoom(means.desk, key));
  if (room === null) return done('obsolete');
  if (!wanted.isPending) return carryAll(means, delivery, room);
  const agentId = wanted.externalAgentId;
  const placed = await place(means, { room, wanted, agentId });
  if (!placed.ok) return undo(means, { delivery, wanted, room, failure: placed.failure });
  // Before it is confirmed: from then on, what differs from it is what people did over there.
  await noteDeskServed(means.desk, { ...room, servedBy: agentId });
  await confirmAssignment(means.desk, { workspaceId, conversationId, assignmentId });
  return carryAll(means, delivery, { ...room, roomId: placed.value.roomId });
}

function leftBehind({ externalAgentId }: DeskAssignment): Carried {
  return externalAgentId === null ? done('left') : { state: 'retry', result: 'left', afterMs: 0 };
}

/** The agent answers elsewhere: a room of the agent before has no more use. */
async function leave(
  means: MirrorMeans,
  args: { delivery: Delivery; wanted: DeskAssignment; open: DeskRoom | null },
): Promise<Carried> {
  const { delivery, wanted, open } = args;
  const { workspaceId, streamId: conversationId, subscriberId } = delivery;
  if (open === null || open.channelId !== subscriberId) {
    const reason = 'agent-unknown-there';
    const { agentId } = wanted;
    const how = { reason, excludeAgent: true, holdMs: 0 };
    await undoAssignment(means.desk, { workspaceId, conversationId, agentId, ...how });
    return { state: 'failed', result: reason };
  }
  const { agentId } = wanted;
  // Whoever takes it over there at this moment has it, or is too late.
  if (!(await noteDeskLeaving(means.desk, { ...open, agentId }))) return done('obsolete');
  const failure = await finishLeaving(means, open);
  return failure === null ? done('left') : again(delivery, failure);
}

interface Placing {
  room: DeskRoom;
  wanted: DeskAssignment;
  agentId: string;
}

/** The room with the agent in it. */
async function place(means: MirrorMeans, placing: Placing): Promise<Outcome<RemoteRoom>> {
  const found = await findRoom(means, placing);
  if (!found.ok || found.value.servedBy === placing.agentId) return found;
  const { roomId, servedBy } = found.value;
  const { client } = means;
  const { agentId } = placing;
  if (servedBy !== null) {
    const moved = await client.forward({ roomId, agentId, comment: 'Usher' });
    return moved.ok ? found : moved;
  }
  const inquiry = await client.findInquiry(roomId);
  if (!inquiry.ok) return inquiry;
  const inquiryId = inquiry.value;
  // Nobody serves it and nobody waits for it, as servers leave rooms now and then.
  const taken =
    inquiryId === null
      ? await client.forward({ roomId, agentId, comment: 'Usher' })
      : await client.takeInquiry({ inquiryId, agentId });
  return taken.ok ? found : taken;
}

async function findRoom(
  { desk, client }: MirrorMeans,
  { room, wanted, agentId }: Placing,
): Promise<Outcome<RemoteRoom>> {
  const { workspaceId, deskRoomId, visitorToken: token } = room;
  if (room.roomId !== null) return client.readRoom({ token, roomId: room.roomId });
  const visitor = await client.saveVisitor({ token, ...describeVisitor(wanted) });
  if (!visitor.ok) return visitor;
  const made = await client.openRoom({ token, agentId });
  if (!made.ok) return made;
  const { roomId } = made.value;
  await noteDeskRoomMade(desk, { workspaceId, deskRoomId, roomId });
  return made;
}

/** What it refuses for good goes back to the queue with the reason; anything else is tried again. */
async function undo(
  means: MirrorMeans,
  args: { delivery: Delivery; wanted: DeskAssignment; room: DeskRoom; failure: MirrorFailure },
): Promise<Carried> {
  const { desk } = means;
  const { delivery, wanted, room, failure } = args;
  if (failure.kind !== 'refused') return again(delivery, failure);
  const { workspaceId, streamId: conversationId } = delivery;
  const { agentId } = wanted;
  const told = { state: 'failed', status: failure.status, answer: failure.text } as const;
  if (room.roomId !== null && isEnded(failure)) {
    const unread = await endRoom(means, room);
    return unread !== null ? again(delivery, unread) : { ...told, result: 'closed there' };
  }
  // Somebody took it at this moment: the next look sees who.
  if (/inquiry-taken|inquiry not found/i.test(failure.error)) return again(delivery, failure);
  const isAway = /no-agent-online|(agent|user)\S*-offline/.test(failure.error);
  const reason = isAway ? 'no-agent-online' : 'refused-there';
  if (isAway) await noteUnavailable(desk, { workspaceId, agentId });
  const how = { reason, excludeAgent: !isAway, holdMs: 0 };
  await undoAssignment(desk, { workspaceId, conversationId, agentId, ...how });
  return { ...told, result: reason };
}
