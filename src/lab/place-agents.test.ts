import { expect, test } from 'vitest';
import { placeAgents, writeShifts } from './place-agents.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const beginsAt = new Date('2026-11-23T00:00:00Z');
const at = (day: number, hour: number) => beginsAt.getTime() + day * DAY + hour * HOUR;
const spanOf = (from: number, until: number) => ({
  ...{ from: new Date(from), until: new Date(until), beginsAt },
});

test('agents are there in the hours of the week in which they were, and at the end of the span stay for a day', () => {
  const stretches = [
    { agentId: 'ana', since: at(2, 9), till: at(2, 10) },
    { agentId: 'ana', since: at(2, 11), till: at(2, 12) },
  ];
  expect(writeShifts(stretches, spanOf(at(2, 9), at(2, 12))).get('ana')).toEqual([
    { from: 57 * 3600, until: 58 * 3600 },
    { from: 59 * 3600, until: 84 * 3600 },
  ]);
});

test('a span of a week that begins in its middle keeps every hour, and nobody stays into its own beginning', () => {
  const stretches = [{ agentId: 'ana', since: at(8, 9), till: at(9, 9) }];
  expect(writeShifts(stretches, spanOf(at(2, 9), at(9, 9))).get('ana')).toEqual([
    { from: 33 * 3600, until: 57 * 3600 },
  ]);
});

test('whoever was never online or holds nothing is left out, and two of one name are told apart', () => {
  const agent = {
    name: 'Ana',
    capacity: 2,
    teams: [],
    skills: { billing: 3 },
    ...{ online: 0, byQuarter: null },
    answers: null,
  };
  const shifts = new Map(['a', 'b', 'd'].map((id) => [id, [{ from: 0, until: 60 }]]));
  const agents = ['a', 'b', 'c', 'd'].map((agentId) => ({
    ...{ ...agent, agentId, capacity: agentId === 'd' ? 0 : 2 },
  }));
  expect(placeAgents(agents, shifts)).toEqual([
    ...['Ana', 'Ana (2)'].map((name) => ({
      ...{ name, capacity: 2, skills: { billing: 3 } },
      ...{ shifts: [{ from: 0, until: 60 }], shiftsEvery: 'week' },
    })),
  ]);
});
