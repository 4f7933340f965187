import { expect, test } from 'vitest';
import { groupAgents, type MeasuredAgent } from './group-agents.ts';

const agent = (name: string, change: Partial<MeasuredAgent> = {}): MeasuredAgent => ({
  ...{ name, capacity: 3, teams: ['Billing'], skills: { refunds: 2 }, online: 0.4, answers: null },
  ...change,
});

test('agents who are alike are one group of as many as were online on average', () => {
  const groups = groupAgents([
    agent('Ana'),
    agent('Budi', { online: 0.9 }),
    agent('Citra', { online: 0.5 }),
    agent('Dewi', { capacity: 5 }),
  ]);
  expect(groups).toEqual([
    { name: 'Ana +2', count: 2, capacity: 3, teams: ['Billing'], skills: { refunds: 2 } },
    { name: 'Dewi', count: 1, capacity: 5, teams: ['Billing'], skills: { refunds: 2 } },
  ]);
});

test('who was never online, or can hold nothing, is in no group; two of one name are told apart', () => {
  const groups = groupAgents([
    agent('Ana'),
    agent('Ana', { teams: [] }),
    agent('Budi', { online: 0 }),
    agent('Citra', { capacity: 0 }),
  ]);
  expect(groups.map(({ name }) => name)).toEqual(['Ana', 'Ana (2)']);
});
