// Offers and returning contacts in the simulator, beside a plain model that knows none of the router's functions.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type {
  AgentsResult,
  KindResult,
  OffersResult,
  Scenario,
} from '../../src/contract/scenario.ts';
import type { Witness } from '../../src/simulation/centre.ts';
import { readScenario } from '../../src/simulation/read-scenario.ts';
import { BEGINS_AT, finish, runScenario } from '../../src/simulation/run-scenario.ts';
import { type PlainCentre, type PlainEnd, runPlainCentre } from './plain-centre.ts';

const agent = fc.record({
  after: fc.double({ min: 0.1, max: 30, noNaN: true }),
  answers: fc.constantFrom(
    'accepts' as const,
    'accepts' as const,
    'declines' as const,
    'misses' as const,
  ),
});

const centres = fc
  .record({
    agents: fc.array(agent, { minLength: 1, maxLength: 4 }),
    gaps: fc.array(fc.double({ min: 0.01, max: 120, noNaN: true }), {
      minLength: 1,
      maxLength: 40,
    }),
    names: fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 40, maxLength: 40 }),
    serviceSeconds: fc.double({ min: 1, max: 200, noNaN: true }),
    patienceSeconds: fc.option(fc.double({ min: 1, max: 300, noNaN: true })),
    offer: fc.option(
      fc.record({
        within: fc.integer({ min: 5, max: 40 }),
        misses: fc.integer({ min: 1, max: 3 }),
        backAfter: fc.integer({ min: 10, max: 400 }),
      }),
    ),
    waitFor: fc.option(fc.integer({ min: 1, max: 300 })),
  })
  .map(({ agents, gaps, names, ...centre }): PlainCentre => {
    let at = 0;
    const arrivals = gaps.map((gap) => {
      at += gap;
      return at;
    });
    // Somebody accepts, so that every run ends.
    const accepting = { after: Math.min(4.5, agents[0]?.after ?? 1), answers: 'accepts' as const };
    return {
      ...centre,
      ...{ agents: [accepting, ...agents], arrivals },
      contacts: arrivals.map((_, nth) => `contact ${names[nth]}`),
    };
  });

function toScenario(centre: PlainCentre): Scenario {
  const { agents, arrivals, contacts, serviceSeconds, patienceSeconds, offer, waitFor } = centre;
  return {
    arrivals: arrivals.length,
    kinds: [
      {
        ...{ name: 'all', recorded: [...arrivals], contacts: [...contacts] },
        service: { fixed: serviceSeconds },
        ...(patienceSeconds !== null && { patience: { fixed: patienceSeconds } }),
      },
    ],
    agents: agents.map(({ after, answers }, nth) => ({
      name: `agent ${nth}`,
      offers: {
        answerAfter: { fixed: after },
        declined: Number(answers === 'declines'),
        missed: Number(answers === 'misses'),
        backAfter: offer?.backAfter ?? 1,
      },
    })),
    policy: {
      strategy: 'longest-idle',
      plans: [
        {
          ...{ name: 'Plan', steps: [{ after: 0 }] },
          ...(offer && { offer: { within: offer.within, misses: offer.misses } }),
          ...(waitFor !== null && { sticky: { within: '30d', waitFor } }),
        },
      ],
      // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
      rules: [{ name: 'All', then: { plan: 'Plan' } }],
    },
  };
}

/** Fails where anybody ends twice, or an agent holds more than they may. */
function watch(): Witness & { ends: Map<number, number> } {
  const ends = new Map<number, number>();
  const note = (id: string, now: number) => {
    expect(ends.has(Number(id) - 1)).toBe(false);
    ends.set(Number(id) - 1, now - BEGINS_AT);
  };
  return {
    ends,
    wait: () => undefined,
    serve: ({ id }, now) => note(id, now),
    leave: ({ id }, now) => note(id, now),
    pass: (_, { states }) => {
      for (const { load, capacity } of states) {
        expect(load).toBeGreaterThanOrEqual(0);
        expect(load).toBeLessThanOrEqual(capacity);
      }
    },
  };
}

function simulate(scenario: Scenario) {
  const read = readScenario(scenario, BEGINS_AT);
  if (read.scenario === null) throw new Error(JSON.stringify(read.faults));
  const witness = watch();
  const figures = finish(runScenario(read.scenario, read.policy, witness));
  return { figures, ends: witness.ends };
}

test('each customer is served or leaves at the moment at which the plain model says, by the same agents', () => {
  const seen = { declined: 0, missed: 0, withdrawn: 0 };
  fc.assert(
    fc.property(centres, (centre) => {
      const plain = runPlainCentre(centre);
      const { figures, ends } = simulate(toScenario(centre));
      expect(ends.size).toBe(plain.size);
      for (const [nth, { at }] of plain) expect(ends.get(nth)).toBeCloseTo(at, 1);
      for (const [nth] of centre.agents.entries()) {
        const { given, offers } = figures.agents[`agent ${nth}`] as AgentsResult;
        expect(given).toBe([...plain.values()].filter(({ by }: PlainEnd) => by === nth).length);
        for (const what of Object.keys(seen) as (keyof typeof seen)[])
          seen[what] += offers?.[what] ?? 0;
      }
    }),
    { numRuns: 300, seed: 1 },
  );
  // So that it is judged by what was to be judged.
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(100);
});

