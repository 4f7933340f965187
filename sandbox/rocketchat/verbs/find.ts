// Look-ups that several verbs and routes make.
import { plain } from '../refusal.ts';
import type { Department, Inquiry, Room, User, Visitor } from '../state.ts';
import type { World } from '../world.ts';

/** By id, else by name. */
export function findDepartment({ state }: World, idOrName: string): Department | undefined {
  const byId = state.departments.get(idOrName);
  return byId ?? [...state.departments.values()].find(({ name }) => name === idOrName);
}

/** By id, else by username. */
export function findUser({ state }: World, idOrUsername: string): User | undefined {
  const byId = state.users.get(idOrUsername);
  return byId ?? [...state.users.values()].find(({ username }) => username === idOrUsername);
}

export function findInquiry({ state }: World, inquiryId: string): Inquiry | undefined {
  return [...state.inquiries.values()].find(({ _id }) => _id === inquiryId);
}

/** Newest last. A closed room has lost its `open`. */
export function findRoomsOf({ state }: World, visitorToken: string): Room[] {
  return [...state.rooms.values()].filter(({ v }) => v.token === visitorToken);
}

export function findOpenRoom(world: World, visitorToken: string): Room | undefined {
  return findRoomsOf(world, visitorToken).find(({ open }) => open);
}

export function getRoom({ state }: World, rid: string): Room {
  const room = state.rooms.get(rid);
  if (room === undefined) throw plain('error-invalid-room');
  return room;
}

export function getUser(world: World, idOrUsername: string): User {
  const user = findUser(world, idOrUsername);
  if (user === undefined) throw plain('error-invalid-user');
  return user;
}

export function getVisitorOf({ state }: World, room: Room): Visitor {
  const visitor = state.visitors.get(room.v._id);
  if (visitor === undefined) throw plain('error-invalid-visitor');
  return visitor;
}
