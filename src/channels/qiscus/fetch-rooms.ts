// Asks Qiscus about one room, and for the rooms that wait.

import { listPages } from './list-pages.ts';
import type { Caller } from './open-caller.ts';
import { readRoom, readRoomAnswer } from './read-room.ts';
import type { Failure, Outcome, RemoteRoom } from './types.ts';
import { unreadable } from './unreadable.ts';

/** null: there is no such room. */
export async function fetchRoom(
  caller: Caller,
  roomId: string,
): Promise<Outcome<RemoteRoom | null>> {
  const path = `/api/v2/customer_rooms/${encodeURIComponent(roomId)}`;
  const outcome = await caller.call({ scheme: 'either', method: 'GET', path });
  if (!outcome.ok) {
    return isUnknownRoom(outcome.failure) ? { ok: true, value: null } : outcome;
  }
  const room = readRoomAnswer(outcome.value.body);
  return room === undefined ? unreadable(outcome.value.status) : { ok: true, value: room };
}

/** All pages. */
export async function listUnservedRooms(caller: Caller): Promise<Outcome<RemoteRoom[]>> {
  const filter = { serve_status: 'unserved', status: 'unresolved', limit: '50' };
  const outcome = await listPages<RemoteRoom>({
    listName: 'customer_rooms',
    paging: 'cursor',
    fetch: (query) =>
      caller.call({
        scheme: 'either',
        method: 'GET',
        path: '/api/v2/customer_rooms',
        query: { ...filter, ...query },
      }),
    read: readRoom,
    idOf: (room) => room.roomId,
  });
  if (!outcome.ok) return outcome;
  // The filter is known to let resolved and served rooms through.
  return { ok: true, value: outcome.value.filter((room) => room.isWaiting && !room.isResolved) };
}

/** Documented only as "not 200"; a 400 for any other reason must not make a room vanish. */
function isUnknownRoom({ status, text }: Failure): boolean {
  if (status === 404) return true;
  const names = /not[ _]?found|not exist|unknown|no such|invalid/i.test(text) && /room/i.test(text);
  return names && (status === 400 || status === 422);
}
