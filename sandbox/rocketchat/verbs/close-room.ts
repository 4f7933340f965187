// A room ends, by the visitor or by a user; its inquiry goes, everybody leaves.
import { plain } from '../refusal.ts';
import type { Room, User, Visitor } from '../state.ts';
import type { World } from '../world.ts';
import { writeMessage } from './write-message.ts';

export interface Closing {
  room: Room;
  by: { visitor: Visitor } | { user: User };
  comment?: string | undefined;
  tags?: string[] | undefined;
  /** From an agent's screen or the API: a department may then insist on tags. */
  clientAction?: boolean;
}

export function closeRoom(world: World, closing: Closing): void {
  const { state, settings, clock, listeners } = world;
  const { room, by, comment } = closing;
  if (!room.open) throw plain('error-room-closed');
  if (settings.Livechat_request_comment_when_closing_conversation && !comment?.trim()) {
    throw plain('error-comment-is-required');
  }
  const tags = resolveTags(world, closing);
  const at = clock.date();
  const closer = 'visitor' in by ? by.visitor : by.user;
  delete room.open;
  room.closer = 'visitor' in by ? 'visitor' : 'user';
  room.closedBy = { _id: closer._id, username: closer.username };
  room.closedAt = at;
  room.chatDuration = (at.getTime() - room.ts.getTime()) / 1000;
  if (room.servedBy !== undefined) {
    room.serviceTimeDuration = (at.getTime() - room.servedBy.ts.getTime()) / 1000;
  }
  if (tags.length > 0) room.tags = tags;
  delete room.waitingResponse;
  state.inquiries.delete(room._id);
  state.subscribers.set(room._id, new Set());
  writeMessage(world, room, {
    msg: comment ?? '',
    t: 'livechat-close',
    groupable: false,
    u: room.closedBy,
    ...('visitor' in by && { token: by.visitor.token }),
  });
  listeners.tell('onClosed', { room });
}

function resolveTags({ state }: World, { room, tags = [], clientAction }: Closing): string[] {
  const department = state.departments.get(room.departmentId ?? '');
  const given = [...tags, ...(room.tags ?? [])];
  const isUntagged = clientAction === true && given.length === 0;
  const hasNone = department?.chatClosingTags.length === 0;
  if (department?.requestTagBeforeClosingChat && (isUntagged || hasNone)) {
    throw plain('error-tags-must-be-assigned-before-closing-chat');
  }
  return [...new Set([...given, ...(department?.chatClosingTags ?? [])])];
}
