// Keeps what is known of a mirror's room in which one of our conversations is answered.
import { randomBytes } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import { lockConversation } from '../store/conversations.ts';
import type { DeskRoom } from '../store/desk-rooms.ts';
import {
  addDeskRoom,
  closeDeskRoom,
  findOpenDeskRoom,
  keepDeskNews as keepRow,
  nameDeskRoom,
  noteCarried,
  noteDepartment,
  noteDeskRoomRead,
  noteLeaving,
  noteRefusal,
  noteServed,
} from '../store/desk-rooms.ts';
import { withTx } from '../store/tx.ts';
import { commitOne } from './commit.ts';
import type { Desk } from './context.ts';

interface Key {
  workspaceId: string;
  conversationId: string;
}

/**
 * The conversation's open room, or the record of one that is still to be made over there. null: the
 * conversation has ended, or with `onlyWaiting` somebody has it: who claims it later sees the room.
 */
export async function prepareDeskRoom(
  { db }: Pick<Desk, 'db'>,
  { onlyWaiting = false, ...args }: Key & { channelId: string; onlyWaiting?: boolean },
): Promise<DeskRoom | null> {
  return withTx(db, async (tx) => {
    const conversation = await lockConversation(tx, args);
    if (conversation === null || conversation.state === 'closed') return null;
    if (onlyWaiting && conversation.state !== 'waiting') return null;
    const random = randomBytes(16).toString('base64url');
    await addDeskRoom(tx, { ...args, deskRoomId: uuid(), random });
    return findOpenDeskRoom(tx, args);
  });
}

export async function noteDeskRoomMade(
  { db }: Pick<Desk, 'db'>,
  args: { workspaceId: string; deskRoomId: string; roomId: string },
): Promise<void> {
  await withTx(db, (tx) => nameDeskRoom(tx, args));
}

/** It is opened for that department. */
export async function noteDeskDepartment(
  { db }: Pick<Desk, 'db'>,
  args: { workspaceId: string; deskRoomId: string; departmentId: string | null },
): Promise<void> {
  await withTx(db, (tx) => noteDepartment(tx, args));
}

/**
 * It is going to be closed over there, which does not end the conversation, and whoever takes it
 * there from now on is too late. `agentId`: who has the conversation; null: it waits. false: that
 * has changed.
 */
export function noteDeskLeaving(
  { db }: Pick<Desk, 'db'>,
  args: Key & { deskRoomId: string; agentId: string | null },
): Promise<boolean> {
  return withTx(db, async (tx) => {
    await lockConversation(tx, args);
    return noteLeaving(tx, args);
  });
}

/** We have given it to that agent over there. */
export async function noteDeskServed(
  { db }: Pick<Desk, 'db'>,
  args: { workspaceId: string; deskRoomId: string; servedBy: string },
): Promise<void> {
  await withTx(db, (tx) => noteServed(tx, args));
}

/** Answers how often the message that is next has been refused. */
export function noteDeskRefusal(
  { db }: Pick<Desk, 'db'>,
  args: { workspaceId: string; deskRoomId: string },
): Promise<number> {
  return withTx(db, (tx) => noteRefusal(tx, args));
}

/** Everything up to this number is in the room. */
export async function noteDeskCarried(
  { db }: Pick<Desk, 'db'>,
  args: { workspaceId: string; deskRoomId: string; seq: number },
): Promise<void> {
  await withTx(db, (tx) => noteCarried(tx, args));
}

/** It has been read over there; null: nothing new was there. */
export async function noteDeskRead(
  { db }: Pick<Desk, 'db'>,
  args: { workspaceId: string; deskRoomId: string; until: Date | null },
): Promise<void> {
  await withTx(db, (tx) => noteDeskRoomRead(tx, args));
}

/** The room over there has ended, and the conversation goes on without it. */
export async function leaveDeskRoom(
  { db }: Pick<Desk, 'db'>,
  args: Key & { deskRoomId: string },
): Promise<void> {
  await withTx(db, async (tx) => {
    await lockConversation(tx, args);
    await closeDeskRoom(tx, args);
  });
}

/** Keeps what a mirror tells of a room until it has been read. false: the room is none of ours. */
export function keepDeskNews(
  desk: Desk,
  args: { workspaceId: string; channelId: string; roomId: string; news: object },
): Promise<boolean> {
  let kept = false;
  return commitOne(desk, args.workspaceId, async (after) => {
    kept = await keepRow(after({ send: () => kept }), args);
    return kept;
  });
}
