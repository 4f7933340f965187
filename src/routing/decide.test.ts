import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CriterionName, Strategy } from '../contract/strategies.ts';
import { decide, type Situation } from './decide.ts';
import { findObstacle } from './eligible.ts';
import { needsKey } from './needs-key.ts';
import { type Screened, screen } from './screen.ts';
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
    skills: new Map(),
    idleSince: 0,
    ...{ limits: [], paceMs: 0, pacedFrom: Number.NEGATIVE_INFINITY },
    ...change,
  };
}

function makeNeeds(change: Partial<Needs> = {}): Needs {
  return {
    channelId: 'web',
    channelKind: 'webchat',
    remote: false,
    externalChannelId: null,
    teamId: null,
    skillIds: [],
    weight: 1,
    excludedAgentIds: [],
    ...change,
  };
}

type Wanted = Needs & {
  prefer?: CriterionName[] | undefined;
  sticky?: Pick<Waiting, 'stickyAgentId' | 'onlySticky'>;
};

function makeSituation(
  agents: AgentState[],
  wanted: Wanted[],
  strategy: Strategy = 'least-loaded',
): Situation {
  const keyOf = (one: Wanted) => needsKey(one, { plan: one.prefer?.join(' ') ?? null });
  const waiting: Waiting[] = wanted.map((one, index) => ({
    conversationId: `c${index}`,
    rankAt: index,
    needsKey: keyOf(one),
    ...one.sticky,
  }));
  const ordered = [...agents].sort((a, b) => (a.agentId < b.agentId ? -1 : 1));
  const screened = new Map(wanted.map((one) => [keyOf(one), screen(ordered, one, one.prefer)]));
  return { strategy, roundRobinAfter: null, agents: ordered, waiting, screened, now: 1000 };
}

const chosen = (situation: Situation) =>
  decide(situation).assignments.map(({ conversationId, agentId }) => [conversationId, agentId]);

test('the least loaded by share of capacity is preferred, not by count', () => {
  const small = makeAgent('a', { capacity: 2, load: 1 });
  const large = makeAgent('b', { capacity: 10, load: 3 });
  expect(chosen(makeSituation([small, large], [makeNeeds()]))).toEqual([['c0', 'b']]);
});

