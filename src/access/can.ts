// Who may do what: one table, for every door.
import type { Role } from '../contract/api.ts';

export const actions = {
  'agents.read': ['admin', 'supervisor', 'agent'],
  'agents.write': ['admin', 'supervisor'],
  'audit.read': ['admin'],
  'deliveries.retry': ['admin', 'supervisor', 'agent'],
  'endpoints.read': ['admin', 'supervisor'],
  'endpoints.write': ['admin'],
  'groups.read': ['admin', 'supervisor', 'agent'],
  'groups.write': ['admin'],
  'channels.read': ['admin', 'supervisor'],
  'channels.write': ['admin'],
  'contacts.read': ['admin', 'supervisor', 'agent'],
  'contacts.write': ['admin', 'supervisor', 'agent'],
  'conversations.read': ['admin', 'supervisor', 'agent'],
  'conversations.work': ['admin', 'supervisor', 'agent'],
  'conversations.force': ['admin', 'supervisor'],
  'queue.read': ['admin', 'supervisor', 'agent'],
  'policy.read': ['admin', 'supervisor'],
  'policy.write': ['admin'],
  'settings.read': ['admin', 'supervisor'],
  'settings.write': ['admin'],
  'tokens.write': ['admin'],
} as const satisfies Record<string, readonly Role[]>;

export type Action = keyof typeof actions;

export interface Actor {
  workspaceId: string;
  role: Role;
  /** How events name who did it. */
  name: string;
  agentId: string | null;
}

export function can(actor: Pick<Actor, 'role'>, action: Action): boolean {
  return (actions[action] as readonly Role[]).includes(actor.role);
}
