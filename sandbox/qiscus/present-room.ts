// Shows a room and its session as the API does; no field says which agent holds the room.
import type { Room, Service } from './state.ts';

const AVATAR_URL = 'https://omnichannel.qiscus.com/img/ic_qiscus_client.png';

/** The emulator's agents write nothing, so the last comment is always the customer's. */
export function presentRoom(room: Room) {
  const at = new Date(room.lastMessageAt).toISOString();
  return {
    channel_id: room.channelId,
    contact_id: null,
    id: 70_000_000 + room.id,
    is_handled_by_bot: false,
    is_resolved: room.isResolved,
    is_waiting: room.isWaiting,
    last_comment_sender: room.name,
    last_comment_sender_type: 'customer',
    last_comment_text: room.lastText,
    last_comment_timestamp: at,
    last_customer_comment_text: room.lastText,
    last_customer_timestamp: at,
    name: room.name,
    room_badge: '',
    room_id: room.roomId,
    room_type: room.source,
    source: room.source,
    user_avatar_url: AVATAR_URL,
    user_id: room.userId,
  };
}

export function presentService(service: Service) {
  return {
    id: service.id,
    room_id: service.roomId,
    is_resolved: service.resolvedAt !== null,
    resolved_at: service.resolvedAt === null ? null : carbonDate(service.resolvedAt),
    retrieved_at: carbonDate(service.firstAssignedAt ?? service.startedAt),
    user_id: service.resolvedBy,
    notes: service.notes,
    first_comment_id: service.firstCommentId,
    last_comment_id: service.lastCommentId,
    created_at: new Date(service.startedAt).toISOString(),
    updated_at: new Date(service.resolvedAt ?? service.startedAt).toISOString(),
  };
}

/** As PHP writes a date object into JSON. */
function carbonDate(at: number) {
  const date = `${new Date(at).toISOString().slice(0, 23).replace('T', ' ')}000`;
  return { date, timezone_type: 3, timezone: 'UTC' };
}

export function presentRoomInfo(room: Room) {
  return {
    room: {
      room_avatar_url: AVATAR_URL,
      room_channel_id: String(room.channelId),
      room_id: room.roomId,
      room_name: room.name,
      room_options: JSON.stringify({ source: room.source, channel_id: room.channelId }),
      room_type: room.source,
    },
  };
}
