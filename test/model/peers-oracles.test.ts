// The models of other desks against what theory knows of them, and the laws that hold for each.
import { expect, test } from 'vitest';
import {
  type KindResult,
  modelNames,
  peerNames,
  type Scenario,
} from '../../src/contract/scenario.ts';
import { readScenario } from '../../src/simulation/read-scenario.ts';
import { BEGINS_AT, type Figures, finish, runScenario } from '../../src/simulation/run-scenario.ts';
import { erlangB, erlangC } from '../makers/erlang.ts';
import { expectNear } from '../makers/expect-near.ts';

const isLong = process.env.USHER_LONG_TESTS === '1';
const ARRIVALS = isLong ? 1_000_000 : 100_000;

type Model = NonNullable<Scenario['model']>;

function run(model: Model, scenario: Omit<Scenario, 'arrivals'> & Partial<Scenario>): Figures {
  const body = { arrivals: ARRIVALS, warmUp: 0.05, seed: 7, ...scenario, model };
  const read = readScenario(body, BEGINS_AT);
  if (read.scenario === null) throw new Error(JSON.stringify(read.faults));
  return finish(runScenario(read.scenario, read.policy));
}

type More = Partial<Scenario['kinds'][number]>;

function runOne(model: Model, agents: Scenario['agents'], rate: number, more: More = {}) {
  const kinds = [{ name: 'all', rate, service: { exponential: 1 }, ...more }];
  return run(model, { agents, kinds }).kinds.all as KindResult;
}

const five = [{ name: 'agent', count: 5 }];

test('random: each agent is a queue of its own, M/M/1', () => {
  const result = runOne('random', [{ name: 'agent', count: 4 }], 4 * 0.6);
  expectNear(result.waitedShare, { exact: 0.6, ci: result.waitedShareCi }, 'share that waits');
  expectNear(result.meanWait, { exact: 0.6 / 0.4, ci: result.meanWaitCi }, 'mean wait');
});

test.each(['fewest-lifetime-chats', 'fastest-first', 'chatwoot-policies'] as const)(
  '%s: with equal agents it waits as Erlang C says',
  (model) => {
    const result = runOne(model, five, 4);
    const exact = erlangC(5, 4);
    expectNear(result.waitedShare, { exact, ci: result.waitedShareCi }, 'share that waits');
    expectNear(result.meanWait, { exact, ci: result.meanWaitCi }, 'mean wait');
  },
);

test.each(['fewest-lifetime-chats', 'fastest-first', 'chatwoot-policies'] as const)(
  '%s: with equal agents and needs everybody waits exactly as long as with Usher',
  (model) => {
    const scenario = {
      arrivals: 20_000,
      kinds: [{ name: 'all', rate: 9, service: { lognormal: [1, 1.2] as [number, number] } }],
      agents: [{ name: 'agent', count: 5, capacity: 2 }],
      within: [0.1, 1],
    };
    const { servedBy: _, ...usher } = run('usher', scenario).kinds.all as KindResult;
    expect(usher.meanWait).toBeGreaterThan(0.1);
    expect(run(model, scenario).kinds.all).toMatchObject(usher);
  },
);

test('chatwoot: where nobody waits for the bulk, it loses as many as Erlang B says', () => {
  const { abandonedShare, arrived } = runOne('chatwoot', five, 4, { patience: { fixed: 0 } });
  const exact = erlangB(5, 4);
  const ci = 2 * 1.96 * Math.sqrt((exact * (1 - exact)) / arrived);
  expectNear(abandonedShare, { exact, ci }, 'share that finds nobody');
});

test.each(['fewest-lifetime-chats', 'chatwoot-policies', 'chatwoot'] as const)(
  '%s: where nobody may wait, it loses as many as Erlang B says',
  (model) => {
    const scenario = { queueLimit: 0, agents: five };
    const kinds = [{ name: 'all', rate: 4, service: { exponential: 1 } }];
    const { lostShare, arrived } = run(model, { ...scenario, kinds }).kinds.all as KindResult;
    const exact = erlangB(5, 4);
    const ci = 2 * 1.96 * Math.sqrt((exact * (1 - exact)) / arrived);
    expectNear(lostShare, { exact, ci }, 'share that is lost');
  },
);

