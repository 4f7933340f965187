// People at Rocket.Chat's own screens: they act in the world without any call of its API.
import type { LivechatStatus, Message, Presence, Room, StoredFile, User } from './state.ts';
import { closeRoom } from './verbs/close-room.ts';
import { editMessage } from './verbs/edit-message.ts';
import { getRoom, getUser } from './verbs/find.ts';
import { forwardRoom } from './verbs/forward-room.ts';
import { returnToQueue } from './verbs/return-to-queue.ts';
import { say } from './verbs/say.ts';
import { setStatus } from './verbs/set-status.ts';
import { takeInquiry } from './verbs/take-inquiry.ts';
import { uploadFile } from './verbs/upload-file.ts';
import type { World } from './world.ts';

/** `agent` is an id or a username everywhere. What the screen would refuse throws. */
export interface People {
  answer(agent: string, rid: string, text: string): Message;
  upload(
    agent: string,
    rid: string,
    file: { name: string; type: string; bytes: Buffer; description?: string },
  ): { file: StoredFile; message: Message };
  edit(agent: string, messageId: string, text: string): Message;
  /** From the queue. */
  take(agent: string, rid: string): Room;
  /** Whoever forwards need not have the room: managers do it too. */
  forward(
    agent: string,
    rid: string,
    to: { agent?: string; departmentId?: string; comment?: string },
  ): Promise<void>;
  returnToQueue(rid: string, departmentId?: string): void;
  close(agent: string, rid: string, comment?: string, tags?: string[]): void;
  setStatus(agent: string, change: { status?: Presence; statusLivechat?: LivechatStatus }): User;
}

export function makePeople(world: World): People {
  const openRoomOf = (rid: string): Room => {
    const room = getRoom(world, rid);
    if (!room.open) throw new Error(`The room ${rid} is closed.`);
    return room;
  };
  const needed = (message: Message | null): Message => {
    if (message === null) throw new Error('The message was not written.');
    return message;
  };
  return {
    answer(agent, rid, msg) {
      const user = getUser(world, agent);
      return needed(say(world, { room: openRoomOf(rid), by: { user }, msg }));
    },
    upload(agent, rid, file) {
      const user = getUser(world, agent);
      const sent = uploadFile(world, { room: openRoomOf(rid), by: { user }, ...file });
      return { file: sent.file, message: needed(sent.message) };
    },
    edit(agent, messageId, msg) {
      const message = needed(world.state.messages.get(messageId) ?? null);
      return editMessage(world, { message, msg, by: getUser(world, agent) });
    },
    take(agent, rid) {
      const inquiry = world.state.inquiries.get(rid);
      if (inquiry === undefined) throw new Error(`The room ${rid} has no inquiry.`);
      return takeInquiry(world, { inquiryId: inquiry._id, userId: getUser(world, agent)._id });
    },
    async forward(agent, rid, { agent: next, departmentId, comment }) {
      const { _id, username, name } = getUser(world, agent);
      const userId = next === undefined ? undefined : getUser(world, next)._id;
      const by = { _id, username, name };
      const room = openRoomOf(rid);
      const done = await forwardRoom(world, { room, userId, departmentId, comment, by });
      if (!done) throw new Error(`The room ${rid} could not be forwarded.`);
    },
    returnToQueue(rid, departmentId) {
      returnToQueue(world, { room: openRoomOf(rid), departmentId });
    },
    close(agent, rid, comment = 'Done', tags = []) {
      const user = getUser(world, agent);
      closeRoom(world, { room: openRoomOf(rid), by: { user }, comment, tags });
    },
    setStatus(agent, change) {
      const user = getUser(world, agent);
      setStatus(world, user, change);
      return user;
    },
  };
}
