// Who may do what: one table, for every door.
import type { Role } from '../contract/agents.ts';
import type { AgentsSee } from '../contract/settings.ts';

export const actions = {
  'agents.read': ['admin', 'supervisor', 'agent'],
  'agents.write': ['admin', 'supervisor'],
  'audit.read': ['admin'],
  /** What is wrong with the server itself. */
  'notices.read': ['admin'],
  'deliveries.retry': ['admin', 'supervisor', 'agent'],
  'endpoints.read': ['admin', 'supervisor'],
  'endpoints.write': ['admin'],
  'groups.read': ['admin', 'supervisor', 'agent'],
  'groups.write': ['admin'],
  'channels.read': ['admin', 'supervisor'],
  'channels.write': ['admin'],
  /** Has us call ourselves. */
  'channels.check': ['admin', 'supervisor'],
  'contacts.read': ['admin', 'supervisor', 'agent'],
  'contacts.write': ['admin', 'supervisor', 'agent'],
  'conversations.read': ['admin', 'supervisor', 'agent'],
  /** Whatever the workspace lets its agents see. */
  'conversations.see-all': ['admin', 'supervisor'],
  'conversations.work': ['admin', 'supervisor', 'agent'],
  'conversations.take-over': ['admin', 'supervisor', 'agent'],
  /** Writes in any conversation without having it: for programs, which have none. */
  'conversations.speak': ['admin', 'supervisor'],
  /** Acts in what colleagues have without taking it over, and gives beyond a capacity. */
  'conversations.force': ['admin', 'supervisor'],
  'queue.read': ['admin', 'supervisor', 'agent'],
  'policy.read': ['admin', 'supervisor'],
  'policy.write': ['admin'],
  'settings.read': ['admin', 'supervisor', 'agent'],
  'settings.write': ['admin'],
  'tokens.write': ['admin'],
  'canned-replies.read': ['admin', 'supervisor', 'agent'],
  'canned-replies.write': ['admin', 'supervisor'],
  'reports.read': ['admin', 'supervisor'],
  'export.read': ['admin'],
  'tags.read': ['admin', 'supervisor', 'agent'],
  'tags.write': ['admin', 'supervisor'],
  'users.read': ['admin'],
  'users.write': ['admin'],
} as const satisfies Record<string, readonly Role[]>;

export type Action = keyof typeof actions;

/** Of every action that only looks. */
const READS = /\.read$/;
/** A scope that stands for all of them. */
export const READ_SCOPE = 'read';

/** What somebody may: of the role, that which the scopes name. */
export interface Rights {
  role: Role;
  /** Actions, or READ_SCOPE; null: all that the role may. */
  scopes: readonly string[] | null;
}

export interface Actor extends Rights {
  workspaceId: string;
  /** How events name who did it. */
  name: string;
  agentId: string | null;
  /** What its workspace lets agents see. */
  agentsSee: AgentsSee;
  /** Who has signed in; null: a token asks. */
  userId: string | null;
  /** Of whoever has signed in, where. */
  sessionId: string | null;
  /** Of a token that asks. */
  tokenId: string | null;
}

export function can({ role, scopes }: Rights, action: Action): boolean {
  return (actions[action] as readonly Role[]).includes(role) && covers(scopes, action);
}

function covers(scopes: Rights['scopes'], action: Action): boolean {
  if (scopes === null || scopes.includes(action)) return true;
  return READS.test(action) && scopes.includes(READ_SCOPE);
}

export function isScope(text: string): boolean {
  return text === READ_SCOPE || Object.hasOwn(actions, text);
}

/** Whether what these scopes allow, those allow as well. */
export function isWithin(scopes: Rights['scopes'], wider: Rights['scopes']): boolean {
  if (wider === null) return true;
  if (scopes === null) return false;
  return scopes.every(
    (scope) => wider.includes(scope) || (READS.test(scope) && wider.includes(READ_SCOPE)),
  );
}

/** By name, for screens that show only what can be done. */
export function actionsOf(role: Role): Action[] {
  const rights = { role, scopes: null };
  return (Object.keys(actions) as Action[]).filter((action) => can(rights, action));
}
