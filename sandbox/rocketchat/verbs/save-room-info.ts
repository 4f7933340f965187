// Somebody edits the data of a room: its topic, its tags, its fields.
import type { Room } from '../state.ts';
import type { World } from '../world.ts';

export function saveRoomInfo(
  world: World,
  room: Room,
  change: {
    topic?: string | undefined;
    tags?: string[];
    livechatData?: Record<string, unknown>;
    priorityId?: string;
  },
): void {
  const { topic, tags, livechatData = {}, priorityId } = change;
  if (topic !== undefined) room.topic = topic;
  if (tags !== undefined) room.tags = tags;
  if (priorityId !== undefined) room.priorityId = priorityId;
  for (const [key, value] of Object.entries(livechatData)) {
    if (world.state.customFields.get(key)?.scope !== 'room') continue;
    room.livechatData = { ...room.livechatData, [key]: value };
  }
  room._updatedAt = world.clock.date();
  world.listeners.tell('onRoomSaved', { room });
}
