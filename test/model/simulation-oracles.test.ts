// The simulator against what theory knows exactly: closed forms computed here, and a chain that was solved elsewhere.
import { expect, test } from 'vitest';
import type { KindResult, Scenario } from '../../src/contract/scenario.ts';
import { makeStreams } from '../../src/simulation/random.ts';
import { readScenario } from '../../src/simulation/read-scenario.ts';
import { BEGINS_AT, type Figures, finish, runScenario } from '../../src/simulation/run-scenario.ts';
import { erlangB, erlangC } from '../makers/erlang.ts';
import { expectNear } from '../makers/expect-near.ts';

const isLong = process.env.USHER_LONG_TESTS === '1';
const ARRIVALS = isLong ? 1_000_000 : 100_000;
const NINETY_YEARS = 90 * 365.25 * 86_400;

type Kind = Partial<Scenario['kinds'][number]>;

function run(scenario: Omit<Scenario, 'arrivals'> & { arrivals?: number }): Figures {
  const read = readScenario({ arrivals: ARRIVALS, warmUp: 0.05, ...scenario }, BEGINS_AT);
  if (read.scenario === null) throw new Error(JSON.stringify(read.faults));
  return finish(runScenario(read.scenario, read.policy));
}

function runOne(servers: number, rate: number, more: Kind & Partial<Scenario> = {}): KindResult {
  const { patience, queueLimit, within, policy, seed } = more;
  const figures = run({
    kinds: [{ name: 'all', rate, service: { exponential: 1 }, ...(patience && { patience }) }],
    agents: more.agents ?? [{ name: 'agent', count: servers }],
    ...{ queueLimit: queueLimit ?? null, within: within ?? [], policy: policy ?? {} },
    seed: seed ?? 7,
  });
  return figures.kinds.all as KindResult;
}

const POINTS: [number, number][] = [
  [1, 0.5],
  [2, 1],
  [3, 2],
  [5, 4],
  [10, 8],
  [20, 16],
  [100, 95],
];

test.each(POINTS)(
  'Erlang C: %i agents at %f erlang wait as often and as long as it says',
  (n, a) => {
    const { waitedShare, waitedShareCi, meanWait, meanWaitCi } = runOne(n, a);
    const exact = erlangC(n, a);
    expectNear(waitedShare, { exact, ci: waitedShareCi }, 'share that waits');
    expectNear(meanWait, { exact: exact / (n - a), ci: meanWaitCi }, 'mean wait');
  },
);

test.each([
  [1, 0.5],
  [5, 4],
  [20, 16],
])(
  'Erlang C: %i agents at %f erlang answer after the wait and the shorter of two exponentials',
  (n, a) => {
    const { kinds } = run({
      kinds: [
        { name: 'all', rate: a, service: { exponential: 1 }, firstAnswer: { exponential: 0.5 } },
      ],
      ...{ agents: [{ name: 'agent', count: n }], seed: 7 },
    });
    const { mean = 0, meanCi: ci = 0, answeredShare } = kinds.all?.firstAnswer ?? {};
    expectNear(mean, { exact: erlangC(n, a) / (n - a) + 1 / 3, ci }, 'first answer');
    expect(answeredShare).toBe(1);
  },
);

// All times are exponential and alike, so whatever goes on or ends, the number of all who are there is that of
// M/M/n with a rate of going (Jackson, Networks of waiting lines, 1957). By Little, all waits of one together last
// as long as that one's. Whoever sent it on is kept out half a minute: next to nothing, where services take hours.
test.each([
  [2, 1],
  [5, 4],
  [20, 16],
])(
  'Erlang C: %i agents at %f erlang of whom each transfers a fifth let wait as long in all',
  (n, a) => {
    const erlang = (a * NINETY_YEARS) / ARRIVALS;
    const transfers = { share: 0.2, most: 20, after: { exponential: 0.8 * erlang } };
    const { kinds } = run({
      kinds: [{ name: 'all', rate: a / erlang, service: { exponential: 0.8 * erlang }, transfers }],
      agents: [{ name: 'agent', count: n }],
      ...{ seed: 7, arrivals: ARRIVALS },
    });
    const {
      meanWait = 0,
      meanWaitCi = 0,
      transfers: { made = 0, meanWait: again = 0 } = {},
    } = kinds.all ?? {};
    const each = made / (0.95 * ARRIVALS);
    expect(each).toBeCloseTo(0.25, 2);
    const exact = erlangC(n, a) / (n - a);
    expectNear(
      (meanWait + each * again) / erlang,
      { exact, ci: (2 * meanWaitCi) / erlang },
      'all waits',
    );
  },
);