test('who was asked before comes after all others with room, and the one asked last comes last', () => {
  const one = { capacity: 1 };
  const agents = [
    makeAgent('a', one),
    makeAgent('b', one),
    makeAgent('c', { ...one, idleSince: 9 }),
  ];
  const wanted = makeNeeds({ askedAgentIds: ['b', 'a'] });
  expect(chosen(makeSituation(agents, [wanted, wanted, wanted]))).toEqual([
    ['c0', 'c'],
    ['c1', 'b'],
    ['c2', 'a'],
  ]);
  const busy = [makeAgent('a', one), makeAgent('b', { ...one, load: 1 })];
  const [last] = decide(
    makeSituation(busy, [makeNeeds({ askedAgentIds: ['b', 'a'] })]),
  ).assignments;
  expect(last).toMatchObject({
    agentId: 'a',
    because: { eligible: 1, removed: { capacity: 1 }, decidedBy: 'only-candidate' },
  });
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

const limitOf = (scope: string, most: number, load: number) => ({ scope, most, load });

test('a limit of another kind or channel, and a pace that is over, keep nobody from a conversation', () => {
  const limits = [limitOf('qiscus', 0, 0), limitOf('other', 0, 0), limitOf('webchat', 2, 1)];
  const agent = makeAgent('a', { limits, paceMs: 500, pacedFrom: 500 });
  expect(findObstacle(agent, makeNeeds(), { now: 1000 })).toBeNull();
});

test('what an outside system reports counts under the limit of its own kind, and under no other', () => {
  const identities = new Map([['web', { externalId: '7', externalChannelIds: null }]]);
  const limits = [limitOf('webchat', 3, 1), limitOf('qiscus', 3, 1)];
  const agent = makeAgent('a', { capacity: 9, externalLoad: 2, limits, identities });
  const at = (needs: Partial<Needs>) => findObstacle(agent, makeNeeds(needs), { now: 0 });
  expect(at({ channelKind: 'qiscus', remote: true })).toBe('limit');
  expect(at({ weight: 2 })).toBeNull();
});

test('of one pass, an agent with a pace gets one conversation, and one with a limit no more than that leaves', () => {
  const paced = makeAgent('a', { capacity: 9, paceMs: 1, pacedFrom: 0 });
  const limited = makeAgent('b', { capacity: 9, limits: [limitOf('webchat', 3, 1)] });
  const other = makeNeeds({ channelId: 'api', channelKind: 'api' });
  const wanted = [makeNeeds(), makeNeeds(), makeNeeds(), makeNeeds(), other];
  expect(chosen(makeSituation([paced, limited], wanted))).toEqual([
    ['c0', 'a'],
    ['c1', 'b'],
    ['c2', 'b'],
    ['c4', 'b'],
  ]);
});

test('who was asked before and is held up by pace or limit is recorded as that', () => {
  const agents = [
    makeAgent('a', { paceMs: 5000, pacedFrom: 0 }),
    makeAgent('b', { limits: [limitOf('webchat', 1, 1)] }),
    makeAgent('c'),
  ];
  const [only] = decide(
    makeSituation(agents, [makeNeeds({ askedAgentIds: ['b', 'a', 'c'] })]),
  ).assignments;
  expect(only).toMatchObject({
    agentId: 'c',
    because: { eligible: 1, removed: { pace: 1, limit: 1 } },
  });
});

test('who is held up by a limit and becomes full within the pass is recorded as full from then on', () => {
  const agents = [
    makeAgent('a', { capacity: 9 }),
    makeAgent('b', { capacity: 2, load: 1, limits: [limitOf('webchat', 0, 0)] }),
  ];
  const chat = makeNeeds();
  const other = makeNeeds({ channelId: 'api', channelKind: 'api', excludedAgentIds: ['a'] });
  const { assignments } = decide(makeSituation(agents, [chat, other, chat]));
  expect(assignments.map(({ agentId, because }) => [agentId, because.removed])).toEqual([
    ['a', { limit: 1 }],
    ['b', { excluded: 1 }],
    ['a', { capacity: 1 }],
  ]);
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
  ['is at the limit of the kind', { limits: [limitOf('webchat', 1, 1)] }, {}, 'limit'],
  ['is at the limit of the channel', { limits: [limitOf('web', 1, 1)] }, {}, 'limit'],
  ['was given one a moment ago', { paceMs: 500, pacedFrom: 501 }, {}, 'pace'],
])('an agent who %s is not eligible', (_, agent, needs, obstacle) => {
  expect(findObstacle(makeAgent('a', agent), makeNeeds(needs), { now: 1000 })).toBe(obstacle);
});

test('an agent of the outside system serves the channels that system names, all where it names none', () => {
  const identity = { externalId: '7', externalChannelIds: new Set(['12']) };
  const agent = makeAgent('a', { answersHere: false, identities: new Map([['web', identity]]) });
  const at = (externalChannelId: string | null) =>
    findObstacle(agent, makeNeeds({ remote: true, externalChannelId }), { now: 0 });
  expect([at('12'), at(null), at('13')]).toEqual([null, null, 'channel']);
  const everywhere = { externalId: '7', externalChannelIds: null };
  const ofAll = makeAgent('b', { identities: new Map([['web', everywhere]]) });
  const needs = makeNeeds({ remote: true, externalChannelId: '13' });
  expect(findObstacle(ofAll, needs, { now: 0 })).toBeNull();
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
  capacity: fc.constantFrom(0, 2, 3, 4, 6),
  load: fc.integer({ min: 0, max: 3 }),
  externalLoad: fc.constantFrom(0, 0, 1),
  availability: fc.constantFrom('online', 'online', 'online', 'online', 'away'),
  leaseUntil: fc.constantFrom(Number.POSITIVE_INFINITY, 90_001, 90_000),
  idleSince: fc.constantFrom(0, 29_400, 29_400, 60_500, 90_700),
  teamIds: fc.subarray(['s', 't']).map((teams) => new Set(teams)),
  limits: fc.array(
    fc.record({
      scope: fc.constantFrom('webchat', 'web', 'qiscus', 'far'),
      most: fc.integer({ min: 0, max: 3 }),
      load: fc.integer({ min: 0, max: 2 }),
    }),
    { maxLength: 2 },
  ),
  paceMs: fc.constantFrom(0, 0, 0, 500, 60_000),
  pacedFrom: fc.constantFrom(Number.NEGATIVE_INFINITY, 89_499, 89_500, 89_501, 30_000, 30_001),
  identities: fc.constant(new Map([['far', { externalId: 'x', externalChannelIds: null }]])),
  skills: fc
    .tuple(fc.constantFrom(0, 1, 3, 5), fc.constantFrom(0, 2, 4))
    .map(([x, y]) => new Map(Object.entries({ x, y }).filter(([, level]) => level > 0))),
});
const anyPreference = fc.option(
  fc.shuffledSubarray<CriterionName>(
    ['sticky', 'skill', 'skill-ascending', 'least-loaded', 'longest-idle', 'round-robin'],
    { minLength: 1 },
  ),
  { nil: undefined },
);
const anyNeeds = fc.record({
  teamId: fc.constantFrom(null, 's', 't'),
  weight: fc.integer({ min: 1, max: 2 }),
  skillIds: fc.constantFrom([], [], ['x'], ['y', 'x']),
  skillLevels: fc.constantFrom([], [2], [1, 3]),
  channel: fc.constantFrom('web', 'web', 'web2', 'far'),
  prefer: anyPreference,
  sticky: fc.record({
    stickyAgentId: fc.constantFrom(null, 'a0', 'a1', 'a2', 'a7'),
    onlySticky: fc.constantFrom(false, false, true),
  }),
});
const channels = {
  web: { channelId: 'web', channelKind: 'webchat', remote: false },
  web2: { channelId: 'web2', channelKind: 'webchat', remote: false },
  far: { channelId: 'far', channelKind: 'qiscus', remote: true },
} as const;
const anySituation = fc
  .record({
    agents: fc.array(anyAgent, { maxLength: 8 }),
    wanted: fc.array(anyNeeds, { maxLength: 20 }),
    strategy: fc.constantFrom<Strategy>('least-loaded', 'longest-idle', 'round-robin'),
    roundRobinAfter: fc.constantFrom(null, 'a', 'a1', 'a4', 'b'),
  })
  .map(({ agents, wanted, strategy, roundRobinAfter }) => {
    const situation = makeSituation(
      agents.map((change, index) => makeAgent(`a${index}`, change)),
      wanted.map(({ channel, ...change }) => ({
        ...makeNeeds({ ...change, ...channels[channel] }),
        ...change,
      })),
      strategy,
    );
    return { ...situation, roundRobinAfter, now: 90_000 };
  });

/** Written here once more, so that a mistake in routing/eligible is not judged by itself. */
function standsAgainst(agent: AgentState, needs: Needs, now: number): string | null {
  if (agent.availability !== 'online') return 'availability';
  if (needs.teamId !== null && !agent.teamIds.has(needs.teamId)) return 'team';
  const [first = 1, second = 1] = needs.skillLevels ?? [];
  const levels = [first, second];
  const lacks = needs.skillIds.some((id, nth) => (agent.skills.get(id) ?? 0) < (levels[nth] ?? 1));
  if (lacks) return 'skills';
  if (agent.leaseUntil <= now) return 'lease';
  const held = agent.load + agent.externalLoad;
  if (held + needs.weight > agent.capacity) return 'capacity';
  if (exceedsLimit(agent, needs)) return 'limit';
  return agent.paceMs > 0 && now - agent.pacedFrom < agent.paceMs ? 'pace' : null;
}

function exceedsLimit({ limits, externalLoad }: AgentState, needs: Needs): boolean {
  const about = limits.filter(({ scope }) => [needs.channelId, needs.channelKind].includes(scope));
  const outside = needs.remote ? externalLoad : 0;
  return about.some(({ most, load }) => load + outside + needs.weight > most);
}

/** What holding one more makes of an agent. */
function hold(agent: AgentState, needs: Needs, now: number): void {
  agent.load += needs.weight;
  agent.pacedFrom = now;
  agent.limits = agent.limits.map((limit) => {
    const counts = limit.scope === needs.channelId || limit.scope === needs.channelKind;
    return { ...limit, load: limit.load + (counts ? needs.weight : 0) };
  });
}

type Standing = AgentState & { turn: number; chosenNow: boolean };

const inUse = (agent: AgentState) => (agent.load + agent.externalLoad) / agent.capacity;
type Asking = { needs: Needs; knows: string | null | undefined };
const skillOf = ({ skills }: Standing, { needs }: Asking) =>
  needs.skillIds.map((id) => skills.get(id) ?? 0).reduce((a, b) => a + b, 0);
const measures = {
  'load-share': inUse,
  idle: ({ idleSince }: Standing) => idleSince,
  turn: ({ turn }: Standing) => turn,
  skill: (agent: Standing, asking: Asking) => 0 - skillOf(agent, asking),
  'skill-ascending': skillOf,
  sticky: ({ agentId }: Standing, { knows }: Asking) => (agentId === knows ? 0 : 1),
};
const criteria = {
  'least-loaded': ['load-share', 'idle'],
  'longest-idle': ['idle'],
  'round-robin': ['turn'],
} as const;
const meant = {
  'least-loaded': 'load-share',
  'longest-idle': 'idle',
  'round-robin': 'turn',
  skill: 'skill',
  'skill-ascending': 'skill-ascending',
  sticky: 'sticky',
} as const;

/** The first in turn is whoever comes after the last that was chosen; after the last of all, the first of all. */
function lineUp({ agents, roundRobinAfter }: Situation): Standing[] {
  const after = roundRobinAfter ?? '';
  const later = agents.filter(({ agentId }) => agentId > after);
  const round = [...later, ...agents.filter((agent) => !later.includes(agent))];
  return agents.map((one) => ({ ...one, turn: round.indexOf(one), chosenNow: false }));
}

/** Who may serve these needs, and why the others may not. */
function sortOut(agents: Standing[], needs: Needs, now: number) {
  const removed: Record<string, number> = {};
  const eligible: Standing[] = [];
  for (const agent of agents) {
    const obstacle = standsAgainst(agent, needs, now);
    if (obstacle === null) eligible.push(agent);
    else removed[obstacle] = (removed[obstacle] ?? 0) + 1;
  }
  return { removed, eligible };
}

/** What decide promises, written the slow and obvious way: the best of all agents, one by one, and why. */
function decideSlowly(situation: Situation): unknown[] {
  const { strategy, now } = situation;
  const agents = lineUp(situation);
  const show = (agent: Standing) => ({
    agentId: agent.agentId,
    loadShare: Math.round(inUse(agent) * 1000) / 1000,
    idleSeconds: agent.chosenNow ? 0 : Math.max(0, Math.round((now - agent.idleSince) / 1000)),
  });
  const answers: unknown[] = [];
  for (const { conversationId, needsKey: key, stickyAgentId, onlySticky } of situation.waiting) {
    const { needs, prefer } = situation.screened.get(key) as Screened;
    const by = prefer?.map((name) => meant[name]) ?? criteria[strategy];
    const measure = (name: keyof typeof measures, agent: Standing) =>
      measures[name](agent, { needs, knows: stickyAgentId });
    const { removed, eligible } = sortOut(agents, needs, now);
    const differs = (a: Standing, b: Standing) =>
      by.find((name) => measure(name, a) !== measure(name, b));
    eligible.sort((a, b) => {
      const name = differs(a, b);
      if (name === undefined) return a.agentId < b.agentId ? -1 : 1;
      return measure(name, a) - measure(name, b);
    });
    const asked = eligible.filter(({ agentId }) => !onlySticky || agentId === stickyAgentId);
    const [best] = asked;
    if (best === undefined) continue;
    const second = eligible.find((one) => one !== best);
    const placed = by.filter((name) => name !== 'sticky');
    const place = placed.map((name) => {
      const before = eligible.filter((one) => measure(name, one) < measure(name, best));
      return [name, before.length + 1];
    });
    const decidedBy = second === undefined ? 'only-candidate' : (differs(best, second) ?? 'id');
    const because = {
      ...{ strategy, considered: agents.length, removed, eligible: eligible.length },
      ...(prefer !== undefined && { prefer }),
      winner: { ...show(best), place: Object.fromEntries(place) },
      decidedBy: onlySticky ? 'sticky' : decidedBy,
      runnerUp: second === undefined ? null : show(second),
    };
    answers.push({ conversationId, agentId: best.agentId, weight: needs.weight, because });
    hold(best, needs, now);
    best.idleSince = Math.max(best.idleSince, now);
    best.turn = agents.length + answers.length;
    best.chosenNow = true;
  }
  return answers;
}

test('any situation is decided and recorded as the slow and obvious way would', () => {
  fc.assert(
    fc.property(anySituation, (situation) => {
      expect(decide(situation).assignments).toEqual(decideSlowly(situation));
    }),
    { numRuns: process.env.USHER_LONG_TESTS === '1' ? 200_000 : 5000 },
  );
});

test('an agent who was given a conversation of other needs hides nobody who is better now', () => {
  // In the heap of those without a team, a3 stands above a4 when the team's conversation comes.
  const agents = [1, 2, 4, 2, 2].map((load, index) =>
    makeAgent(`a${index}`, { load, capacity: 10, teamIds: new Set(index === 3 ? ['s'] : []) }),
  );
  const ofTeam = makeNeeds({ teamId: 's', weight: 4 });
  const wanted = [makeNeeds(), ofTeam, makeNeeds(), makeNeeds()];
  expect(chosen(makeSituation(agents, wanted))).toEqual([
    ['c0', 'a0'],
    ['c1', 'a3'],
    ['c2', 'a1'],
    ['c3', 'a4'],
  ]);
});

test('a conversation whose needs were not looked at is passed over', () => {
  const situation = makeSituation([makeAgent('a')], [makeNeeds({ teamId: 's' }), makeNeeds()]);
  const screened = new Map([...situation.screened].slice(1));
  expect(chosen({ ...situation, screened })).toEqual([['c1', 'a']]);
});

test('the first round begins with the first agent, whatever the ids begin with', () => {
  const agents = [makeAgent('0f'), makeAgent('af')];
  expect(chosen(makeSituation(agents, [makeNeeds()], 'round-robin'))).toEqual([['c0', '0f']]);
});

test('nobody is ever given more than fits, and whoever is left over fits nowhere', () => {
  fc.assert(
    fc.property(anySituation, (situation) => {
      const { assignments } = decide(situation);
      const { now, screened } = situation;
      const later = new Map(situation.agents.map((agent) => [agent.agentId, { ...agent }]));
      const keys = new Map(situation.waiting.map((one) => [one.conversationId, one.needsKey]));
      for (const { agentId, conversationId } of assignments) {
        const agent = later.get(agentId) as AgentState;
        const { needs } = screened.get(keys.get(conversationId) ?? '') as Screened;
        expect(standsAgainst(agent, needs, now)).toBeNull();
        hold(agent, needs, now);
      }
      const given = new Set(assignments.map(({ conversationId }) => conversationId));
      for (const { conversationId, needsKey: key, onlySticky } of situation.waiting) {
        const needs = situation.screened.get(key)?.needs;
        if (needs === undefined || onlySticky || given.has(conversationId)) continue;
        const takers = [...later.values()].filter((agent) => {
          return standsAgainst(agent, needs, now) === null;
        });
        expect(takers).toEqual([]);
      }
    }),
    { numRuns: 500 },
  );
});
