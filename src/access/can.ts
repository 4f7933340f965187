// Who may do what: one table, for every door.
import type { Role } from '../contract/agents.ts';
import type { AgentsSee } from '../contract/settings.ts';

export const actions = {
  'agents.read': ['admin', 'supervisor', 'agent'],
  'agents.write': ['admin', 'supervisor'],
  'audit.read': ['admin'],
  /** Problems of the server itself. */
  'notices.read': ['admin'],
  'deliveries.retry': ['admin', 'supervisor', 'agent'],
  'endpoints.read': ['admin', 'supervisor'],
  'endpoints.write': ['admin'],
  'groups.read': ['admin', 'supervisor', 'agent'],
  'groups.write': ['admin'],
  'channels.read': ['admin', 'supervisor'],
  'channels.write': ['admin'],
  /** Makes the server call itself. */
  'channels.check': ['admin', 'supervisor'],
  'contacts.read': ['admin', 'supervisor', 'agent'],
  'contacts.write': ['admin', 'supervisor', 'agent'],
  'conversations.read': ['admin', 'supervisor', 'agent'],
  /** Everything the workspace lets its agents see. */
  'conversations.see-all': ['admin', 'supervisor'],
  'conversations.work': ['admin', 'supervisor', 'agent'],
  'conversations.take-over': ['admin', 'supervisor', 'agent'],
  /** Writes in any conversation without having it: for programs, which have none. */
  'conversations.speak': ['admin', 'supervisor'],
  /** Acts in what colleagues have without taking it over, and assigns beyond a capacity. */
  'conversations.force': ['admin', 'supervisor'],
  'queue.read': ['admin', 'supervisor', 'agent'],
  'policy.read': ['admin', 'supervisor'],
  /** Says what a policy would be refused for; nothing is put in force. */
  'policy.check': ['admin', 'supervisor'],
  'policy.write': ['admin'],
  'settings.read': ['admin', 'supervisor', 'agent'],
  'settings.write': ['admin'],
  'tokens.write': ['admin'],
  'canned-replies.read': ['admin', 'supervisor', 'agent'],
  'canned-replies.write': ['admin', 'supervisor'],
  /** How long one was online and away oneself. */
  'own-times.read': ['admin', 'supervisor', 'agent'],
  'reports.read': ['admin', 'supervisor'],
  'export.read': ['admin'],
  'statuses.read': ['admin', 'supervisor', 'agent'],
  'statuses.write': ['admin', 'supervisor'],
  'tags.read': ['admin', 'supervisor', 'agent'],
  'tags.write': ['admin', 'supervisor'],
  'users.read': ['admin'],
  'users.write': ['admin'],
} as const satisfies Record<string, readonly Role[]>;

export type Action = keyof typeof actions;

/** A scope for every action that only reads. */
const READS = /\.read$/;
/** A scope that stands for all of them. */
export const READ_SCOPE = 'read';

/** What a caller may do: of the role, what the scopes name. */
export interface Rights {
  role: Role;
  /** Actions, or READ_SCOPE; null: everything that the role may do. */
  scopes: readonly string[] | null;
}

export interface Actor extends Rights {
  workspaceId: string;
  /** How events name the caller. */
  name: string;
  agentId: string | null;
  /** What its workspace lets agents see. */
  agentsSee: AgentsSee;
  /** The signed-in user; null: a token asks. */
  userId: string | null;
  /** The session of the signed-in user. */
  sessionId: string | null;
  /** The token that asks. */
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

/** Whether these scopes allow nothing that those do not. */
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
