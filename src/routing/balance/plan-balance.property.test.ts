// A plan is the most even with the fewest moves: held against trying every way, for all small cases.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Case,
  costOf,
  heldBefore,
  tryAll,
  tryAllLoads,
} from '../../../test/makers/balance-oracle.ts';
import type { AgentState } from '../types.ts';
import { type BalancePlan, type Balancing, planBalance } from './plan-balance.ts';

const LONG = process.env.USHER_LONG_TESTS === '1';

const idOf = (agent: number): string => `agent-${agent}`;

function toAgent(capacity: number, load: number, nth: number): AgentState {
  return {
    ...{ agentId: idOf(nth), name: idOf(nth), availability: 'online', capacity, load },
    ...{ leaseUntil: Number.POSITIVE_INFINITY, externalLoad: 0, answersHere: true, idleSince: 0 },
    ...{ identities: new Map(), teamIds: new Set<string>(), skills: new Map() },
    ...{ limits: [], paceMs: 0, pacedFrom: Number.NEGATIVE_INFINITY },
  };
}

/** Conversations that the same agents may be given have equal needs. */
function toBalancing(one: Case): Balancing {
  const held = heldBefore(one);
  const agents = one.capacities.map((capacity, nth) => toAgent(capacity, held[nth] as number, nth));
  const keyOf = (eligible: readonly number[]) => eligible.toSorted((a, b) => a - b).join('+');
  const needs = {
    ...{
      channelId: 'c',
      channelKind: 'webchat' as const,
      remote: false,
      externalChannelId: null,
      teamId: null,
    },
    ...{ skillIds: [], excludedAgentIds: [], weight: one.weight },
  };
  const screened = one.conversations.map(
    ({ eligible }) =>
      [keyOf(eligible), { needs, fit: [...eligible], removed: {}, ratings: new Map() }] as const,
  );
  const movable = one.conversations.map(({ owner, eligible }, nth) => ({
    ...{ conversationId: `conversation-${nth}`, agentId: idOf(owner), rankAt: nth },
    ...{ needsKey: keyOf(eligible), weight: one.weight },
  }));
  const most = Number.POSITIVE_INFINITY;
  return { agents, movable, screened: new Map(screened), now: 0, teamId: null, most };
}

/** Done as it says, or why it cannot be done. */
function carryOut(one: Case, { moves }: BalancePlan): number[] {
  const held = heldBefore(one);
  const moved = new Set<string>();
  for (const { conversationId, from, to } of moves) {
    const nth = Number(conversationId.replace('conversation-', ''));
    const { owner, eligible } = one.conversations[nth] as Case['conversations'][number];
    const target = Number(to.replace('agent-', ''));
    if (moved.has(conversationId)) throw new Error(`${conversationId} moves twice`);
    if (from !== idOf(owner) || from === to)
      throw new Error(`${conversationId} is not with ${from}`);
    if (!eligible.includes(target)) throw new Error(`${to} may not have ${conversationId}`);
    moved.add(conversationId);
    held[owner] = (held[owner] as number) - one.weight;
    held[target] = (held[target] as number) + one.weight;
  }
  return held;
}

function expectBest(one: Case, best: { cost: bigint; moves: number }): void {
  const before = heldBefore(one);
  const plan = planBalance(toBalancing(one));
  const held = carryOut(one, plan);
  expect({ cost: costOf(one, held), moves: plan.moves.length }).toEqual(best);
  expect(plan.shares.map(({ heldBefore }) => heldBefore)).toEqual(before);
  expect(plan.shares.map(({ heldAfter }) => heldAfter)).toEqual(held);
  held.forEach((load, agent) => {
    const capacity = one.capacities[agent] as number;
    const most = Math.max(before[agent] as number, capacity);
    expect(load).toBeLessThanOrEqual(most);
  });
}

function subsets(count: number): number[][] {
  return Array.from({ length: 2 ** count }, (_, mask) =>
    Array.from({ length: count }, (_, agent) => agent).filter((agent) => (mask >> agent) & 1),
  );
}

/** Every way to choose one of each. */
function* product<T>(options: readonly (readonly T[])[]): Generator<T[]> {
  const [first, ...rest] = options;
  if (first === undefined) {
    yield [];
    return;
  }
  for (const one of first) for (const others of product(rest)) yield [one, ...others];
}

/** In any order they are the same case. */
function isSorted(numbers: readonly number[]): boolean {
  return numbers.every((one, at) => at === 0 || one >= (numbers[at - 1] as number));
}

function listCases(agents: number, most: { conversations: number; capacity: number }): Case[] {
  const numbers = Array.from({ length: agents }, (_, agent) => agent);
  const sizes = Array.from({ length: most.capacity }, (_, nth) => nth + 1);
  const each = numbers.flatMap((owner) => subsets(agents).map((eligible) => ({ owner, eligible })));
  const choices = Array.from({ length: most.conversations + 1 }, (_, count) =>
    [...product(Array.from({ length: count }, () => [...each.keys()]))].filter(isSorted),
  ).flat();
  return [...product(numbers.map(() => sizes))].flatMap((capacities) =>
    choices.map((chosen) => ({
      ...{ capacities, fixed: numbers.map(() => 0), weight: 1 },
      conversations: chosen.map((nth) => each[nth] as (typeof each)[number]),
    })),
  );
}