test('chatwoot and libredesk: with room for all, each agent has its turn', () => {
  for (const model of ['chatwoot', 'libredesk'] as const) {
    const { jain } = run(model, {
      ...{ arrivals: 1000, warmUp: 0, agents: [{ name: 'agent', count: 10, capacity: 1000 }] },
      kinds: [{ name: 'all', rate: 1, service: { exponential: 1 } }],
    });
    expect(jain, model).toBe(1);
  }
});

test('chatwoot: who found nobody is given in the bulk of 15 minutes, 100 at a time', () => {
  // 250 come within seconds, and one agent serves each in a moment: what the bulk leaves waits for the next.
  const { p50, p95, servedBy } = run('chatwoot', {
    ...{ arrivals: 250, warmUp: 0, agents: [{ name: 'agent' }] },
    kinds: [{ name: 'all', rate: 10_000, service: { fixed: 0.1 } }],
  }).kinds.all as KindResult;
  expect(servedBy).toEqual({ agent: 1 });
  expect(p50).toBeCloseTo(2 * 900 + 2.4, 0);
  expect(p95).toBeCloseTo(3 * 900 + 3.7, 0);
});

test('libredesk: with room for all they wait half an interval, evenly spread', () => {
  const agents = [{ name: 'agent', count: 10, capacity: 1000 }];
  const { meanWait, p95, p50, meanWaitCi } = runOne('libredesk', agents, 0.05);
  expectNear(meanWait, { exact: 150, ci: meanWaitCi }, 'mean wait');
  expectNear(p50, { exact: 150, ci: meanWaitCi }, 'median');
  expectNear(p95, { exact: 285, ci: meanWaitCi }, '95 in 100');
});

test.each([0.01, 0.1, 0.16])(
  'rocketchat: with room for all it is one server that takes 5 s for each, at %f a second',
  (rate) => {
    // M/D/1 whose server looks again after 5 s when nobody waits (Doshi 1986: vacations).
    const agents = [{ name: 'agent', count: 10, capacity: 1000 }];
    const { meanWait, meanWaitCi } = runOne('rocketchat', agents, rate);
    const use = rate * 5;
    const exact = (5 * use) / (2 * (1 - use)) + 2.5;
    expectNear(meanWait, { exact, ci: meanWaitCi }, 'mean wait');
  },
);

test('fastest first: two agents of unequal speed come to the stationary solution of their chain', () => {
  const [rate, fast, slow] = [2, 2, 1];
  const agents = [
    { name: 'slow', speed: slow },
    { name: 'fast', speed: fast },
  ];
  // Relative to the probability that the slow one alone is busy: both are and nobody waits, the fast
  // one alone is, nobody is. Each by the balance of a cut; what waits beyond that falls by `ratio`.
  const both = (rate + slow) / fast;
  const onlyFast = ((fast + slow) * both) / rate - 1;
  const empty = (fast * onlyFast + slow) / rate;
  const ratio = rate / (fast + slow);
  const all = empty + 1 + onlyFast + both / (1 - ratio);
  const waits = both / (1 - ratio) / all;
  const meanWait = (both * ratio) / (1 - ratio) ** 2 / all / rate;
  const result = runOne('fastest-first', agents, rate);
  expectNear(result.waitedShare, { exact: waits, ci: result.waitedShareCi }, 'share that waits');
  expectNear(result.meanWait, { exact: meanWait, ci: result.meanWaitCi }, 'mean wait');
});

const WEEK = 604_800;

const busy = {
  // Whoever is served waits less than a week.
  ...{ arrivals: 20_000, warmUp: 0, queueLimit: 30, within: [WEEK] },
  kinds: [
    {
      ...{ name: 'a', rate: 0.03, needs: { skills: { a: 1 } } },
      ...{ service: { exponential: 300 }, patience: { exponential: 400 } },
    },
    {
      ...{ name: 'b', rate: 0.02, needs: { team: 'b' } },
      ...{ service: { lognormal: [400, 1.5] as [number, number] }, patience: { fixed: 600 } },
    },
    { name: 'nobody', rate: 0.0005, service: { fixed: 1 }, needs: { skills: { latin: 1 } } },
  ],
  agents: [
    { name: 'a', count: 3, capacity: 3, skills: { a: 3 } },
    { name: 'both', count: 2, capacity: 2, skills: { a: 2 }, teams: ['b'], speed: 1.5 },
    { name: 'b', count: 2, capacity: 2, teams: ['b'] },
    { name: 'away', capacity: 0, skills: { a: 5, latin: 5 }, teams: ['b'] },
  ],
};

