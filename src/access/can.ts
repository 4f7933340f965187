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
  /** Says that two are one person, and takes it back. */
  'contacts.merge': ['admin', 'supervisor'],
  'contacts.block': ['admin', 'supervisor'],
  /** Hands out or erases all that is kept of one person. */
  'contacts.erase': ['admin'],
  'conversations.read': ['admin', 'supervisor', 'agent'],
  /** Everything the workspace lets its agents see. */
  'conversations.see-all': ['admin', 'supervisor'],
  'conversations.work': ['admin', 'supervisor', 'agent'],
  'conversations.take-over': ['admin', 'supervisor', 'agent'],
  /** Writes to whoever has a conversation, beside it. */
  'conversations.whisper': ['admin', 'supervisor'],
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
  /** Lets a model act with these rights, on record. */
  'tools.call': ['admin', 'supervisor', 'agent'],
  /** Sees which conversations would move so that agents share the load evenly. */
  'balance.read': ['admin', 'supervisor'],
  'balance.write': ['admin', 'supervisor'],
  'canned-replies.read': ['admin', 'supervisor', 'agent'],
  'canned-replies.write': ['admin', 'supervisor'],
  'automations.read': ['admin', 'supervisor'],
  /** Says what an automation would be refused for, and for whom it would act; nothing is written. */
  'automations.check': ['admin', 'supervisor'],
  'automations.write': ['admin'],
  'mails.read': ['admin'],
  'macros.read': ['admin', 'supervisor', 'agent'],
  'macros.write': ['admin', 'supervisor'],
  /** Views of the inbox that one has saved, or one's team has. */
  'saved-views.read': ['admin', 'supervisor', 'agent'],
  'saved-views.write': ['admin', 'supervisor', 'agent'],
  /** How long one was online and away oneself. */
  'own-times.read': ['admin', 'supervisor', 'agent'],
  'reports.read': ['admin', 'supervisor'],
  'export.read': ['admin'],
  'replays.run': ['admin', 'supervisor'],
  'simulations.read': ['admin', 'supervisor'],
  /** Runs a scenario, ends it, and has one measured; nothing is written. */
  'simulations.write': ['admin', 'supervisor'],
  'shifts.read': ['admin', 'supervisor', 'agent'],
  'shifts.write': ['admin', 'supervisor'],
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
  /** Actions, READ_SCOPE, or an API channel (`channel:` and its id); null: everything that the role may do. */
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
  return text === READ_SCOPE || Object.hasOwn(actions, text) || channelOfScope(text) !== null;
}

const CHANNEL_SCOPE = /^channel:([0-9a-f-]{36})$/;

/** The API channel that such a scope opens, and nothing else, whatever the role. null: it is another scope. */
export function channelOfScope(scope: string): string | null {
  return CHANNEL_SCOPE.exec(scope)?.[1] ?? null;
}

/** Opens conversations on an API channel, and says and reads what its contacts and agents write there. */
export function canUseChannel(rights: Rights, channelId: string): boolean {
  if (can(rights, 'conversations.speak')) return true;
  return isBoundTo(rights, channelId);
}

/** A token of that channel alone. */
export function isBoundTo({ scopes }: Rights, channelId: string): boolean {
  return scopes?.some((scope) => channelOfScope(scope) === channelId) === true;
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
