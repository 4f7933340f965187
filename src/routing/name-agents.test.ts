import { expect, test } from 'vitest';
import { nameAgents } from './name-agents.ts';
import type { AgentState, Needs } from './types.ts';

const CHANNEL = 'mirror';
const needs: Needs = {
  ...{
    channelId: CHANNEL,
    channelKind: 'rocketchat',
    remote: true,
    externalChannelId: null,
    teamId: null,
    skillIds: [],
  },
  ...{ weight: 1, excludedAgentIds: [] },
};

function makeAgent(agentId: string, change: Partial<AgentState> = {}): AgentState {
  return {
    ...{ agentId, name: agentId, availability: 'online', answersHere: true, idleSince: 0 },
    ...{ limits: [], paceMs: 0, pacedFrom: Number.NEGATIVE_INFINITY },
    leaseUntil: Number.POSITIVE_INFINITY,
    ...{ capacity: 1, load: 0, externalLoad: 0 },
    identities: new Map([[CHANNEL, { externalId: agentId, externalChannelIds: null }]]),
    ...{ teamIds: new Set(), skills: new Map() },
    ...change,
  };
}

const name = (agents: AgentState[], requests: number, change: Partial<Needs> = {}) =>
  nameAgents({
    ...{ agents, requests, now: 1000, strategy: 'least-loaded', roundRobinAfter: null },
    needs: { ...needs, ...change },
  });
const count = (answers: (string | null)[]) =>
  Object.fromEntries(
    [...new Set(answers)].map((one) => [one, answers.filter((each) => each === one).length]),
  );

test('the requests of one question get one agent, for one place', () => {
  const { answers, places } = name([makeAgent('a'), makeAgent('b')], 10);
  expect(count(answers)).toEqual({ a: 10 });
  expect(places).toEqual([{ agentId: 'a', answersLeft: 0 }]);
});

test('the half of a burst that reached this node leaves the other half its answers', () => {
  expect(name([makeAgent('a')], 4).places).toEqual([{ agentId: 'a', answersLeft: 6 }]);
});

test('the best is who the router prefers, among those whom the channel knows and who are free', () => {
  const agents = [
    makeAgent('a', { identities: new Map() }),
    makeAgent('b', { availability: 'away' }),
    makeAgent('c', { externalLoad: 1 }),
    makeAgent('d', { capacity: 4, load: 2 }),
    makeAgent('e', { capacity: 4, load: 1, externalLoad: 0 }),
    makeAgent('f', { capacity: 4 }),
  ];
  const { answers } = name(agents, 10, { excludedAgentIds: ['f'] });
  expect(count(answers)).toEqual({ e: 10 });
});

test('questions that cannot be told apart go to one agent who has a place for each', () => {
  const agents = [makeAgent('a'), makeAgent('b', { capacity: 3, load: 1 })];
  const { answers, places } = name(agents, 20);
  expect(count(answers)).toEqual({ b: 20 });
  expect(places).toHaveLength(2);
});

test('where nobody has a place for each, every answer costs a place, and they are spread', () => {
  const { answers, places } = name([makeAgent('a'), makeAgent('b')], 20);
  expect(count(answers)).toEqual({ a: 1, b: 1, null: 18 });
  expect(answers.flatMap((one, n) => (one === null ? [] : [n]))).toEqual([0, 10]);
  expect(places).toHaveLength(2);
});

test('however many ask, nobody is named for more rooms than they have places', () => {
  const agents = ['a', 'b', 'c'].map((id) => makeAgent(id, { capacity: 5 }));
  for (const requests of [1, 10, 11, 50, 51, 60, 200, 300]) {
    const { answers, places } = name(agents, requests);
    for (const { agentId, capacity } of agents) {
      const held = places.filter((place) => place.agentId === agentId).length;
      expect(held, `${requests}`).toBeLessThanOrEqual(capacity);
      const given = answers.filter((answer) => answer === agentId).length;
      // Each answer may be another room's, unless there is a place for every question.
      expect(held, `${requests}`).toBeGreaterThanOrEqual(Math.min(given, Math.ceil(requests / 10)));
    }
  }
});

test('nobody free: no answer, and no place is held', () => {
  const { answers, places } = name([makeAgent('a', { load: 1 })], 10);
  expect(count(answers)).toEqual({ null: 10 });
  expect(places).toEqual([]);
});

test('of a burst that asks two questions, the first place alone keeps what is left to answer', () => {
  const { places } = name([makeAgent('a', { capacity: 2 })], 15);
  expect(places).toEqual([
    { agentId: 'a', answersLeft: 5 },
    { agentId: 'a', answersLeft: 0 },
  ]);
});

test('where each answer costs a place, a question gets three of them however many are free', () => {
  const agents = Array.from({ length: 9 }, (_, n) => makeAgent(`agent-${n}`));
  expect(name(agents, 20).places).toHaveLength(6);
});

test('the next round begins after whoever was named last, and stays where nobody was', () => {
  const ask = (agents: AgentState[]) =>
    nameAgents({
      ...{ agents, requests: 20, now: 1000, strategy: 'round-robin', roundRobinAfter: 'b' },
      needs,
    });
  const agents = ['a', 'b', 'c', 'd'].map((id) => makeAgent(id));
  expect(ask(agents.slice(0, 3)).roundRobinAfter).toBe('b');
  expect(ask(agents).roundRobinAfter).toBe('b');
  expect(ask(agents.filter(({ agentId }) => agentId !== 'b')).roundRobinAfter).toBe('a');
  expect(ask([]).roundRobinAfter).toBe('b');
});
