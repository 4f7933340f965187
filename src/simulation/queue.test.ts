// That agents without room are left out changes no decision: each queue is matched beside one decision about everybody.
import { expect, test } from 'vitest';
import { defaultPolicy } from '../contract/policy/policy.ts';
import type { CriterionName, Strategy } from '../contract/strategies.ts';
import { decide } from '../routing/decide.ts';
import { compilePolicy } from '../routing/plans/compile-policy.ts';
import { screen } from '../routing/screen.ts';
import type { Needs } from '../routing/types.ts';
import { makeAgents } from './agents.ts';
import { matchQueue } from './match-queue.ts';
import { chargeAgent, type InLine, joinQueue, makeQueue } from './queue.ts';
import { makeStreams } from './random.ts';

const NOW = 1_000_000;
const SKILLS = ['a', 'b', 'c'];
const strategies: Strategy[] = ['least-loaded', 'longest-idle', 'round-robin'];
const PREFER: readonly CriterionName[] = ['skill', 'least-loaded'];
const KNOWN: readonly CriterionName[] = ['sticky', 'skill'];

interface Waiter extends InLine<Waiter> {
  needs: Needs;
}

function makeNeeds(skill: string, weight: number, refused: readonly string[] = []): Needs {
  const [excluded, ...asked] = refused;
  return {
    ...{ channelId: 'c', channelKind: 'c', externalChannelId: null, remote: false },
    ...{ teamId: null, skillIds: [skill], skillLevels: [2], weight },
    excludedAgentIds: excluded === undefined ? [] : [excluded],
    ...(refused.length > 0 && { askedAgentIds: asked }),
  };
}

/** A busy centre, where some have room, and a queue of three groups. */
function makeSituation(seed: number, strategy: Strategy, prefer: typeof PREFER | undefined) {
  const draw = makeStreams(seed)();
  const upTo = (most: number) => Math.floor(draw() * most);
  const agents = makeAgents(
    Array.from({ length: 30 }, (_, nth) => ({
      ...{ name: `agent ${nth}`, capacity: 3 },
      skills: Object.fromEntries(SKILLS.map((skill) => [skill, 1 + upTo(5)])),
    })),
    0,
  );
  const policy = { ...compilePolicy({ ...defaultPolicy, strategy }), preferIn: () => prefer };
  const queue = makeQueue<Waiter>(agents, policy);
  queue.roundRobinAfter = agents[upTo(30)]?.state.agentId ?? null;
  for (let nth = 0; nth < 12; nth += 1) {
    const group = upTo(3);
    const someone = () => agents[upTo(30)]?.state.agentId as string;
    // Every second one is asked for by all alike; the others were refused by three, or wait for one alone.
    const refused = nth % 4 === 1 ? [someone(), someone(), someone()] : [];
    const awaits = nth % 4 === 3 ? upTo(30) : null;
    const stickyAgentId = awaits === null ? someone() : (agents[awaits]?.state.agentId as string);
    const needs = makeNeeds(SKILLS[group] as string, 1 + (group % 2), refused);
    const item: Waiter = { id: String(nth).padStart(3, '0'), place: null, needs };
    const key = [awaits, ...refused, group].join();
    joinQueue(queue, item, {
      ...{ key, needs, plan: null, rankAt: upTo(100), stickyAgentId, awaits },
    });
  }
  agents.forEach((_, at) => {
    chargeAgent(queue, { at, weight: draw() < 0.7 ? 3 : upTo(4), now: upTo(NOW) });
  });
  return queue;
}

test.each(
  strategies.flatMap((strategy) =>
    [undefined, PREFER, KNOWN].map((prefer) => [strategy, prefer] as const),
  ),
)(
  'by %s, preferring %s, a queue is given as one decision about all agents gives it',
  (strategy, prefer) => {
    let given = 0;
    for (let seed = 0; seed < 60; seed += 1) {
      const queue = makeSituation(seed, strategy, prefer);
      const groups = [...queue.groups.values()];
      const waiting = groups.flatMap(({ key, line, awaits }) => {
        const places = [];
        for (let at = line.pop(); at !== undefined; at = line.pop()) places.push(at);
        for (const place of places) line.push(place);
        return places.map(({ id, rankAt, stickyAgentId }) => ({
          ...{ conversationId: id, rankAt, needsKey: key, stickyAgentId },
          onlySticky: awaits !== null,
        }));
      });
      waiting.sort((a, b) => a.rankAt - b.rankAt || (a.conversationId < b.conversationId ? -1 : 1));
      const { assignments, roundRobinAfter } = decide({
        ...{ strategy, now: NOW, agents: queue.states, roundRobinAfter: queue.roundRobinAfter },
        screened: new Map(
          groups.map(({ key, screened }) => [key, screen(queue.states, screened.needs, prefer)]),
        ),
        waiting,
      });
      const matched = matchQueue(queue, 'everybody', NOW);
      expect(matched.map(({ item, to }) => [item.id, queue.states[to]?.agentId])).toEqual(
        assignments.map(({ conversationId, agentId }) => [conversationId, agentId]),
      );
      expect(queue.roundRobinAfter).toBe(roundRobinAfter);
      given += matched.length;
    }
    expect(given).toBeGreaterThan(200);
  },
);