// The time to get a given amount of a shared processor is that amount over the idle share (Kleinrock, Queueing Systems II, 4.4).
test('an agent who shares the time among all answers after the shorter of both, over the idle share', () => {
  const { kinds } = run({
    kinds: [
      { name: 'all', rate: 0.6, service: { exponential: 1 }, firstAnswer: { exponential: 0.5 } },
    ],
    agents: [{ name: 'agent', capacity: 1000, concurrency: { slowdown: 1 } }],
    seed: 7,
  });
  const { mean = 0, meanCi: ci = 0 } = kinds.all?.firstAnswer ?? {};
  expectNear(mean, { exact: 1 / 3 / (1 - 0.6), ci }, 'first answer');
});

test.each(POINTS)('Erlang B: %i agents at %f erlang lose as many where nobody may wait', (n, a) => {
  const { lostShare, arrived, waitedShare } = runOne(n, a, { queueLimit: 0 });
  const exact = erlangB(n, a);
  // Losses come in bursts: their standard error is some times that of independent ones.
  const ci = 2 * 1.96 * Math.sqrt((exact * (1 - exact)) / arrived);
  expectNear(lostShare, { exact, ci }, 'share that is lost');
  expect(waitedShare).toBe(0);
});

test('several places an agent: 5 agents of 4 places wait as 20 of one', () => {
  const agents = [{ name: 'agent', count: 5, capacity: 4 }];
  const { waitedShare, waitedShareCi } = runOne(0, 16, { agents });
  expectNear(waitedShare, { exact: erlangC(20, 16), ci: waitedShareCi }, 'share that waits');
});

test.each([
  [10, 10, 1, 0.5420702855, 0.1251100357],
  [10, 10, 0.5, 0.6196552309, 0.1039132123],
  [100, 100, 1, 0.5132987983, 0.0398609968],
])('Erlang A: %i agents, %i arrivals, patience rate %f', (n, rate, theta, waits, leaves) => {
  const result = runOne(n, rate, { patience: { exponential: 1 / theta } });
  expectNear(result.waitedShare, { exact: waits, ci: result.waitedShareCi }, 'share that waits');
  const ci = 3 * 1.96 * Math.sqrt((leaves * (1 - leaves)) / result.arrived);
  expectNear(result.abandonedShare, { exact: leaves, ci }, 'share that leaves');
});

test.each([
  [11, 0.389614],
  [12, 0.640158],
  [13, 0.795595],
  [14, 0.88835],
  [15, 0.941453],
])(
  'with %i agents for 100 in half an hour of 180 s each, %f are served within 20 s',
  (n, exact) => {
    // In units of the service: 10 erlang, 20 s are a ninth of it.
    const within = 20 / 180;
    const result = runOne(n, 10, { within: [within] });
    expectNear(result.within[within] ?? 0, { exact, ci: result.waitedShareCi }, 'within 20 s');
  },
);

const offering = (offer: object | null, more: object = {}): Partial<Scenario> => ({
  policy: {
    plans: [{ name: 'Plan', steps: [{ after: 0 }], ...(offer && { offer }), ...more }],
    // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
    rules: [{ name: 'All', then: { plan: 'Plan' } }],
  } as Scenario['policy'] & object,
});

test('agents who decline at once are as if they were not there: the others wait by Erlang C', () => {
  const { waitedShare, waitedShareCi, meanWait, meanWaitCi } = runOne(0, 4, {
    ...offering({ within: 20, misses: 2 }),
    agents: [
      { name: 'accept', count: 5, offers: { answerAfter: { fixed: 0 } } },
      { name: 'decline', count: 2, offers: { answerAfter: { fixed: 0 }, declined: 1 } },
    ],
  });
  const exact = erlangC(5, 4);
  expectNear(waitedShare, { exact, ci: waitedShareCi }, 'share that waits');
  expectNear(meanWait, { exact, ci: meanWaitCi }, 'mean wait');
});

