import { expect, test } from 'vitest';
import { actingOf, mayActIn } from './acting.ts';

const ana = { agentId: 'ana', role: 'agent' as const, scopes: null };

test('an agent acts in the own conversations and in those that nobody has', () => {
  expect(mayActIn(actingOf(ana), 'ana')).toBe(true);
  expect(mayActIn(actingOf(ana), null)).toBe(true);
  expect(mayActIn(actingOf(ana), 'budi')).toBe(false);
});

test('a program that is no agent is nobody who has a conversation', () => {
  expect(mayActIn(actingOf({ ...ana, agentId: null }), 'budi')).toBe(false);
  expect(mayActIn(actingOf({ ...ana, agentId: null }), null)).toBe(true);
});

test('supervisors direct the others, unless their token is limited to less', () => {
  const supervisor = { ...ana, role: 'supervisor' as const };
  expect(mayActIn(actingOf(supervisor), 'budi')).toBe(true);
  const limited = { ...supervisor, scopes: ['conversations.work'] };
  expect(mayActIn(actingOf(limited), 'budi')).toBe(false);
  expect(mayActIn(actingOf({ ...supervisor, scopes: ['conversations.force'] }), 'budi')).toBe(true);
});
