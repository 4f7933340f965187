import { expect, test } from 'vitest';
import { judgePresence } from './judge-presence.ts';
import type { AgentState, Needs } from './types.ts';

const needs: Needs = {
  ...{
    channelId: 'web',
    channelKind: 'webchat',
    remote: false,
    externalChannelId: null,
    excludedAgentIds: [],
  },
  ...{ teamId: 'orders', skillIds: ['spanish'], weight: 2 },
};

function makeAgent(change: Partial<AgentState> = {}): AgentState {
  return {
    ...{ agentId: 'a', name: 'Ana', availability: 'online', leaseUntil: Number.POSITIVE_INFINITY },
    ...{ capacity: 3, load: 0, externalLoad: 0, answersHere: true, identities: new Map() },
    ...{
      teamIds: new Set(['orders']),
      skills: new Map([
        ['spanish', 1],
        ['ads', 1],
      ]),
      idleSince: 0,
      ...{ limits: [], paceMs: 0, pacedFrom: Number.NEGATIVE_INFINITY },
      ...{ limits: [], paceMs: 0, pacedFrom: Number.NEGATIVE_INFINITY },
    },
    ...change,
  };
}

test.each<[string, Partial<AgentState>[], string]>([
  ['nobody', [], 'away'],
  ['one with room', [{}], 'here'],
  ['one whose room is just enough', [{ load: 1 }], 'here'],
  ['one whose room is too small for the channel’s weight', [{ load: 2 }], 'busy'],
  ['one who holds others in an outside system', [{ externalLoad: 2 }], 'busy'],
  ['one who is full and one who is not', [{ load: 3 }, {}], 'here'],
  ['one who has chosen to be away', [{ availability: 'away' }], 'away'],
  ['one of another team', [{ teamIds: new Set(['billing']) }], 'away'],
  ['one without the skill', [{ skills: new Map([['ads', 1]]) }], 'away'],
  ['one who answers elsewhere', [{ answersHere: false }], 'away'],
  [
    'a full one of the team and a free one of another',
    [{ load: 3 }, { teamIds: new Set() }],
    'busy',
  ],
])('with %s', (_, agents, state) => {
  expect(judgePresence(agents.map(makeAgent), needs)).toBe(state);
});
