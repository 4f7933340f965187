// Somebody changes the text of a message that was sent.
import type { Message } from '../state.ts';
import type { World } from '../world.ts';
import { getRoom } from './find.ts';

export function editMessage(
  world: World,
  { message, msg, by }: { message: Message; msg: string; by: { _id: string; username: string } },
): Message {
  const at = world.clock.date();
  message.msg = msg;
  message.editedAt = at;
  message.editedBy = { _id: by._id, username: by.username };
  message._updatedAt = at;
  world.listeners.tell('onEdited', { room: getRoom(world, message.rid), message });
  return message;
}
