import { expect, test } from 'vitest';
import { groupAgents, type MeasuredAgent } from './group-agents.ts';

const agent = (name: string, change: Partial<MeasuredAgent> = {}): MeasuredAgent => ({
  ...{ name, capacity: 3, teams: ['Billing'], skills: { refunds: 2 }, online: 0.4 },
  ...{ byQuarter: null, answers: null },
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

test('by the quarter of an hour, a group is in parts that come and go; those of one name are told apart', () => {
  const there = (from: number, until: number) => ({
    byQuarter: Array.from({ length: 96 }, (_, nth) => (nth >= 4 * from && nth < 4 * until ? 1 : 0)),
  });
  const groups = groupAgents([agent('Ana', there(8, 20)), agent('Budi', there(12, 16))]);
  const hours = (from: number, until: number) => [{ from: from * 3600, until: until * 3600 }];
  expect(groups).toMatchObject([
    { name: 'Ana +1', count: 1, shifts: hours(8, 20), shiftsEvery: 'day' },
    { name: 'Ana +1 (2)', count: 1, shifts: hours(12, 16), skills: { refunds: 2 } },
  ]);
});
