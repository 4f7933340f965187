// Reads a room: Qiscus' word for a conversation with all its sessions.
import { isObject, readFlag, readObject, readText } from './read-field.ts';
import { readJson } from './read-json.ts';
import type { RemoteRoom } from './types.ts';

/** null for a row without a room id. */
export function readRoom(row: unknown): RemoteRoom | null {
  if (!isObject(row)) return null;
  const roomId = readText(row.room_id, 64);
  if (roomId === null) return null;
  return {
    roomId,
    isWaiting: readFlag(row.is_waiting) === true,
    isResolved: readFlag(row.is_resolved) === true,
    source: readText(row.source),
    channelId: readText(row.channel_id),
    name: readText(row.name),
    userId: readText(row.user_id),
    avatarUrl: readText(row.user_avatar_url, 2048),
  };
}

/** From a single room's answer: null when it says that there is none, undefined when unreadable. */
export function readRoomAnswer(body: string): RemoteRoom | null | undefined {
  const { data } = readObject(readJson(body));
  if (data === null) return null;
  const { customer_room: row } = readObject(data);
  return row === null ? null : (readRoom(row) ?? undefined);
}
