// Opens a room where Rocket.Chat's own routing chooses the agent, or leaves one that waits there no longer.
import { kindsWith } from '../../contract/channel-kinds.ts';
import type { Carried } from '../../delivery/carrier.ts';
import {
  noteDeskDepartment,
  noteDeskLeaving,
  noteDeskRoomMade,
  prepareDeskRoom,
} from '../../desk/desk-room.ts';
import { followDesk } from '../../desk/follow-desk.ts';
import type { Delivery } from '../../store/delivery-claims.ts';
import { type DeskRoom, findOpenDeskRoom } from '../../store/desk-rooms.ts';
import { findWantedRoom, type WantedRoom } from '../../store/hand-over.ts';
import { carryAll, carryMessages } from './carry-messages.ts';
import { describeVisitor } from './describe-visitor.ts';
import { finishLeaving } from './end-there.ts';
import { endRoom } from './fetch-lost.ts';
import { again, done, isEnded, type MirrorMeans } from './mirror-means.ts';
import type { MirrorFailure } from './read-failure.ts';
import type { Outcome, RemoteRoom } from './types.ts';

export async function carryHandover(means: MirrorMeans, delivery: Delivery): Promise<Carried> {
  const { db } = means.desk;
  const { workspaceId, streamId: conversationId, subscriberId: channelId } = delivery;
  const key = { workspaceId, conversationId, channelId };
  const wanted = await findWantedRoom(db, { ...key, mirrors: kindsWith('mirrors', true) });
  const open = await findOpenDeskRoom(db, key);
  const isElsewhere = open !== null && open.channelId !== channelId;
  if (open !== null && !isElsewhere) {
    const settled = await settle(means, { delivery, wanted, open });
    if (settled !== 'left') return settled;
  }
  if (!wanted?.isWaiting) return carryMessages(means, delivery);
  const { departmentId } = wanted;
  if (departmentId === null) return done('obsolete');
  if (isElsewhere) return { state: 'retry', result: 'another mirror still has it', afterMs: 1000 };
  const room = await prepareDeskRoom(means.desk, { ...key, onlyWaiting: true });
  if (room === null) return done('obsolete');
  return openFor(means, { delivery, wanted, room, departmentId });
}

interface Standing {
  delivery: Delivery;
  wanted: WantedRoom | null;
  open: DeskRoom;
}

/** `left`: the room that there was is no obstacle any more. */
async function settle(means: MirrorMeans, standing: Standing): Promise<Carried | 'left'> {
  const { delivery, wanted, open } = standing;
  if (open.leaving) return leave(means, standing);
  if (!wanted?.isWaiting) return carryAll(means, delivery, open);
  const { departmentId } = wanted;
  // A room of an agent whom our routing chose stays until that has chosen the next.
  if (departmentId === null && open.departmentId === null) return done('obsolete');
  // Nobody over there knows of it yet.
  return open.roomId === null ? 'left' : look(means, standing, open.roomId);
}

/** It stays where it waits for that department, or where people over there were faster than their webhook. */
async function look(
  means: MirrorMeans,
  standing: Standing,
  roomId: string,
): Promise<Carried | 'left'> {
  const { delivery, wanted, open } = standing;
  const read = await means.client.readRoom({ token: open.visitorToken, roomId });
  if (!read.ok) {
    const failure = isEnded(read.failure) ? await endRoom(means, open) : read.failure;
    return failure === null ? done('closed there') : again(delivery, failure);
  }
  const { servedBy } = read.value;
  const isNews = servedBy !== null && servedBy !== open.servedBy;
  const fits = open.departmentId === wanted?.departmentId && (isNews || servedBy === null);
  if (fits && isNews) await followDesk(means.desk, open, read.value);
  if (fits) return carryAll(means, delivery, open);
  const isLeft = await noteDeskLeaving(means.desk, { ...open, agentId: null });
  return isLeft ? leave(means, standing) : done('obsolete');
}

async function leave(means: MirrorMeans, { delivery, open }: Standing): Promise<Carried | 'left'> {
  const failure = await finishLeaving(means, open);
  return failure === null ? 'left' : again(delivery, failure);
}

interface Opening {
  delivery: Delivery;
  wanted: WantedRoom;
  room: DeskRoom;
  departmentId: string;
}

async function openFor(means: MirrorMeans, opening: Opening): Promise<Carried> {
  const { desk } = means;
  const { delivery, room, departmentId } = opening;
  const made = await openRoom(means, opening);
  if (!made.ok) return putOff(delivery, made.failure);
  const { roomId } = made.value;
  const now = { ...room, roomId, departmentId };
  await followDesk(desk, now, made.value);
  return carryAll(means, delivery, now);
}

async function openRoom(
  { desk, client }: MirrorMeans,
  { wanted, room, departmentId }: Opening,
): Promise<Outcome<RemoteRoom>> {
  const { workspaceId, deskRoomId, visitorToken: token } = room;
  await noteDeskDepartment(desk, { workspaceId, deskRoomId, departmentId });
  const visitor = await client.saveVisitor({ token, departmentId, ...describeVisitor(wanted) });
  if (!visitor.ok) return visitor;
  const made = await client.openRoom({ token });
  if (!made.ok) return made;
  const { roomId } = made.value;
  await noteDeskRoomMade(desk, { workspaceId, deskRoomId, roomId });
  if (made.value.servedBy !== null) return made;
  // The routing may have chosen since, and told it while nobody here knew the room.
  const read = await client.readRoom({ token, roomId });
  return read.ok ? read : made;
}

/** A department may have somebody again at any time, so it is asked as often as that. */
const MOST_WAITED = 4;

function putOff(delivery: Delivery, failure: MirrorFailure): Carried {
  return again({ ...delivery, attempts: Math.min(delivery.attempts, MOST_WAITED) }, failure);
}
