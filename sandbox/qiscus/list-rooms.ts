// Finds a page of customer rooms, newest first, without walking over more rooms than it must.
import {
  asFields,
  type Fields,
  readFlag,
  readInteger,
  readIntegers,
  readList,
  readText,
} from './fields.ts';
import { readCursor, readLimit, writeCursor } from './paging.ts';
import type { Room } from './state.ts';
import type { World } from './world.ts';

export interface RoomPage {
  rows: Room[];
  cursorAfter: string | null;
  cursorBefore: string | null;
}

const PAGE_SIZE = 50;

/**
 * Whatever `order` says. Assumption: the newest is the room that was made last.
 * A page walks from its cursor to its last row, so that all pages together walk each room once.
 */
export function listRooms(world: World, filter: Fields): RoomPage {
  const rooms = world.state.roomsInOrder;
  const isWanted = roomFilter(world, filter);
  const limit = Math.min(readLimit(filter, PAGE_SIZE), PAGE_SIZE);
  const after = readCursor(filter.cursor_after);
  const before = readCursor(filter.cursor_before);
  // A room's id is its place, from 1.
  if (before !== null) return pageBefore(rooms, { isWanted, limit, before });
  const start = Math.min(rooms.length, after === null ? rooms.length : after - 1) - 1;
  const rows: Room[] = [];
  for (let index = start; index >= 0; index -= 1) {
    const room = rooms[index];
    if (room === undefined || !isWanted(room)) continue;
    if (rows.length === limit) return toPage(rows, { hasAfter: true, hasBefore: after !== null });
    rows.push(room);
  }
  return toPage(rows, { hasAfter: false, hasBefore: after !== null });
}

/** The rooms just newer than the cursor. */
function pageBefore(
  rooms: Room[],
  { isWanted, limit, before }: { isWanted(room: Room): boolean; limit: number; before: number },
): RoomPage {
  const rows: Room[] = [];
  let hasBefore = false;
  for (let index = before; index < rooms.length && !hasBefore; index += 1) {
    const room = rooms[index];
    if (room === undefined || !isWanted(room)) continue;
    if (rows.length === limit) hasBefore = true;
    else rows.unshift(room);
  }
  return toPage(rows, { hasAfter: true, hasBefore });
}

function toPage(
  rows: Room[],
  { hasAfter, hasBefore }: { hasAfter: boolean; hasBefore: boolean },
): RoomPage {
  const [first, last] = [rows.at(0), rows.at(-1)];
  return {
    rows,
    cursorAfter: hasAfter && last !== undefined ? writeCursor(last.id) : null,
    cursorBefore: hasBefore && first !== undefined ? writeCursor(first.id) : null,
  };
}

/** `tag_ids` matches nothing: the emulator has no tags. */
function roomFilter(world: World, filter: Fields): (room: Room) => boolean {
  const tests = [
    statusTest(world, filter),
    channelTest(filter),
    userTest(filter),
    nameTest(filter),
    readFlag(filter.is_handled_by_bot) === true ? () => false : null,
    readIntegers(filter.tag_ids).length > 0 ? () => false : null,
  ].filter((test) => test !== null);
  return (room) => tests.every((test) => test(room));
}

type RoomTest = ((room: Room) => boolean) | null;

function statusTest({ switches }: World, filter: Fields): RoomTest {
  const { serve_status: serveStatus, status } = filter;
  if (serveStatus === 'unserved' && switches.dirtyUnserved) return null;
  return (room) => {
    if (status === 'resolved' && !room.isResolved) return false;
    if (status === 'unresolved' && room.isResolved) return false;
    if (serveStatus === 'unserved') return room.isWaiting;
    return serveStatus === 'served' ? room.agentIds.length > 0 : true;
  };
}

function channelTest(filter: Fields): RoomTest {
  const wanted = readList(filter.channels).map(asFields);
  if (wanted.length === 0) return null;
  return (room) =>
    wanted.some((channel) => {
      const id = readInteger(channel.channel_id);
      const source = readText(channel.source);
      return (id ?? room.channelId) === room.channelId && (source ?? room.source) === room.source;
    });
}

function userTest(filter: Fields): RoomTest {
  const userIds = readList(filter.user_ids).map(String);
  return userIds.length === 0 ? null : (room) => userIds.includes(room.userId);
}

function nameTest(filter: Fields): RoomTest {
  const name = readText(filter.name)?.toLowerCase();
  return name === undefined ? null : (room) => room.name.toLowerCase().includes(name);
}
