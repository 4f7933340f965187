// A room gets its agent: one takes it from the queue, or the routing gives it.
import { coded, plain } from '../refusal.ts';
import type { ChosenAgent, Inquiry, Room, User } from '../state.ts';
import type { World } from '../world.ts';
import { findInquiry } from './find.ts';
import { isOnlineAgent } from './online-agents.ts';
import { writeMessage } from './write-message.ts';

/** By hand: refused when it was taken already, and when the agent is not there for Omnichannel. */
export function takeInquiry(
  world: World,
  { inquiryId, userId }: { inquiryId: string; userId: string },
): Room {
  const { state, settings } = world;
  const inquiry = findInquiry(world, inquiryId);
  if (inquiry === undefined) throw coded('error-not-found', 'Inquiry not found');
  if (inquiry.status === 'taken') throw coded('error-inquiry-taken', 'Inquiry already taken');
  const user = state.users.get(userId);
  const isThere =
    user !== undefined &&
    (isOnlineAgent(world, user) ||
      (settings.Livechat_accept_chats_with_no_agents && user.roles.includes('livechat-agent')));
  if (!isThere) {
    throw coded(
      'error-agent-status-service-offline',
      'Agent status is offline or Omnichannel service is not active',
    );
  }
  const room = state.rooms.get(inquiry.rid);
  if (room === undefined) throw plain('error-invalid-room');
  takeRoom(world, { room, inquiry, agent: { agentId: user._id, username: user.username } });
  return room;
}

/** Nothing happens to a closed room, nor to one that the agent has. */
export function takeRoom(
  world: World,
  { room, inquiry, agent }: { room: Room; inquiry: Inquiry; agent: ChosenAgent },
): void {
  const { state, clock, listeners } = world;
  if (!room.open || room.servedBy?._id === agent.agentId) return;
  const user = state.users.get(agent.agentId);
  if (user === undefined) throw plain('error-user-not-found');
  inquiry.status = 'taken';
  inquiry.takenAt = clock.date();
  delete inquiry.queuedAt;
  delete inquiry.defaultAgent;
  seat(world, room, user);
  room.servedBy = { _id: user._id, username: user.username, ts: clock.date() };
  room._updatedAt = clock.date();
  const u = { _id: user._id, username: user.username, name: user.name };
  writeMessage(world, room, { msg: 'connected', t: 'command', u });
  writeMessage(world, room, { msg: '', t: 'uj', u });
  listeners.tell('onTaken', { room, user });
}

function seat({ state }: World, room: Room, user: User): void {
  const subscribers = state.subscribers.get(room._id) ?? new Set();
  state.subscribers.set(room._id, subscribers.add(user._id));
  room.usersCount = 1 + subscribers.size;
}

/** Takes everybody but one out of the room. */
export function unseat(world: World, room: Room, keepUserId?: string): void {
  const { state, listeners } = world;
  const subscribers = state.subscribers.get(room._id) ?? new Set();
  for (const id of [...subscribers].filter((subscriber) => subscriber !== keepUserId)) {
    subscribers.delete(id);
    const user = state.users.get(id);
    if (user === undefined) continue;
    const u = { _id: user._id, username: user.username, name: user.name };
    writeMessage(world, room, { msg: user.username, t: 'ul', u });
    listeners.tell('onReleased', { room, user });
  }
  room.usersCount = 1 + subscribers.size;
}
