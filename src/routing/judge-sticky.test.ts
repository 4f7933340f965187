import fc from 'fast-check';
import { expect, test } from 'vitest';
import { judgeSticky, type StickyWait } from './judge-sticky.ts';
import type { AgentState, Needs } from './types.ts';

const plan = { name: 'Known', sticky: { within: '30d', waitFor: 45 } };
const needs: Needs = {
  ...{
    channelId: 'web',
    channelKind: 'webchat',
    remote: false,
    externalChannelId: null,
    teamId: null,
  },
  ...{ skillIds: [], weight: 1, excludedAgentIds: [] },
};

function makeAgent(agentId: string, change: Partial<AgentState> = {}): AgentState {
  return {
    ...{ agentId, name: agentId, availability: 'online', leaseUntil: Number.POSITIVE_INFINITY },
    ...{ capacity: 1, load: 0, externalLoad: 0, answersHere: true, identities: new Map() },
    ...{ teamIds: new Set<string>(), skills: new Map<string, number>(), idleSince: 0 },
    ...{ limits: [], paceMs: 0, pacedFrom: Number.NEGATIVE_INFINITY },
    ...change,
  };
}

const judge = (
  known: AgentState[],
  { now = 0, before, needs: asked = needs }: { now?: number; before?: StickyWait; needs?: Needs },
) => judgeSticky(plan, { known, needs: asked, since: 0, before, now });

test('only the agent whom the contact knows may have it, until the time is over', () => {
  const ana = makeAgent('ana', { load: 1 });
  expect(judge([ana], { now: 44_999 })).toMatchObject({
    agentId: 'ana',
    wait: { until: 45_000 },
  });
  expect(judge([ana], { now: 45_000 })).toMatchObject({ agentId: 'ana', wait: { until: null } });
  const without = { name: 'Known', sticky: { within: '30d' } };
  const at = { known: [ana], needs, since: 0, before: undefined, now: 0 };
  expect(judgeSticky(without, at)).toMatchObject({ agentId: 'ana', wait: { until: null } });
  expect(judge([], {})).toMatchObject({ agentId: null, wait: { until: null } });
});

test.each<[string, Partial<AgentState>, Partial<Needs>]>([
  ['is offline', { availability: 'offline' }, {}],
  ['has let the lease run out', { leaseUntil: 0 }, {}],
  ['may take nothing so heavy, even without load', { capacity: 1 }, { weight: 2 }],
  ['is not in the team', {}, { teamId: 't' }],
  ['lacks a skill', {}, { skillIds: ['s'] }],
  ['does not serve the channel', { answersHere: false }, {}],
  ['has just declined it', {}, { excludedAgentIds: ['ana'] }],
])('nobody waits for an agent who %s, not even when that changes', (_, agent, change) => {
  const asked = { ...needs, ...change };
  const { agentId, wait } = judge([makeAgent('ana', agent)], { needs: asked });
  expect({ agentId, until: wait.until }).toEqual({ agentId: 'ana', until: null });
  expect(judge([makeAgent('ana')], { now: 1000, before: wait }).wait.until).toBeNull();
});

test('an agent who is away is waited for', () => {
  expect(judge([makeAgent('ana', { availability: 'away' })], {}).wait.until).toBe(45_000);
});

test('who comes first and cannot be reached gives way to the next, within the same time', () => {
  const [ana, budi] = [makeAgent('ana'), makeAgent('budi')];
  const offline = { ...ana, availability: 'offline' } as const;
  expect(judge([ana, budi], {}).agentId).toBe('ana');
  const { agentId, wait } = judge([offline, budi], { now: 1000 });
  expect({ agentId, until: wait.until }).toEqual({ agentId: 'budi', until: 45_000 });
  expect(judge([ana, budi], { now: 2000, before: wait }).agentId).toBe('budi');
});

test('in another plan the waiting begins anew', () => {
  const before = { plan: 'Before', until: null, over: ['ana'] };
  expect(judge([makeAgent('ana')], { before }).wait.until).toBe(45_000);
});

test('whatever becomes of the agents, it never waits again for one who was gone, nor past the time', () => {
  const anyAgents = fc.record({ ana: fc.boolean(), budi: fc.boolean(), ms: fc.nat(20_000) });
  fc.assert(
    fc.property(fc.array(anyAgents, { maxLength: 12 }), (looks) => {
      const gone = new Set<string>();
      let now = 0;
      let before: StickyWait | undefined;
      for (const { ana, budi, ms } of looks) {
        now += ms;
        const here = { ana, budi };
        const known = Object.entries(here).map(([id, isHere]) =>
          makeAgent(id, { availability: isHere ? 'online' : 'offline' }),
        );
        for (const [id, isHere] of Object.entries(here)) if (!isHere) gone.add(id);
        const first = ['ana', 'budi'].find((id) => !gone.has(id));
        const { agentId, wait } = judgeSticky(plan, { known, needs, since: 0, before, now });
        expect(agentId).toBe(first ?? 'ana');
        expect(wait.until).toBe(first !== undefined && now < 45_000 ? 45_000 : null);
        before = wait;
      }
    }),
  );
});