test.each([
  [1, { conversations: 4, capacity: 4 }],
  [2, { conversations: 4, capacity: 4 }],
  [3, { conversations: 2, capacity: 3 }],
])('of %i agents, every case there is: %o', (agents, most) => {
  for (const one of listCases(agents, most)) expectBest(one, tryAll(one));
});

const anyCase: fc.Arbitrary<Case> = fc.integer({ min: 1, max: 5 }).chain((agents) => {
  const agent = fc.nat({ max: agents - 1 });
  const eligible = fc.oneof(
    fc.subarray(Array.from({ length: agents }, (_, nth) => nth)),
    fc.constant(Array.from({ length: agents }, (_, nth) => nth)),
  );
  const perAgent = <T>(values: fc.Arbitrary<T>) =>
    fc.array(values, { minLength: agents, maxLength: agents });
  return fc.record({
    capacities: perAgent(fc.oneof(fc.integer({ min: 1, max: 12 }), fc.constant(4))),
    fixed: perAgent(fc.oneof(fc.constant(0), fc.nat({ max: 5 }))),
    weight: fc.constantFrom(1, 1, 1, 2, 3),
    conversations: fc.array(fc.record({ owner: agent, eligible }), { maxLength: 12 }),
  });
});

test('of up to 5 agents and 12 conversations of one weight, no plan is more even, and none as even has fewer moves', () => {
  const check = (one: Case) => expectBest(one, tryAllLoads(one));
  fc.assert(fc.property(anyCase, check), { numRuns: LONG ? 100_000 : 3_000 });
});

test('the two ways to try everything find the same', () => {
  const few = anyCase.map((one) => ({ ...one, conversations: one.conversations.slice(0, 6) }));
  const check = (one: Case) => {
    expect(tryAllLoads(one)).toEqual(tryAll(one));
  };
  fc.assert(fc.property(few, check), { numRuns: 200 });
});

test('the same case in another order answers the same plan', () => {
  const check = (one: Case, nths: number[]) => {
    const balancing = toBalancing(one);
    const order = balancing.movable.map((_, nth) => nths[nth] ?? 0);
    const movable = balancing.movable
      .map((unit, nth) => ({ unit, at: order[nth] as number }))
      .sort((a, b) => a.at - b.at)
      .map(({ unit }) => unit);
    const screened = new Map([...balancing.screened].reverse());
    const plan = planBalance({ ...balancing, movable, screened });
    expect(plan).toEqual(planBalance(balancing));
  };
  fc.assert(fc.property(anyCase, fc.array(fc.nat(), { minLength: 12, maxLength: 12 }), check));
});

test('with at most so many moves, no other plan of as many is more even, where one move is enough for each step', () => {
  // Everybody may have everything, so no step needs two moves.
  const open = anyCase.map((one) => {
    const everybody = one.capacities.map((_, agent) => agent);
    return {
      ...one,
      conversations: one.conversations.map(({ owner }) => ({ owner, eligible: everybody })),
    };
  });
  const check = (one: Case, most: number) => {
    const plan = planBalance({ ...toBalancing(one), most });
    const whole = planBalance(toBalancing(one));
    expect(plan.moves.length).toBe(Math.min(most, whole.moves.length));
    expect(plan.more).toBe(plan.moves.length < whole.moves.length);
    const least = tryAllLoads(one, most).cost;
    expect(costOf(one, carryOut(one, plan))).toBe(least);
  };
  fc.assert(fc.property(open, fc.nat({ max: 6 }), check), { numRuns: 500 });
});

test('of different weights, no plan makes it less even, and nobody ends above their capacity who was not', () => {
  const weighted = fc.tuple(
    anyCase,
    fc.array(fc.constantFrom(1, 2, 3), { minLength: 12, maxLength: 12 }),
  );
  const check = ([one, weights]: [Case, number[]]) => {
    const balancing = toBalancing({ ...one, weight: 0 });
    const movable = balancing.movable.map((unit, nth) => ({
      ...unit,
      weight: weights[nth] as number,
    }));
    const before = [...one.fixed];
    one.conversations.forEach(({ owner }, nth) => {
      before[owner] = (before[owner] as number) + (weights[nth] as number);
    });
    const agents = balancing.agents.map((agent, nth) => ({
      ...agent,
      load: before[nth] as number,
    }));
    const plan = planBalance({ ...balancing, agents, movable });
    const after = [...before];
    for (const { conversationId, from, to } of plan.moves) {
      const weight = weights[Number(conversationId.replace('conversation-', ''))] as number;
      for (const [agent, change] of [
        [from, -weight],
        [to, weight],
      ] as const) {
        const nth = Number(agent.replace('agent-', ''));
        after[nth] = (after[nth] as number) + change;
      }
    }
    expect(plan.shares.map(({ heldAfter }) => heldAfter)).toEqual(after);
    after.forEach((load, nth) => {
      expect(load).toBeLessThanOrEqual(
        Math.max(before[nth] as number, one.capacities[nth] as number),
      );
    });
    const gained = costOf(one, before) - costOf(one, after);
    expect(gained > 0n || plan.moves.length === 0).toBe(true);
  };
  fc.assert(fc.property(weighted, check), { numRuns: 1_000 });
});
