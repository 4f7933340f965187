// A visitor goes with all that was written: rooms, messages, files.
import type { Visitor } from '../state.ts';
import type { World } from '../world.ts';
import { findRoomsOf } from './find.ts';

export function removeVisitor(world: World, visitor: Visitor): void {
  const { state } = world;
  for (const { _id } of findRoomsOf(world, visitor.token)) {
    for (const message of state.messagesByRoom.get(_id) ?? []) state.messages.delete(message._id);
    for (const file of [...state.files.values()].filter(({ rid }) => rid === _id)) {
      state.files.delete(file._id);
    }
    state.messagesByRoom.delete(_id);
    state.subscribers.delete(_id);
    state.inquiries.delete(_id);
    state.rooms.delete(_id);
  }
  state.visitorByToken.delete(visitor.token);
  state.visitors.delete(visitor._id);
}