test('one agent who takes half a second to accept waits by Pollaczek and Khinchine, and half a second more', () => {
  const { meanWait, meanWaitCi } = runOne(0, 0.4, {
    ...offering({ within: 20, misses: 2 }),
    agents: [{ name: 'agent', offers: { answerAfter: { fixed: 0.5 } } }],
  });
  // The place is taken for 0.5 + S: λ E[(0.5 + S)²] ÷ 2 (1 − ρ), ρ = 0.4 × 1.5.
  const exact = (0.4 * (0.25 + 1 + 2)) / (2 * (1 - 0.6)) + 0.5;
  expectNear(meanWait, { exact, ci: meanWaitCi }, 'mean wait');
});

test('two contacts who wait for their own agents as long as it takes are two queues of one agent', () => {
  const draw = makeStreams(23)();
  const came: number[] = [0, 100];
  for (let at = 1000; came.length < 60_000; ) {
    at -= Math.log1p(-draw()) / 1.2;
    came.push(at);
  }
  const contacts = came.map((_, nth) => (nth < 2 ? `${nth}` : `${Math.floor(draw() * 2)}`));
  const { kinds } = run({
    ...offering(null, { sticky: { within: '30d', waitFor: 604_800 } }),
    kinds: [{ name: 'all', recorded: came, contacts, service: { exponential: 1 } }],
    agents: [{ name: 'agent', count: 2 }],
  });
  const { waitedShare, waitedShareCi, meanWait, meanWaitCi } = kinds.all as KindResult;
  expectNear(waitedShare, { exact: 0.6, ci: waitedShareCi }, 'share that waits');
  expectNear(meanWait, { exact: 0.6 / (1 - 0.6), ci: meanWaitCi }, 'mean wait');
});

test('the N-model, first come first served by the longest idle, comes to its stationary solution', () => {
  const { kinds } = run({
    seed: 11,
    policy: { strategy: 'longest-idle' },
    kinds: [
      { name: 'A', rate: 0.6, service: { exponential: 1 }, needs: { skills: { a: 1 } } },
      { name: 'B', rate: 0.4, service: { exponential: 1 }, needs: { skills: { b: 1 } } },
    ],
    agents: [
      { name: 'one', skills: { a: 3 } },
      { name: 'two', skills: { a: 3, b: 3 } },
    ],
  });
  const [a, b] = [kinds.A as KindResult, kinds.B as KindResult];
  expectNear(a.waitedShare, { exact: 0.292679, ci: a.waitedShareCi }, 'A waits');
  expectNear(b.waitedShare, { exact: 0.597559, ci: b.waitedShareCi }, 'B waits');
  expectNear(a.meanWait, { exact: 0.29261, ci: a.meanWaitCi }, 'how long A waits');
  expectNear(b.meanWait, { exact: 1.105582, ci: b.meanWaitCi }, 'how long B waits');
  expectNear(a.servedBy.one ?? 0, { exact: 0.67073, ci: a.waitedShareCi }, 'A served by one');
  expect(b.servedBy).toEqual({ two: 1 });
});

test('on the same arrivals each strategy leaves the same mean wait, and another spread', () => {
  const agents = [{ name: 'agent', count: 6, capacity: 2 }];
  const strategies = ['least-loaded', 'longest-idle', 'round-robin'] as const;
  const figures = strategies.map((strategy) =>
    run({
      ...{ arrivals: 30_000, seed: 3, policy: { strategy }, agents },
      kinds: [{ name: 'all', rate: 9, service: { fixed: 1 } }],
    }),
  );
  const waits = figures.map(({ kinds }) => kinds.all?.meanWait ?? 0);
  for (const wait of waits) expect(wait).toBeCloseTo(waits[0] ?? 0, 6);
  expect(waits[0]).toBeGreaterThan(0.01);
  expect(new Set(figures.map(({ jain }) => jain.toFixed(9))).size).toBeGreaterThan(1);
});

