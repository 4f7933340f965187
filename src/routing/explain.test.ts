// What a waiting conversation waits for, told by the rules that would give it to somebody.
import { expect, test } from 'vitest';
import { explainWait } from './explain.ts';
import type { AgentState, Needs } from './types.ts';

function makeAgent(name: string, change: Partial<AgentState> = {}): AgentState {
  return {
    ...{ agentId: name, name, availability: 'online', leaseUntil: Number.POSITIVE_INFINITY },
    ...{ capacity: 4, load: 0, externalLoad: 0, answersHere: true, identities: new Map() },
    ...{ teamIds: new Set(), skillIds: new Set(), idleSince: 0 },
    ...change,
  };
}

const needs: Needs = {
  ...{ channelId: 'web', remote: false, externalChannelId: null, teamId: null },
  ...{ skillIds: [], weight: 3, excludedAgentIds: [] },
};

const explain = (agents: AgentState[]) =>
  explainWait({
    ...{ needs, agents, now: 1000, position: 1, waitedSeconds: 5, hold: null, exclusions: [] },
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
