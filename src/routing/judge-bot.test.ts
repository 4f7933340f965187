import { expect, test } from 'vitest';
import { decide } from './decide.ts';
import { findObstacle } from './eligible.ts';
import { judgeBot } from './judge-bot.ts';
import { needsKey, readBot } from './needs-key.ts';
import { screen } from './screen.ts';
import type { AgentState, Needs } from './types.ts';

const BOT = '00000000-0000-7000-8000-00000000000b';
const NOW = 1_000_000;

const agent = (change: Partial<AgentState> = {}): AgentState => ({
  ...{ agentId: BOT, name: 'Botty', availability: 'online', leaseUntil: Number.POSITIVE_INFINITY },
  ...{ capacity: 2, load: 0, externalLoad: 0, answersHere: true, identities: new Map() },
  ...{ teamIds: new Set(), skills: new Map(), idleSince: 0, limits: [], paceMs: 0 },
  ...{ pacedFrom: Number.NEGATIVE_INFINITY, isBot: true },
  ...change,
});
const needs: Needs = {
  ...{ channelId: 'c', channelKind: 'api', remote: false, externalChannelId: null },
  ...{ teamId: 'team', skillIds: ['skill'], weight: 1, excludedAgentIds: [] },
};
const judge = (change: Partial<Parameters<typeof judgeBot>[1]> = {}) =>
  judgeBot(
    { name: 'P', agentId: BOT },
    { agent: agent(), needs, before: undefined, isOver: false, now: NOW, ...change },
  );

test('a bot with room is first, whatever team and skills the steps ask of people', () => {
  expect(judge()).toEqual({ plan: 'P', agentId: BOT, until: NOW + 1000 });
});

test('nobody waits for a bot: not for one that is away, gone, full, a person, or on another channel', () => {
  const none = [
    { agent: undefined },
    { agent: agent({ availability: 'offline' }) },
    { agent: agent({ load: 2 }) },
    { agent: agent({ isBot: false }) },
    { needs: { ...needs, remote: true } },
    { isOver: true },
  ];
  for (const change of none) expect(judge(change)).toBeNull();
});

test('it is asked once in a plan, and in another plan anew', () => {
  const before = { plan: 'P', agentId: BOT, until: NOW + 10 };
  expect(judge({ before })).toEqual(before);
  expect(judge({ before: { ...before, until: NOW } })).toBeNull();
  expect(judge({ before: { ...before, plan: 'Q', until: 0 } })?.until).toBe(NOW + 1000);
});

test('bots and people never fit the same needs', () => {
  const person = agent({
    isBot: false,
    teamIds: new Set(['team']),
    skills: new Map([['skill', 1]]),
  });
  const first = { ...needs, botAgentId: BOT };
  expect(findObstacle(agent(), needs, { now: NOW })).toBe('bot');
  expect(findObstacle(agent({ agentId: 'another' }), first, { now: NOW })).toBe('bot');
  expect(findObstacle(agent(), first, { now: NOW })).toBeNull();
  expect(findObstacle(person, first, { now: NOW })).toBe('bot');
  expect(findObstacle(person, needs, { now: NOW })).toBeNull();
});

test('the key names the bot, stands before every group that waits for somebody, and is read again', () => {
  const key = needsKey(needs, { plan: 'P', botAgentId: BOT });
  expect(readBot(key)).toBe(BOT);
  expect(readBot(needsKey(needs, { plan: 'P' }))).toBeNull();
  expect(key < '~').toBe(true);
});

test('the decision says that the plan gives it to the bot first', () => {
  const agents = [agent()];
  const key = needsKey(needs, { botAgentId: BOT });
  const { assignments } = decide({
    ...{ strategy: 'least-loaded', roundRobinAfter: null, agents, now: NOW },
    waiting: [1, 2, 3].map((nth) => ({
      ...{ conversationId: `${nth}`, rankAt: nth, needsKey: key },
    })),
    screened: new Map([[key, screen(agents, { ...needs, botAgentId: BOT })]]),
  });
  expect(assignments.map(({ because }) => because.decidedBy)).toEqual(['bot', 'bot']);
});
