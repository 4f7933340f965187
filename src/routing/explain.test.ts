// What a waiting conversation waits for, told by the rules that would give it to somebody.
import { expect, test } from 'vitest';
import { explainWait } from './explain.ts';
import type { AgentState, Needs } from './types.ts';

function makeAgent(name: string, change: Partial<AgentState> = {}): AgentState {
  return {
    ...{ agentId: name, name, availability: 'online', leaseUntil: Number.POSITIVE_INFINITY },
    ...{ capacity: 4, load: 0, externalLoad: 0, answersHere: true, identities: new Map() },
    ...{ teamIds: new Set(), skills: new Map(), idleSince: 0 },
    ...{ limits: [], paceMs: 0, pacedFrom: Number.NEGATIVE_INFINITY },
    ...change,
  };
}

const needs: Needs = {
  ...{
    channelId: 'web',
    channelKind: 'webchat',
    remote: false,
    externalChannelId: null,
    teamId: null,
  },
  ...{ skillIds: [], weight: 3, excludedAgentIds: [] },
};

const explain = (agents: AgentState[], change: Partial<Needs> = {}) =>
  explainWait({
    ...{ needs: { ...needs, ...change }, agents, now: 1000, position: 1, waitedSeconds: 5 },
    ...{ hold: null, exclusions: [] },
  });

test('of those without room, whoever has the smallest share in use is named, what they hold elsewhere counted', () => {
  const agents = [
    makeAgent('Ana', { load: 4 }),
    makeAgent('Budi', { load: 1, externalLoad: 1 }),
    makeAgent('Citra', { load: 3 }),
  ];
  expect(explain(agents).slice(1)).toEqual([
    { code: 'considered', considered: 3, eligible: 0, removed: { capacity: 3 } },
    { code: 'ends-one', agentName: 'Budi', held: 2, capacity: 4 },
  ]);
  expect(explain(agents.toReversed())).toEqual(explain(agents));
});

test('whoever has exactly the room that it needs is to be given it', () => {
  expect(explain([makeAgent('Ana', { load: 1 })]).slice(1)).toEqual([
    { code: 'considered', considered: 1, eligible: 1, removed: {} },
    { code: 'next-pass' },
  ]);
});

test('whoever could not take it with empty hands is not waited for', () => {
  const agents = [
    makeAgent('Ana', { capacity: 0 }),
    makeAgent('Budi', { capacity: 2, load: 2 }),
    makeAgent('Citra', { capacity: 3, load: 5 }),
  ];
  expect(explain(agents).slice(2)).toEqual([
    { code: 'ends-one', agentName: 'Citra', held: 5, capacity: 3 },
  ]);
  expect(explain(agents.slice(0, 2)).slice(2)).toEqual([{ code: 'nobody-could' }]);
});

test('whose lease is over counts as gone', () => {
  expect(explain([makeAgent('Ana', { leaseUntil: 1000 })]).slice(1)).toEqual([
    { code: 'considered', considered: 1, eligible: 0, removed: { lease: 1 } },
    { code: 'nobody-could' },
  ]);
});

test('only skills that nobody has of those whom nothing else rules out are lacking', () => {
  const agents = [
    makeAgent('Ana', { skills: new Map([['thai', 1]]) }),
    makeAgent('Budi', {
      availability: 'away',
      skills: new Map([
        ['thai', 1],
        ['visa', 1],
      ]),
    }),
  ];
  expect(explain(agents, { skillIds: ['thai', 'visa'] })[2]).toEqual({
    ...{ code: 'lacks-skills', skills: ['visa'] },
  });
});

test('where all agents of an outside system are full, nobody is asked to come online', () => {
  const identities = new Map([['web', { externalId: '7', externalChannelIds: null }]]);
  const full = makeAgent('Ana', { load: 4, answersHere: false, identities });
  expect(explain([full], { remote: true }).slice(2)).toEqual([
    { code: 'ends-one', agentName: 'Ana', held: 4, capacity: 4 },
  ]);
});