test('priorities only move the wait around: its sum over all is what it is without', () => {
  const kinds = (priority: 'normal' | 'urgent') => [
    { name: 'some', rate: 2, service: { exponential: 1 }, needs: { priority } },
    { name: 'others', rate: 2, service: { exponential: 1 } },
  ];
  const meanOf = (priority: 'normal' | 'urgent') => {
    const { some, others } = run({
      ...{ seed: 5, kinds: kinds(priority), agents: [{ name: 'agent', count: 5 }] },
    }).kinds as Record<string, KindResult>;
    return { some: some as KindResult, others: others as KindResult };
  };
  const [plain, urgent] = [meanOf('normal'), meanOf('urgent')];
  const mean = ({ some, others }: typeof plain) => (some.meanWait + others.meanWait) / 2;
  expectNear(mean(urgent), { exact: mean(plain), ci: plain.some.meanWaitCi }, 'mean of all');
  expect(urgent.some.meanWait).toBeLessThan(plain.some.meanWait / 2);
});

test('Little’s law: as many wait on average as come, times how long they wait', () => {
  // Counted from outside: how many wait when somebody comes is, for Poisson arrivals, what it is at any time.
  const { meanWait, meanWaitCi } = runOne(5, 4);
  const waiting = (erlangC(5, 4) * 0.8) / 0.2;
  expectNear(4 * meanWait, { exact: waiting, ci: 4 * meanWaitCi }, 'number waiting');
});

const SERVICES = [
  ['exponential', { exponential: 1 }],
  ['fixed', { fixed: 1 }],
  ['lognormal', { lognormal: [1, 2] as [number, number] }],
] as const;

/** By Little: as many are held on average as come in the time that one is held. */
function meanHeld(slowdown: number, rate: number, service: Scenario['kinds'][number]['service']) {
  const capacity = 500;
  const { agents, kinds } = run({
    ...{ seed: 13, kinds: [{ name: 'all', rate, service }] },
    agents: [{ name: 'agent', capacity, concurrency: { slowdown } }],
  });
  expect(kinds.all?.waitedShare).toBe(0);
  return (agents.agent?.occupancy ?? 0) * capacity;
}

test.each(SERVICES)(
  'M/G/1 processor sharing holds ρ ÷ (1 − ρ) on average, whatever the distribution: %s',
  (_, service) => {
    // Mean sojourn E[S] ÷ (1 − ρ). The chain's own time constant leaves about 2 % at this length.
    const allowed = isLong ? 0.02 : 0.05;
    expect(Math.abs(meanHeld(1, 0.6, service) / 1.5 - 1)).toBeLessThan(allowed);
  },
);

test('with a slowdown between, the birth and death chain of its speeds tells how many are held', () => {
  // n are served at n ÷ (1 + s (n − 1)); p(n) ∝ Π λ (1 + s (k − 1)) ÷ k, insensitive as sharing is.
  const [slowdown, rate] = [0.3, 1.5];
  let [weight, total, held] = [1, 1, 0];
  for (let n = 1; n < 400; n += 1) {
    weight *= (rate * (1 + slowdown * (n - 1))) / n;
    total += weight;
    held += n * weight;
  }
  const exact = held / total;
  const allowed = isLong ? 0.02 : 0.05;
  for (const [, service] of SERVICES)
    expect(Math.abs(meanHeld(slowdown, rate, service) / exact - 1)).toBeLessThan(allowed);
});

test('a slowdown of 0 comes to the figures without one to the bit, and a very small one nearly', () => {
  const scenario = (concurrency?: { slowdown: number }) => ({
    ...{ seed: 4, arrivals: 20_000 },
    kinds: [{ name: 'all', rate: 9, service: { lognormal: [1, 1.5] as [number, number] } }],
    agents: [{ name: 'agent', count: 4, capacity: 3, ...(concurrency && { concurrency }) }],
  });
  const plain = run(scenario());
  expect(run(scenario({ slowdown: 0 }))).toEqual(plain);
  const { meanWait } = run(scenario({ slowdown: 1e-9 })).kinds.all as KindResult;
  expect(meanWait).toBeCloseTo(plain.kinds.all?.meanWait ?? 0, 4);
});
