// Who could serve a step is whom the router would find to fit it.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findMismatch } from '../../../src/routing/eligible.ts';
import type { Agent } from '../../api/shapes.ts';
import { countServing } from './count-serving.ts';

const teams = ['Sales', 'Help'].map((name) => ({ id: `id ${name}`, name }));
const skills = ['Thai', 'Visa'].map((name) => ({ id: `id ${name}`, name }));
const levels = fc.dictionary(fc.constantFrom('Thai', 'Visa'), fc.integer({ min: 1, max: 5 }), {
  noNullPrototype: true,
});
const byId = (of: Record<string, number>) =>
  Object.fromEntries(Object.entries(of).map(([name, level]) => [`id ${name}`, level]));
const agent = fc.record({
  teamIds: fc.subarray(teams.map(({ id }) => id)),
  skillLevels: levels.map(byId),
  availability: fc.constantFrom('online', 'away', 'offline'),
});
const step = fc.record({
  team: fc.constantFrom(null, 'sales', 'id Help'),
  skills: levels,
});

test('those who are online are whom the router would find to fit, and all those whom it would if they were', () => {
  fc.assert(
    fc.property(fc.array(agent, { maxLength: 6 }), step, (some, asked) => {
      const agents = some.map((one) => ({ ...one, skillIds: Object.keys(one.skillLevels) }));
      const counted = countServing(asked, { agents: agents as unknown as Agent[], teams, skills });
      const fits = (availability?: 'online') =>
        agents.filter((one) => {
          const state = {
            ...one,
            ...(availability && { availability }),
            agentId: 'a',
            answersHere: true,
          };
          const needs = {
            ...{ channelId: 'c', remote: false, externalChannelId: null, weight: 1 },
            teamId: asked.team === null ? null : asked.team === 'sales' ? 'id Sales' : 'id Help',
            skillIds: Object.keys(byId(asked.skills)),
            skillLevels: Object.values(asked.skills),
            excludedAgentIds: [],
          };
          const known = new Map(Object.entries(one.skillLevels));
          const asState = { ...state, teamIds: new Set(one.teamIds), skills: known };
          return findMismatch(asState as never, needs) === null;
        }).length;
      expect(counted).toEqual({ online: fits(), all: fits('online'), depends: false });
    }),
  );
});

test('what is left to the conversation is said, and whoever is not known serves nothing', () => {
  const agents = [
    { teamIds: [], skillIds: [], skillLevels: {}, availability: 'online' } as unknown as Agent,
  ];
  const known = { agents, teams, skills };
  expect(countServing({}, known)).toEqual({ online: 1, all: 1, depends: true });
  expect(countServing({ team: 'Gone', skills: {} }, known)).toEqual({
    ...{ online: 0, all: 0, depends: false },
  });
});
