// Puts a message into a room; all messages pass here, the system's too.
import { makeId } from '../make-id.ts';
import type { Message, Room } from '../state.ts';
import type { World } from '../world.ts';

export type NewMessage = Omit<Message, '_id' | 'rid' | 'ts' | '_updatedAt'> & { _id?: string };

/** Those of agents who come and go never are a room's last message. */
const QUIET: (Message['t'] | undefined)[] = ['command', 'uj', 'ul'];

export function writeMessage(world: World, room: Room, given: NewMessage): Message {
  const { state, clock, listeners } = world;
  const at = clock.date();
  const message: Message = {
    ...given,
    _id: given._id ?? makeId(),
    rid: room._id,
    ts: at,
    _updatedAt: at,
  };
  state.messages.set(message._id, message);
  const all = state.messagesByRoom.get(room._id) ?? [];
  all.push(message);
  state.messagesByRoom.set(room._id, all);
  room.msgs += 1;
  room.lm = at;
  if (!QUIET.includes(message.t)) room.lastMessage = message;
  if (message.t === undefined) {
    if (message.token === undefined) delete room.waitingResponse;
    else room.waitingResponse = true;
  }
  room._updatedAt = at;
  listeners.tell('onMessage', { room, message });
  return message;
}
