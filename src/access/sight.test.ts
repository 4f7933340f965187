import { expect, test } from 'vitest';
import type { Role } from '../contract/agents.ts';
import { sightOf } from './sight.ts';

const ana = { role: 'agent' as Role, agentId: 'ana', agentsSee: 'own-and-teams' as const };

test('an agent sees everything where the workspace says so, else the own and the teams’', () => {
  expect(sightOf({ ...ana, agentsSee: 'everything' })).toBeNull();
  expect(sightOf(ana)).toBe('ana');
});

test.each<Role>(['supervisor', 'admin'])('the role %s sees everything', (role) => {
  expect(sightOf({ ...ana, role })).toBeNull();
});

test('a program with an agent’s rights that is no agent sees what is nobody’s', () => {
  expect(sightOf({ ...ana, agentId: null })).toBe('00000000-0000-0000-0000-000000000000');
});