const shops = fc.record({
  capacity: fc.integer({ min: 1, max: 4 }),
  weight: fc.integer({ min: 1, max: 3 }),
  returning: fc.double({ min: 0, max: 1, noNaN: true }),
  slowdown: fc.constantFrom(0, 0.5),
  declined: fc.double({ min: 0, max: 0.6, noNaN: true }),
  missed: fc.double({ min: 0, max: 0.3, noNaN: true }),
  within: fc.integer({ min: 5, max: 60 }),
  misses: fc.integer({ min: 1, max: 4 }),
  waitFor: fc.option(fc.integer({ min: 1, max: 120 }), { nil: undefined }),
  patience: fc.option(fc.constant({ exponential: 120 }), { nil: undefined }),
  limited: fc.boolean(),
  hasShifts: fc.boolean(),
  hasBot: fc.boolean(),
  isQuiet: fc.boolean(),
  seed: fc.integer({ min: 0, max: 1000 }),
});
type Shop = typeof shops extends fc.Arbitrary<infer One> ? One : never;

function openShop({ capacity, weight, declined, missed, slowdown, ...shop }: Shop): Scenario {
  const {
    within,
    misses,
    waitFor,
    patience,
    limited,
    hasShifts,
    returning,
    seed,
    hasBot,
    isQuiet,
  } = shop;
  const silent = { share: 0.3, after: { exponential: 30 } };
  const kind = {
    ...{ service: { exponential: 90 }, returning },
    ...(patience && { patience }),
    ...(isQuiet && { silent }),
  };
  const bot = { talk: { exponential: 40 }, ends: 0.3, silent: 0.1 };
  const hours = [{ from: 0, until: 7200 }];
  // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
  const limits = { waiting: 3, waitFor: 300, then: 'close' };
  return {
    ...{ seed, arrivals: 200 },
    kinds: [
      { ...kind, name: 'light', rate: 0.03 },
      { ...kind, name: 'heavy', rate: 0.01, needs: { weight, skills: { deep: 2 } } },
    ],
    agents: [
      {
        ...{ name: 'some', count: 3, capacity, skills: { deep: 3 }, concurrency: { slowdown } },
        offers: { answerAfter: { exponential: 8 }, declined, missed, backAfter: 60 },
        ...(isQuiet && { unanswered: 0.2 }),
      },
      { name: 'others', count: 2, capacity, ...(hasShifts && { shifts: hours }) },
      ...(hasBot ? [{ name: 'Botty', capacity: 2, bot }] : []),
    ],
    policy: {
      plans: [
        {
          ...{ name: 'Plan', steps: [{ after: 0 }, { after: 30, priority: 'high' }] },
          ...{ prefer: ['sticky', 'least-loaded'], offer: { within, misses } },
          sticky: { within: '1d', ...(waitFor !== undefined && { waitFor }) },
          ...(limited && { limits }),
          ...(hasBot && { bot: { agent: 'Botty', silentFor: 15 } }),
          ...(isQuiet && { silence: { agent: 20, contact: { close: 45 } } }),
        },
      ],
      // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
      rules: [{ name: 'All', then: { plan: 'Plan' } }],
    },
  };
}

test('nobody is lost or ends twice, and no agent ever holds more than they may', () => {
  const seen: Record<string, number> = { ended: 0, handedOver: 0, silent: 0, returned: 0 };
  fc.assert(
    fc.property(shops, (shop) => {
      const { figures, ends } = simulate(openShop(shop));
      const { arrived, unservedShare, botShare = 0 } = figures.whole as KindResult;
      expect(figures.overCapacity).toBe(0);
      expect(arrived).toBe(200);
      const people = arrived * (1 - botShare);
      expect(ends.size + Math.round(unservedShare * people)).toBe(arrived);
      const all = Object.values(figures.agents);
      const sum = (of: (one: OffersResult) => number) =>
        all.reduce((total, { offers }) => total + (offers === undefined ? 0 : of(offers)), 0);
      const refused = sum(({ declined, missed, withdrawn }) => declined + missed + withdrawn);
      const { given: talks, bot } = figures.agents.Botty ?? { given: 0 };
      const { ended, handedOver, silent } = bot ?? { ended: 0, handedOver: 0, silent: 0 };
      expect(ended + handedOver + silent).toBe(talks);
      expect(ended).toBe(Math.round(botShare * arrived));
      expect(sum(({ made }) => made)).toBe(figures.assignments - talks + refused);
      for (const [what, count] of Object.entries({ ended, handedOver, silent }))
        seen[what] = (seen[what] ?? 0) + count;
      seen.returned = all.reduce((total, { returned = 0 }) => total + returned, seen.returned ?? 0);
      expect(all.reduce((total, { given }) => total + given, 0)).toBe(figures.assignments);
    }),
    { numRuns: 100, seed: 2 },
  );
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(100);
});
