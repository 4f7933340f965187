import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Strategy } from '../contract/strategies.ts';
import { decide, type Situation } from './decide.ts';
import { findObstacle } from './eligible.ts';
import { needsKey } from './needs-key.ts';
import { screen } from './screen.ts';
import type { AgentState, Needs, Waiting } from './types.ts';

function makeAgent(agentId: string, change: Partial<AgentState> = {}): AgentState {
  return {
    agentId,
    name: agentId,
    availability: 'online',
    leaseUntil: Number.POSITIVE_INFINITY,
    capacity: 2,
    load: 0,
    externalLoad: 0,
    answersHere: true,
    identities: new Map(),
    teamIds: new Set(),
    skillIds: new Set(),
    idleSince: 0,
    ...change,
  };
}

function makeNeeds(change: Partial<Needs> = {}): Needs {
  return {
    channelId: 'web',
    remote: false,
    externalChannelId: null,
    teamId: null,
    skillIds: [],
    weight: 1,
    excludedAgentIds: [],
    ...change,
  };
}

function makeSituation(
  agents: AgentState[],
  wanted: Needs[],
  strategy: Strategy = 'least-loaded',
): Situation {
  const waiting: Waiting[] = wanted.map((needs, index) => ({
    conversationId: `c${index}`,
    rankAt: index,
    needsKey: needsKey(needs),
  }));
  const ordered = [...agents].sort((a, b) => (a.agentId < b.agentId ? -1 : 1));
  const screened = new Map(wanted.map((one) => [needsKey(one), screen(ordered, one)]));
  return { strategy, roundRobinAfter: null, agents: ordered, waiting, screened, now: 1000 };
}

const chosen = (situation: Situation) =>
  decide(situation).assignments.map(({ conversationId, agentId }) => [conversationId, agentId]);

test('the least loaded by share of capacity is preferred, not by count', () => {
  const small = makeAgent('a', { capacity: 2, load: 1 });
  const large = makeAgent('b', { capacity: 10, load: 3 });
  expect(chosen(makeSituation([small, large], [makeNeeds()]))).toEqual([['c0', 'b']]);
});

test('ties go to the longest idle, then to the lowest id', () => {
  const agents = [
    makeAgent('c', { idleSince: 5 }),
    makeAgent('b', { idleSince: 5 }),
    makeAgent('a', { idleSince: 9 }),
  ];
  expect(chosen(makeSituation(agents, [makeNeeds()]))).toEqual([['c0', 'b']]);
});

test('longest-idle ignores the load', () => {
  const agents = [makeAgent('a', { load: 1, idleSince: 1 }), makeAgent('b', { idleSince: 2 })];
  expect(chosen(makeSituation(agents, [makeNeeds()], 'longest-idle'))).toEqual([['c0', 'a']]);
});

test('round-robin goes on after whoever was chosen last', () => {
  const agents = ['a', 'b', 'c'].map((id) => makeAgent(id));
  const wanted = [makeNeeds(), makeNeeds(), makeNeeds(), makeNeeds()];
  const situation = { ...makeSituation(agents, wanted, 'round-robin'), roundRobinAfter: 'a' };
  expect(chosen(situation).map(([, agentId]) => agentId)).toEqual(['b', 'c', 'a', 'b']);
  expect(decide(situation).roundRobinAfter).toBe('b');
});

test('a conversation that nobody can take does not hold up the next', () => {
  const wanted = [makeNeeds({ teamId: 'sales' }), makeNeeds()];
  expect(chosen(makeSituation([makeAgent('a')], wanted))).toEqual([['c1', 'a']]);
});

test.each<[string, Partial<AgentState>, Partial<Needs>, string]>([
  ['is away', { availability: 'away' }, {}, 'availability'],
  ['has let the lease run out', { leaseUntil: 1000 }, {}, 'lease'],
  ['answers only elsewhere', { answersHere: false }, {}, 'channel'],
  ['is unknown to the remote channel', {}, { remote: true }, 'channel'],
  ['is not in the team', {}, { teamId: 't' }, 'team'],
  ['lacks a skill', {}, { skillIds: ['s'] }, 'skills'],
  ['has just failed it', {}, { excludedAgentIds: ['a'] }, 'excluded'],
  ['is full', { load: 2 }, {}, 'capacity'],
  ['is full elsewhere', { externalLoad: 2 }, {}, 'capacity'],
  ['has no room for the weight', {}, { weight: 3 }, 'capacity'],
])('an agent who %s is not eligible', (_, agent, needs, obstacle) => {
  expect(findObstacle(makeAgent('a', agent), makeNeeds(needs), { now: 1000 })).toBe(obstacle);
});

test('an agent of the outside system serves the channels that system names', () => {
  const identity = { externalId: '7', externalChannelIds: new Set(['12']) };
  const agent = makeAgent('a', { answersHere: false, identities: new Map([['web', identity]]) });
  const at = (externalChannelId: string | null) =>
    findObstacle(agent, makeNeeds({ remote: true, externalChannelId }), { now: 0 });
  expect([at('12'), at(null), at('13')]).toEqual([null, null, 'channel']);
});

test('the record tells how many were considered, who was removed and what decided', () => {
  const agents = [
    makeAgent('a', { load: 1 }),
    makeAgent('b'),
    makeAgent('c', { availability: 'offline' }),
    makeAgent('d', { load: 2 }),
  ];
  const [assignment] = decide(makeSituation(agents, [makeNeeds()])).assignments;
  expect(assignment?.because).toMatchObject({
    considered: 4,
    eligible: 2,
    removed: { availability: 1, capacity: 1 },
    decidedBy: 'load-share',
    winner: { agentId: 'b', loadShare: 0, place: { 'load-share': 1, idle: 1 } },
    runnerUp: { agentId: 'a', loadShare: 0.5 },
  });
});

