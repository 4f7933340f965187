// Who takes part in a re-balance, what is moved first, and what a plan says.
import { expect, test } from 'vitest';
import { screen } from '../screen.ts';
import type { AgentState, Needs } from '../types.ts';
import type { Movable } from './by-rank.ts';
import { jainIndex } from './jain-index.ts';
import { judgeMoves } from './judge-moves.ts';
import { type Balancing, planBalance } from './plan-balance.ts';

const makeAgent = (agentId: string, change: Partial<AgentState> = {}): AgentState => ({
  ...{ agentId, name: agentId, availability: 'online', leaseUntil: Number.POSITIVE_INFINITY },
  ...{ capacity: 4, load: 0, externalLoad: 0, answersHere: true, identities: new Map() },
  ...{ teamIds: new Set<string>(), skills: new Map<string, number>(), idleSince: 0 },
  ...{ limits: [], paceMs: 0, pacedFrom: Number.NEGATIVE_INFINITY, ...change },
});

const needs: Needs = {
  ...{
    channelId: 'c',
    channelKind: 'webchat',
    remote: false,
    externalChannelId: null,
    teamId: null,
    skillIds: [],
  },
  ...{ weight: 1, excludedAgentIds: [] },
};

const held = (agentId: string, count: number, weight = 1): Movable[] =>
  Array.from({ length: count }, (_, nth) => ({
    ...{ conversationId: `${agentId}-${nth}`, agentId, needsKey: 'k', weight, rankAt: nth },
  }));

function plan(
  agents: AgentState[],
  movable: Movable[],
  { asking = needs, ...change }: Partial<Balancing> & { asking?: Needs } = {},
) {
  const screened = new Map([['k', screen(agents, asking)]]);
  const most = 100;
  return planBalance({ agents, movable, screened, teamId: null, now: 1000, most, ...change });
}

const full = makeAgent('ana', { load: 4 });

test('the ones that came first move, and shares and the index are told before and after', () => {
  const found = plan([full, makeAgent('budi')], held('ana', 4));
  expect(found).toEqual({
    moves: [
      { conversationId: 'ana-0', from: 'ana', to: 'budi' },
      { conversationId: 'ana-1', from: 'ana', to: 'budi' },
    ],
    shares: [
      { agentId: 'ana', capacity: 4, heldBefore: 4, heldAfter: 2, before: 1, after: 0.5 },
      { agentId: 'budi', capacity: 4, heldBefore: 0, heldAfter: 2, before: 0, after: 0.5 },
    ],
    before: { jain: 0.5, highest: 1, lowest: 0 },
    after: { jain: 1, highest: 0.5, lowest: 0.5 },
    more: false,
  });
});

test.each<[string, Partial<AgentState>]>([
  ['is away', { availability: 'away' }],
  ['is offline', { availability: 'offline' }],
  ['has let the lease run out', { leaseUntil: 1000 }],
  ['has no capacity', { capacity: 0 }],
])('whoever %s is given nothing and gives nothing away', (_, change) => {
  const gone = { ...makeAgent('budi'), ...change };
  expect(plan([full, gone], held('ana', 4))).toMatchObject({ moves: [], shares: [{}] });
  const holding = { ...makeAgent('budi', { load: 4 }), ...change };
  expect(plan([makeAgent('ana'), holding], held('budi', 4))).toMatchObject({ moves: [] });
});

test('whoever is not eligible, or did not take it when they were asked, is given nothing', () => {
  const agents = [full, makeAgent('budi')];
  const without = (asking: Partial<Needs>) =>
    plan(agents, held('ana', 4), { asking: { ...needs, ...asking } }).moves;
  expect(without({})).toHaveLength(2);
  expect(without({ skillIds: ['s'] })).toEqual([]);
  expect(without({ excludedAgentIds: ['budi'] })).toEqual([]);
  expect(without({ askedAgentIds: ['budi'] })).toEqual([]);
});

test('of a team, others neither give nor are given anything', () => {
  const teamIds = new Set(['t']);
  const agents = [
    makeAgent('ana', { load: 4, teamIds }),
    makeAgent('budi', { load: 4 }),
    makeAgent('cici', { teamIds }),
    makeAgent('dedi'),
  ];
  const found = plan(agents, [...held('ana', 4), ...held('budi', 4)], { teamId: 't' });
  expect(found.shares.map(({ agentId }) => agentId)).toEqual(['ana', 'cici']);
  expect(found.moves.map(({ from, to }) => `${from} ${to}`)).toEqual(['ana cici', 'ana cici']);
});

test('what an outside system reports counts as held', () => {
  const found = plan([full, makeAgent('budi', { externalLoad: 2 })], held('ana', 4));
  expect(found.moves).toHaveLength(1);
});

test('a share is of the capacity: the larger one ends with more', () => {
  const agents = [makeAgent('ana', { load: 6, capacity: 6 }), makeAgent('budi', { capacity: 12 })];
  const found = plan(agents, held('ana', 6));
  expect(found.shares.map(({ heldAfter }) => heldAfter)).toEqual([2, 4]);
});

test('where two ways are as even, nothing moves', () => {
  const agents = [makeAgent('ana', { load: 2 }), makeAgent('budi', { load: 1 })];
  expect(plan(agents, held('ana', 2)).moves).toEqual([]);
});

test('somebody hands on what is theirs, so that they can be given what only they may have', () => {
  const agents = [
    makeAgent('ana', { load: 4, skills: new Map([['s', 1]]) }),
    makeAgent('budi', { load: 2, capacity: 2, skills: new Map([['s', 1]]) }),
    makeAgent('cici'),
  ];
  const special = held('ana', 4).map((one) => ({ ...one, needsKey: 's' }));
  const screened = new Map([
    ['k', screen(agents, needs)],
    ['s', screen(agents, { ...needs, skillIds: ['s'] })],
  ]);
  const movable = [...special, ...held('budi', 2)];
  const { moves } = planBalance({
    ...{ agents, movable, screened, teamId: null, now: 1000, most: 100 },
  });
  expect(moves.map(({ from, to }) => `${from} ${to}`).sort()).toEqual([
    ...['ana budi', 'budi cici', 'budi cici'],
  ]);
});

test('whoever holds more than their capacity is given nothing while they give something away', () => {
  const agents = [
    makeAgent('ana', { capacity: 2 }),
    makeAgent('budi', { capacity: 2, load: 3 }),
    makeAgent('cici', { capacity: 4 }),
    makeAgent('dewi', { load: 4 }),
  ];
  const screened = new Map([['k', screen(agents, needs)]]);
  const movable = [...held('budi', 3), ...held('dewi', 4)];
  const moves = [
    { conversationId: 'dewi-0', from: 'dewi', to: 'budi' },
    { conversationId: 'budi-0', from: 'budi', to: 'cici' },
  ];
  const balancing = { agents, movable, screened, teamId: null, now: 1000, most: 100 };
  expect(judgeMoves(balancing, moves)).toMatchObject({
    possible: [moves[1]],
    left: [{ conversationId: 'dewi-0', obstacle: 'no-room' }],
  });
});

test("Jain's index is 1 for equal shares, 1/n where one has all, and 1 where nobody has anything", () => {
  expect(jainIndex([3, 3, 3])).toBe(1);
  expect(jainIndex([5, 0, 0, 0])).toBe(0.25);
  expect(jainIndex([0, 0])).toBe(1);
  expect(jainIndex([])).toBeNull();
  expect(jainIndex([1, 2])).toBeCloseTo(0.9);
});
