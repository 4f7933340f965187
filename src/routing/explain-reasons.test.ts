// Why an agent was taken, and what a waiting conversation waits for: codes and figures from values alone.
import { expect, test } from 'vitest';
import type { Reason } from '../contract/reasons.ts';
import { explainAssignment, explainWait } from './explain.ts';
import type { AgentState, Because, Needs } from './types.ts';

const because: Because = {
  strategy: 'least-loaded',
  considered: 4,
  removed: { availability: 2, lease: 0 },
  eligible: 2,
  winner: { agentId: 'a', loadShare: 0.5, idleSeconds: 3, place: { 'load-share': 1, idle: 2 } },
  decidedBy: 'load-share',
  runnerUp: { agentId: 'b', loadShare: 1, idleSeconds: 9 },
};
const names = new Map([
  ['a', 'Ana'],
  ['b', 'Budi'],
]);
const nameOf = (id: string) => names.get(id) ?? id;

test('who was chosen, among whom, and who was second', () => {
  expect(explainAssignment(because, nameOf)).toEqual([
    {
      ...{ code: 'chosen', agentId: 'a', agentName: 'Ana', loadShare: 0.5, idleSeconds: 3 },
      strategy: 'least-loaded',
    },
    { code: 'considered', considered: 4, eligible: 2, removed: { availability: 2 } },
    {
      ...{ code: 'runner-up', agentId: 'b', agentName: 'Budi', loadShare: 1, idleSeconds: 9 },
      decidedBy: 'load-share',
    },
  ]);
});

test('without a second it says why there was none', () => {
  const alone: Because = { ...because, runnerUp: null, decidedBy: 'only-candidate' };
  expect(explainAssignment(alone, nameOf)[2]).toEqual({
    ...{ code: 'no-runner-up', decidedBy: 'only-candidate' },
  });
});

const makeAgent = (agentId: string, change: Partial<AgentState> = {}): AgentState => ({
  ...{ agentId, name: agentId, availability: 'online', leaseUntil: 2000, capacity: 2, load: 0 },
  ...{ externalLoad: 0, answersHere: true, identities: new Map(), teamIds: new Set<string>() },
  ...{ skills: new Map<string, number>(), idleSince: 0 },
  ...{ limits: [], paceMs: 0, pacedFrom: Number.NEGATIVE_INFINITY },
  ...change,
});
const needs: Needs = {
  ...{
    channelId: 'web',
    channelKind: 'webchat',
    remote: false,
    externalChannelId: null,
    teamId: null,
    skillIds: [],
  },
  ...{ weight: 1, excludedAgentIds: [] },
};

function explain(
  agents: AgentState[],
  change: Partial<Parameters<typeof explainWait>[0]> = {},
): Reason[] {
  const wait = { needs, agents, now: 1000, position: 3, waitedSeconds: 60, hold: null };
  return explainWait({ ...wait, exclusions: [], ...change });
}
const rest = (reasons: Reason[]) => reasons.slice(2);

test('how long it waits and at which place, who was considered, and that somebody will have it', () => {
  expect(explain([makeAgent('a'), makeAgent('b', { load: 2 })])).toEqual([
    { code: 'waits', seconds: 60, position: 3 },
    { code: 'considered', considered: 2, eligible: 1, removed: { capacity: 1 } },
    { code: 'next-pass' },
  ]);
});

test('what is held says why and until when, and promises no pass', () => {
  const until = new Date('2026-01-02T03:04:05Z');
  const codes = (hold: { until: Date | null; reason: string }) =>
    explain([makeAgent('a')], { hold }).slice(1);
  const considered = { code: 'considered', considered: 1, eligible: 1, removed: {} };
  expect(codes({ until, reason: 'declined' })).toEqual([
    { code: 'held', until: '2026-01-02T03:04:05.000Z', holdReason: 'declined' },
    considered,
  ]);
  expect(codes({ until: null, reason: 'recheck' })).toEqual([
    { code: 'held', until: null, holdReason: 'recheck' },
    considered,
  ]);
});

test('of those who are full the least loaded is named, with what each holds', () => {
  const full = [
    makeAgent('a', { load: 3, capacity: 2 }),
    makeAgent('b', { load: 1, externalLoad: 1 }),
    makeAgent('c', { load: 5, capacity: 2 }),
  ];
  expect(rest(explain(full))).toEqual([{ code: 'ends-one', agentName: 'b', held: 2, capacity: 2 }]);
});

test('of those who are not online the first who could take it is named, with how many others', () => {
  const away = { availability: 'away' as const };
  const agents = [
    makeAgent('full', { ...away, load: 2 }),
    makeAgent('a', { ...away, leaseUntil: 500 }),
    makeAgent('b', away),
  ];
  expect(rest(explain(agents))).toEqual([{ code: 'comes-online', agentName: 'a', others: 1 }]);
  expect(rest(explain([makeAgent('full', { ...away, load: 2 })]))).toEqual([
    { code: 'nobody-could' },
  ]);
});

test('of those who are excluded the first who may be asked again is named', () => {
  const agents = [makeAgent('a', { name: 'Ana' }), makeAgent('b')];
  const exclusion = (agentId: string, until: string) => ({
    agentId,
    until,
    cause: 'declined',
    times: 1,
  });
  const exclusions = [
    exclusion('b', '2026-01-01T00:00:09Z'),
    exclusion('a', '2026-01-01T00:00:05Z'),
    exclusion('gone', '2026-01-01T00:00:01Z'),
  ];
  const wait = { needs: { ...needs, excludedAgentIds: ['a', 'b'] }, exclusions };
  expect(rest(explain(agents, wait))).toEqual([
    {
      ...{ code: 'may-be-asked-again', agentName: 'Ana', cause: 'declined', others: 1 },
      until: '2026-01-01T00:00:05Z',
    },
  ]);
});

test('skills that nobody has are named; where each is had but not together, all of them', () => {
  const wanted = { needs: { ...needs, skillIds: ['x', 'y'] } };
  const lacking = (agents: AgentState[], more = {}) =>
    explain(agents, { ...wanted, ...more }).filter(({ code }) => code === 'lacks-skills');
  const [x, y] = [
    makeAgent('a', { skills: new Map([['x', 1]]) }),
    makeAgent('b', { skills: new Map([['y', 1]]) }),
  ];
  expect(lacking([x])).toEqual([{ code: 'lacks-skills', skills: ['y'] }]);
  expect(lacking([x], { skillName: (id: string) => `skill ${id}` })).toEqual([
    { code: 'lacks-skills', skills: ['skill y'] },
  ]);
  expect(lacking([x, y])).toEqual([{ code: 'lacks-skills', skills: ['x', 'y'] }]);
  const offline = { availability: 'offline' as const };
  expect(lacking([{ ...x, ...offline }])).toEqual([{ code: 'lacks-skills', skills: ['y'] }]);
  expect(
    lacking([
      { ...x, ...offline },
      { ...y, ...offline },
    ]),
  ).toEqual([]);
});

test('where nobody could have it, it says so', () => {
  expect(rest(explain([makeAgent('a', { answersHere: false })]))).toEqual([
    { code: 'nobody-could' },
  ]);
  expect(rest(explain([]))).toEqual([{ code: 'nobody-could' }]);
});
