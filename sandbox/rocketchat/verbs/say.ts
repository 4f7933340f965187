// A visitor, an agent or an app says something in a room.
import type { Message, Room, User, Visitor } from '../state.ts';
import type { World } from '../world.ts';
import { type NewMessage, writeMessage } from './write-message.ts';

export interface Saying {
  room: Room;
  by: { visitor: Visitor } | { user: User };
  msg: string;
  /** Chosen by the caller. */
  _id?: string | undefined;
  alias?: string;
  extra?: Pick<
    NewMessage,
    'file' | 'files' | 'attachments' | 'blocks' | 'customFields' | 'groupable'
  >;
}

/** null: there is a message with that id already, and nothing was written. */
export function say(world: World, { room, by, msg, _id, alias, extra }: Saying): Message | null {
  if (_id !== undefined && world.state.messages.has(_id)) return null;
  const author = 'visitor' in by ? by.visitor : by.user;
  const { name } = author;
  const shown = alias ?? ('visitor' in by ? name : undefined);
  return writeMessage(world, room, {
    ...extra,
    ...(_id !== undefined && { _id }),
    msg,
    u: { _id: author._id, username: author.username, ...(name !== undefined && { name }) },
    ...('visitor' in by && { token: by.visitor.token }),
    ...(shown !== undefined && { alias: shown }),
  });
}
