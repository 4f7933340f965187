// Makes a visitor known or changes one, and merges as Rocket.Chat does: by token, by phone, by e-mail, in that order.
import { makeId } from '../make-id.ts';
import { coded } from '../refusal.ts';
import type { Visitor } from '../state.ts';
import type { World } from '../world.ts';
import { findDepartment } from './find.ts';

export interface Guest {
  token: string;
  /** Wanted for a new visitor. */
  id?: string;
  name?: string;
  email?: string;
  phone?: string;
  /** Id or name. */
  department?: string;
  username?: string;
  userAgent?: string;
}

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/**
 * A visitor found by phone keeps the old token; one found by e-mail gets the new one. Either way the caller's token
 * may lead to the rooms of an older conversation.
 */
export function registerVisitor(world: World, guest: Guest): Visitor {
  const { state, clock, listeners } = world;
  const email = guest.email?.trim().toLowerCase();
  if (email !== undefined && !EMAIL.test(email)) {
    throw coded('error-invalid-email', `Invalid email ${email}`);
  }
  const byToken = findVisitorByToken(world, guest.token);
  const department = readDepartment(world, { guest, known: byToken });
  const byPhone = byToken ?? findByPhone(world, guest.phone);
  const known = byPhone ?? findByEmail(world, email);
  const visitor = known ?? addVisitor(world, guest);
  const keepsToken = byToken === undefined && byPhone !== undefined;
  if (!keepsToken && visitor.token !== guest.token) {
    state.visitorByToken.delete(visitor.token);
    visitor.token = guest.token;
    state.visitorByToken.set(guest.token, visitor._id);
  }
  if (guest.name) visitor.name = guest.name;
  if (email) visitor.visitorEmails = [{ address: email }];
  if (guest.phone) visitor.phone = [{ phoneNumber: guest.phone }];
  if (department !== undefined) visitor.department = department;
  visitor.status = 'online';
  visitor._updatedAt = clock.date();
  listeners.tell('onVisitorSaved', { visitor });
  return visitor;
}

export function findVisitorByToken({ state }: World, token: string): Visitor | undefined {
  const id = state.visitorByToken.get(token);
  return id === undefined ? undefined : state.visitors.get(id);
}

function readDepartment(
  world: World,
  { guest, known }: { guest: Guest; known: Visitor | undefined },
): string | undefined {
  if (guest.department === undefined || guest.department === '') return undefined;
  if (known?.department === guest.department) return undefined;
  const department = findDepartment(world, guest.department);
  if (department === undefined) {
    throw coded('error-invalid-department', 'The provided department is invalid');
  }
  return department._id;
}

function findByPhone({ state }: World, phone: string | undefined): Visitor | undefined {
  if (!phone) return undefined;
  return [...state.visitors.values()].find((visitor) =>
    visitor.phone?.some(({ phoneNumber }) => phoneNumber === phone),
  );
}

function findByEmail({ state }: World, email: string | undefined): Visitor | undefined {
  if (!email) return undefined;
  return [...state.visitors.values()].find((visitor) =>
    visitor.visitorEmails?.some(({ address }) => address === email),
  );
}

function addVisitor({ state, clock }: World, guest: Guest): Visitor {
  const at = clock.date();
  const visitor: Visitor = {
    _id: guest.id ?? makeId(),
    token: guest.token,
    username: guest.username ?? `guest-${state.nextGuest++}`,
    status: 'online',
    ...(guest.userAgent !== undefined && { userAgent: guest.userAgent }),
    ts: at,
    _updatedAt: at,
  };
  state.visitors.set(visitor._id, visitor);
  state.visitorByToken.set(visitor.token, visitor._id);
  return visitor;
}
