// Of two roles the lesser counts.
import type { Role } from '../contract/agents.ts';

const LEAST_FIRST: readonly Role[] = ['agent', 'supervisor', 'admin'];

/** null gives no role; if both are null, the answer is the least. */
export function lesserRole(one: Role | null, other: Role | null): Role {
  return LEAST_FIRST.find((role) => role === one || role === other) ?? 'agent';
}