test.each(peerNames)(
  '%s: the same customers come as to Usher, and each has one outcome',
  (model) => {
    const usher = run('usher', busy);
    const { kinds, agents } = run(model, busy);
    for (const [name, { arrived }] of Object.entries(usher.kinds)) {
      const kind = kinds[name] as KindResult;
      expect(kind.arrived, name).toBe(arrived);
      const { abandonedShare, lostShare, unservedShare, within } = kind;
      expect(abandonedShare + lostShare + unservedShare + (within[WEEK] ?? 0)).toBeCloseTo(1, 9);
    }
    expect(kinds.nobody).toMatchObject({ servedBy: {} });
    expect(agents.away).toMatchObject({ given: 0 });
  },
);

test.each(peerNames)(
  '%s: what was given is what was served, and what left an agent’s list',
  (model) => {
    const { kinds, assignments } = run(model, busy);
    const sum = (of: (kind: KindResult) => number) =>
      Object.values(kinds).reduce((total, kind) => total + Math.round(of(kind) * kind.arrived), 0);
    const gone = sum((kind) => kind.abandonedShare + kind.lostShare + kind.unservedShare);
    const served = busy.arrivals - gone;
    if (model === 'random' || model === 'chatwoot') expect(assignments).toBeGreaterThan(served);
    else expect(assignments).toBe(served);
  },
);

test.each(modelNames)(
  '%s: an agent is above the capacity only where the desk itself does that',
  (model) => {
    const { overCapacity } = run(model, busy);
    if (model === 'random' || model === 'chatwoot') expect(overCapacity).toBeGreaterThan(0);
    else expect(overCapacity).toBe(0);
  },
);

test.each(peerNames)('%s: services take as long as with Usher, and faster agents less', (model) => {
  // As many places as come: whoever is given is served at once.
  const scenario = (speed: number) => ({
    ...{ arrivals: 5000, warmUp: 0, agents: [{ name: 'agent', count: 2, capacity: 1000, speed }] },
    kinds: [{ name: 'all', rate: 0.1, service: { lognormal: [300, 1] as [number, number] } }],
  });
  const use = (of: Model, speed: number) =>
    run(of, scenario(speed)).agents.agent?.occupancy as number;
  // What polling puts off falls behind the last arrival: less than a hundredth of the work.
  expect(use(model, 1) / use('usher', 1)).toBeCloseTo(1, 1.9);
  expect(use(model, 2) / use(model, 1)).toBeCloseTo(0.5, 1.9);
});

test.each(peerNames)(
  '%s: the same seed gives the same figures, and another one others',
  (model) => {
    expect(run(model, busy)).toEqual(run(model, busy));
    expect(run(model, { ...busy, seed: 8 })).not.toEqual(run(model, busy));
  },
);

test('what a model does not know of a scenario is named', () => {
  const plan = {
    name: 'Ask',
    steps: [{ after: 0 }, { after: 20 }],
    // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
    limits: { waiting: 100, then: 'queue' },
  };
  const { notModelled } = run('rocketchat', {
    ...{ arrivals: 100, agents: five },
    kinds: [
      { name: 'all', rate: 1, service: { fixed: 1 }, needs: { weight: 2, priority: 'urgent' } },
    ],
    policy: {
      plans: [plan],
      // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
      rules: [{ name: 'All', then: { plan: 'Ask' } }],
    } as NonNullable<Scenario['policy']>,
  });
  expect(notModelled).toEqual(['priority', 'weight', 'steps after the first', 'limits']);
});

test('a model finds by the rules and the first step of the plan who may be given a conversation', () => {
  const { kinds } = run('libredesk', {
    ...{ arrivals: 200, warmUp: 0 },
    kinds: [
      {
        ...{ name: 'gold', rate: 0.01, service: { fixed: 1 } },
        needs: { fields: { 'contact.attributes.tier': 'gold' } },
      },
    ],
    agents: [
      { name: 'expert', skills: { gold: 4 } },
      { name: 'beginner', count: 5, skills: { gold: 1 } },
    ],
    policy: {
      plans: [{ name: 'Gold', steps: [{ after: 0, skills: { gold: 3 } }, { after: 5 }] }],
      rules: [
        {
          name: 'Gold',
          when: { field: 'contact.attributes.tier', is: 'gold' },
          // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
          then: { plan: 'Gold' },
        },
        // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
        { name: 'All', then: { plan: 'Gold' } },
      ],
    } as NonNullable<Scenario['policy']>,
  });
  expect(kinds.gold?.servedBy).toEqual({ expert: 1 });
});