test('another strategy is another list of criteria: the record tells the first that differed', () => {
  const one = [makeAgent('a', { idleSince: 9 }), makeAgent('b', { idleSince: 5 })];
  const decidedBy = (agents: AgentState[], strategy: Strategy) => {
    const [assignment] = decide(makeSituation(agents, [makeNeeds()], strategy)).assignments;
    return [assignment?.agentId, assignment?.because.decidedBy, assignment?.because.winner.place];
  };
  expect(decidedBy(one, 'least-loaded')).toEqual(['b', 'idle', { 'load-share': 1, idle: 1 }]);
  expect(decidedBy(one, 'longest-idle')).toEqual(['b', 'idle', { idle: 1 }]);
  expect(decidedBy(one, 'round-robin')).toEqual(['a', 'turn', { turn: 1 }]);
  const equal = [makeAgent('a'), makeAgent('b')];
  expect(decidedBy(equal, 'least-loaded')).toEqual(['a', 'id', { 'load-share': 1, idle: 1 }]);
  expect(decidedBy(equal.slice(1), 'longest-idle')).toEqual(['b', 'only-candidate', { idle: 1 }]);
});

const anyAgent = fc.record({
  capacity: fc.integer({ min: 0, max: 4 }),
  load: fc.integer({ min: 0, max: 4 }),
  externalLoad: fc.integer({ min: 0, max: 1 }),
  availability: fc.constantFrom('online', 'online', 'online', 'away'),
  idleSince: fc.integer({ min: 0, max: 3 }),
  teamIds: fc.subarray(['s', 't']).map((teams) => new Set(teams)),
});
const anyNeeds = fc.record({
  teamId: fc.constantFrom(null, 's', 't'),
  weight: fc.integer({ min: 1, max: 2 }),
});
const anySituation = fc
  .record({
    agents: fc.array(anyAgent, { maxLength: 8 }),
    wanted: fc.array(anyNeeds, { maxLength: 20 }),
    strategy: fc.constantFrom<Strategy>('least-loaded', 'longest-idle', 'round-robin'),
  })
  .map(({ agents, wanted, strategy }) =>
    makeSituation(
      agents.map((change, index) => makeAgent(`a${index}`, change)),
      wanted.map((change) => makeNeeds(change)),
      strategy,
    ),
  );

/** Written here once more, so that a mistake in routing/eligible is not judged by itself. */
function mayHave(agent: AgentState, needs: Needs): boolean {
  const held = agent.load + agent.externalLoad;
  const isThere = agent.availability === 'online' && agent.leaseUntil > 1000;
  const isOfTeam = needs.teamId === null || agent.teamIds.has(needs.teamId);
  return isThere && isOfTeam && held + needs.weight <= agent.capacity;
}

/** What decide promises, written the slow and obvious way: the best of all agents, one by one. */
function decideSlowly(situation: Situation): string[][] {
  const agents = situation.agents.map((agent) => ({ ...agent, turn: 0 }));
  agents.forEach((agent, index) => {
    agent.turn = index;
  });
  let turn = agents.length;
  const share = (agent: AgentState) => (agent.load + agent.externalLoad) / agent.capacity;
  const result: string[][] = [];
  for (const { conversationId, needsKey: key } of situation.waiting) {
    const needs = situation.screened.get(key)?.needs;
    if (needs === undefined) continue;
    const eligible = agents.filter((agent) => mayHave(agent, needs));
    const order = {
      'least-loaded': (a: (typeof agents)[0], b: (typeof agents)[0]) =>
        share(a) - share(b) || a.idleSince - b.idleSince,
      'longest-idle': (a: (typeof agents)[0], b: (typeof agents)[0]) => a.idleSince - b.idleSince,
      'round-robin': (a: (typeof agents)[0], b: (typeof agents)[0]) => a.turn - b.turn,
    }[situation.strategy];
    const [best] = eligible.sort((a, b) => order(a, b) || (a.agentId < b.agentId ? -1 : 1));
    if (best === undefined) continue;
    best.load += needs.weight;
    best.idleSince = situation.now;
    turn += 1;
    best.turn = turn;
    result.push([conversationId, best.agentId]);
  }
  return result;
}

test('any situation is decided as the slow and obvious way would', () => {
  fc.assert(
    fc.property(anySituation, (situation) => {
      expect(chosen(situation)).toEqual(decideSlowly(situation));
    }),
    { numRuns: 500 },
  );
});

test('nobody is ever given more than fits, and whoever is left over fits nowhere', () => {
  fc.assert(
    fc.property(anySituation, (situation) => {
      const { assignments } = decide(situation);
      const load = new Map(situation.agents.map((agent) => [agent.agentId, agent.load]));
      for (const { agentId, weight } of assignments) {
        load.set(agentId, (load.get(agentId) ?? 0) + weight);
      }
      const given = new Set(assignments.map(({ conversationId }) => conversationId));
      for (const agent of situation.agents) {
        const held = load.get(agent.agentId) ?? 0;
        const grew = held > agent.load;
        expect(!grew || held + agent.externalLoad <= agent.capacity).toBe(true);
      }
      for (const { conversationId, needsKey: key } of situation.waiting) {
        const needs = situation.screened.get(key)?.needs;
        if (needs === undefined || given.has(conversationId)) continue;
        const takers = situation.agents.filter((agent) =>
          mayHave({ ...agent, load: load.get(agent.agentId) ?? 0 }, needs),
        );
        expect(takers).toEqual([]);
      }
    }),
    { numRuns: 500 },
  );
});
