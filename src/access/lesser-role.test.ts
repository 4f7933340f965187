import { expect, test } from 'vitest';
import type { Role } from '../contract/agents.ts';
import { lesserRole } from './lesser-role.ts';

test.each<[Role | null, Role | null, Role]>([
  ['agent', 'admin', 'agent'],
  ['admin', 'supervisor', 'supervisor'],
  ['supervisor', 'agent', 'agent'],
  ['admin', 'admin', 'admin'],
  [null, 'admin', 'admin'],
  ['supervisor', null, 'supervisor'],
  [null, null, 'agent'],
])('of %s and %s the lesser is %s', (one, other, lesser) => {
  expect(lesserRole(one, other)).toBe(lesser);
});
