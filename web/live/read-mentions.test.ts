// Whom a note names.
import { expect, test } from 'vitest';
import { findMentions } from './read-mentions.ts';

const agents = ['Ana', 'Ana Maria', 'Ben', 'Ben'].map((name, nth) => ({ id: `a${nth}`, name }));
const teams = [{ id: 't0', name: 'Gold' }];
const find = (text: string) => findMentions(text, { agents, teams });

test.each([
  ['@Ana look', { agentIds: ['a0'] }],
  ['Ask @Ana Maria, please', { agentIds: ['a1'] }],
  ['@Gold: who knows?', { teamIds: ['t0'] }],
  ['@Ana and @Gold.', { agentIds: ['a0'], teamIds: ['t0'] }],
  // Nobody can tell which of the two.
  ['@Ben', { agentIds: ['a2', 'a3'] }],
])('%s names those', (text, mentioned) => {
  expect(find(text)).toEqual(mentioned);
});

test.each(['ana@Ana', 'Ana', '@Anabel', '@', 'mail x@example.com'])('%s names nobody', (text) => {
  expect(find(text)).toBeUndefined();
});
