// The whole table by hand: whoever changes a right says so twice.
import { expect, test } from 'vitest';
import type { Role } from '../contract/agents.ts';
import { type Action, actions, actionsOf, can, isScope, isWithin } from './can.ts';

const AGENTS: Action[] = [
  'own-times.read',
  'shifts.read',
  'statuses.read',
  'agents.read',
  'deliveries.retry',
  'groups.read',
  'contacts.read',
  'contacts.write',
  'conversations.read',
  'conversations.work',
  'conversations.take-over',
  'queue.read',
  'tools.call',
  'settings.read',
  'canned-replies.read',
  'macros.read',
  'tags.read',
  'saved-views.read',
  'saved-views.write',
];
const SUPERVISORS: Action[] = [
  'agents.write',
  'balance.read',
  'balance.write',
  'contacts.merge',
  'contacts.block',
  'shifts.write',
  'endpoints.read',
  'channels.read',
  'channels.check',
  'conversations.see-all',
  'conversations.speak',
  'conversations.force',
  'conversations.whisper',
  'policy.read',
  'policy.check',
  'canned-replies.write',
  'automations.read',
  'automations.check',
  'macros.write',
  'reports.read',
  'replays.run',
  'simulations.read',
  'simulations.write',
  'tags.write',
  'statuses.write',
];
const ADMINS: Action[] = [
  'audit.read',
  'notices.read',
  'contacts.erase',
  'endpoints.write',
  'automations.write',
  'groups.write',
  'channels.write',
  'policy.write',
  'settings.write',
  'tokens.write',
  'export.read',
  'mails.read',
  'users.read',
  'users.write',
];

test.each<[Role, Action[]]>([
  ['agent', AGENTS],
  ['supervisor', [...AGENTS, ...SUPERVISORS]],
  ['admin', [...AGENTS, ...SUPERVISORS, ...ADMINS]],
])('the role %s may do this and nothing else', (role, allowed) => {
  expect(actionsOf(role).toSorted()).toEqual(allowed.toSorted());
  for (const action of Object.keys(actions) as Action[])
    expect(can({ role, scopes: null }, action), action).toBe(allowed.includes(action));
});

test('scopes leave of a role what they name, and "read" all that only looks', () => {
  const limited = { role: 'admin' as const, scopes: ['tags.write', 'read'] };
  expect(can(limited, 'tags.write')).toBe(true);
  expect(can(limited, 'users.read')).toBe(true);
  expect(can(limited, 'users.write')).toBe(false);
  expect(can(limited, 'deliveries.retry')).toBe(false);
  expect(can({ role: 'admin', scopes: ['users.read'] }, 'audit.read')).toBe(false);
  expect(can({ role: 'admin', scopes: [] }, 'audit.read')).toBe(false);
});

test('no scope gives more than the role', () => {
  expect(can({ role: 'agent', scopes: ['users.read', 'read'] }, 'users.read')).toBe(false);
});

test('a scope is an action or "read"', () => {
  expect(['read', 'users.read', 'users', 'toString', ''].map(isScope)).toEqual([
    ...[true, true, false, false, false],
  ]);
});

test.each<[string[] | null, string[] | null, boolean]>([
  [null, null, true],
  [['tags.write'], null, true],
  [null, ['tags.write'], false],
  [['tags.write'], ['tags.write', 'read'], true],
  [['tags.write', 'users.write'], ['tags.write'], false],
  [['users.read'], ['read'], true],
  [['users.write'], ['read'], false],
  [['users.read'], ['audit.read'], false],
  [['read'], ['users.read'], false],
  [[], ['tags.write'], true],
])('%j is within %j: %s', (scopes, wider, within) => {
  expect(isWithin(scopes, wider)).toBe(within);
});
