// Bots that have customers first, and somebody who says nothing any more: beside what a hand reckons, and beside Erlang.
import { expect, test } from 'vitest';
import type { Plan } from '../contract/policy/plan.ts';
import type { Scenario, ScenarioAgents, ScenarioKind } from '../contract/scenario.ts';
import { readScenario } from './read-scenario.ts';
import { BEGINS_AT, type Figures, finish, runScenario } from './run-scenario.ts';

type Parts = Partial<Omit<Scenario, 'kinds' | 'agents'>> & {
  kind: Omit<ScenarioKind, 'name'>;
  agents: ScenarioAgents[];
  plan?: Partial<Plan>;
};

function run({ kind, plan, ...scenario }: Parts): Figures {
  const policy = {
    plans: [{ name: 'Shop', steps: [{ after: 0 }], ...plan }],
    // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
    rules: [{ name: 'All', then: { plan: 'Shop' } }],
  };
  const kinds = [{ name: 'all', ...kind }];
  const read = readScenario({ arrivals: 2000, seed: 3, kinds, policy, ...scenario }, BEGINS_AT);
  if (read.scenario === null) throw new Error(JSON.stringify(read.faults));
  return finish(runScenario(read.scenario, read.policy));
}

const bot = (habits: Partial<NonNullable<ScenarioAgents['bot']>> = {}, capacity?: number) => ({
  ...{ name: 'Botty', bot: { talk: { fixed: 30 }, ...habits } },
  ...(capacity !== undefined && { capacity }),
});
const first = { bot: { agent: 'Botty' } };

test('a bot has them first for its time, and then they stand in line by when they came', () => {
  const figures = run({
    kind: { recorded: [0, 10, 100], service: { fixed: 50 } },
    agents: [bot(), { name: 'ana' }],
    ...{ plan: first, within: [0] },
  });
  // Handed over at 30, 40 and 130 s; served at 30, 80 and 130 s.
  expect(figures.kinds.all).toMatchObject({
    ...{ arrived: 3, p99: 40, servedBy: { ana: 1 } },
    meanWait: expect.closeTo(40 / 3, 9),
    within: { 0: 2 / 3 },
  });
  expect(figures.agents.Botty).toMatchObject({
    given: 3,
    bot: { ended: 0, handedOver: 3, silent: 0 },
  });
  expect(figures).toMatchObject({ jain: 1, notModelled: [], overCapacity: 0 });
});

test('a bot that has no room is passed over: people get those at once, and nobody waits for it', () => {
  const figures = run({
    kind: { recorded: [0, 1, 2], service: { fixed: 10 } },
    agents: [bot({}, 1), { name: 'ana', capacity: 3 }],
    plan: first,
  });
  expect(figures.kinds.all).toMatchObject({ waitedShare: 0, servedBy: { ana: 1 } });
  expect(figures.agents.Botty?.given).toBe(1);
  expect(figures.agents.ana?.given).toBe(3);
});

test('what a bot ends needs no person, and is in no figure of the wait', () => {
  const figures = run({
    kind: { recorded: [0, 10], service: { fixed: 50 } },
    agents: [bot({ ends: 1 }), { name: 'ana' }],
    ...{ plan: first, within: [20] },
  });
  expect(figures.kinds.all).toMatchObject({ arrived: 2, botShare: 1, meanWait: 0, waitedShare: 0 });
  expect(figures.agents.ana).toMatchObject({ given: 0, occupancy: 0 });
  expect(figures.plans?.Shop).toMatchObject({ arrived: 2, meanWait: 0, within: null });
});

test('people get what a bot is silent about after the time that the plan gives it', () => {
  const figures = run({
    kind: { recorded: [0, 5], service: { fixed: 50 } },
    agents: [bot({ silent: 1 }), { name: 'ana' }],
    plan: { bot: { agent: 'Botty', silentFor: 12 } },
  });
  // Handed over at 12 and 17 s, served at 12 and 62 s.
  expect(figures.kinds.all).toMatchObject({ p50: 0, p99: 45 });
  expect(figures.agents.Botty?.bot).toEqual({ ended: 0, handedOver: 0, silent: 2 });
});

test('patience and the limit of the plan begin when people get it from the bot', () => {
  const busy = {
    kind: { recorded: [0, 1], service: { fixed: 200 }, patience: { fixed: 20 } },
    agents: [bot(), { name: 'ana' }],
  };
  // The second is handed over at 31 s, and leaves at 51 s.
  expect(run({ ...busy, plan: first }).kinds.all).toMatchObject({ abandonedShare: 0.5, p99: 20 });
  // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
  const limits = { waitFor: 10, then: 'close' as const };
  const limited = run({ ...busy, plan: { ...first, limits } });
  expect(limited.kinds.all).toMatchObject({ lostShare: 0.5, abandonedShare: 0 });
  const { hours } = run({ ...busy, plan: { ...first, limits: { ...limits, waitFor: 25 } } });
  expect(hours?.[0]?.meanWait).toBe(10);
});

test('who is handed over stands before those who came later, whoever was in line first', () => {
  const agents = [bot(), { name: 'ana' }];
  const plans = [
    { name: 'Shop', steps: [{ after: 0 }], ...first },
    { name: 'People', steps: [{ after: 0 }] },
  ];
  const by = (plan: string) => ({ 'contact.attributes.plan': plan });
  const service = { fixed: 100 };
  const read = readScenario(
    {
      ...{ arrivals: 3, agents },
      kinds: [
        { name: 'holds', recorded: [0], service, needs: { fields: by('People') } },
        { name: 'talks', recorded: [1], service, needs: { fields: by('Shop') } },
        { name: 'waits', recorded: [2], service, needs: { fields: by('People') } },
      ],
      policy: {
        plans,
        rules: ['Shop', 'People'].map((plan, nth) => ({
          name: plan,
          ...(nth === 0 && { when: { field: 'contact.attributes.plan', is: plan } }),
          // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
          then: { plan },
        })),
      },
    },
    BEGINS_AT,
  );
  if (read.scenario === null) throw new Error(JSON.stringify(read.faults));
  const { kinds } = finish(runScenario(read.scenario, read.policy));
  // Both wait at 100 s: the one from the bot came at 1 s, had it until 31 s, and goes first.
  expect(kinds.talks?.meanWait).toBe(69);
  expect(kinds.waits?.meanWait).toBe(198);
});

test('behind a bot that ends a share, people wait as by Erlang C at the rate of the rest', {
  timeout: 240_000,
}, () => {
  const figures = run({
    ...{ arrivals: 100_000, warmUp: 0.05 },
    kind: { rate: 8, service: { exponential: 1 } },
    agents: [bot({ talk: { exponential: 20 }, ends: 0.5 }, 1000), { name: 'ana', count: 5 }],
    plan: first,
  });
  const {
    botShare = 0,
    waitedShare,
    waitedShareCi,
    meanWait,
    meanWaitCi,
  } = figures.kinds.all ?? {};
  // Five agents and 4 erlangs: 128 of 231 wait, 128/231 s on average.
  expect(botShare).toBeCloseTo(0.5, 2);
  expect(Math.abs((waitedShare ?? 0) - 128 / 231)).toBeLessThan(1.5 * (waitedShareCi ?? 0));
  expect(Math.abs((meanWait ?? 0) - 128 / 231)).toBeLessThan(1.5 * (meanWaitCi ?? 0));
});

const quiet = (share: number) => ({ silent: { share, after: { fixed: 20 } } });

test('the silence of a contact ends the conversation by the plan, and gives the place back then', () => {
  const came = { recorded: [0, 1], service: { fixed: 500 }, ...quiet(1) };
  const ends = { silence: { contact: { remind: 30, close: 60 } } };
  const agents = [{ name: 'ana' }];
  // Silent from 20 s on and ended at 80 s, so the second is served then instead of at 500 s.
  expect(run({ kind: came, agents, plan: ends }).kinds.all?.p99).toBe(79);
  expect(run({ kind: came, agents }).kinds.all?.p99).toBe(499);
  const short = { ...came, service: { fixed: 70 } };
  expect(run({ kind: short, agents, plan: ends }).kinds.all?.p99).toBe(69);
  const talks = { ...came, ...quiet(0) };
  expect(run({ kind: talks, agents, plan: ends }).kinds.all?.p99).toBe(499);
});

test('what silence ends leaves the others of an agent with the attention that is left', () => {
  const figures = run({
    kind: {
      recorded: [0, 0, 150],
      service: { fixed: 100 },
      silent: { share: 1, after: { fixed: 10 } },
    },
    agents: [{ name: 'ana', capacity: 2, concurrency: { slowdown: 1 } }],
    plan: { silence: { contact: { close: 90 } } },
  });
  // Two at half the speed would end at 200 s; their silence ends both at 100 s, so nobody waits at 150 s.
  expect(figures.kinds.all).toMatchObject({ waitedShare: 0 });
  expect(figures.agents.ana?.occupancy).toBeCloseTo(200 / 300, 9);
});

test('what an agent leaves without an answer goes back after twice the time, to somebody else', () => {
  const figures = run({
    kind: { recorded: [0], service: { fixed: 500 } },
    agents: [
      { name: 'ana', unanswered: 1 },
      { name: 'ben', skills: {} },
    ],
    ...{ plan: { silence: { agent: 30 } } },
  });
  // With ana from 0 s until 60 s; to the contact all of it is a wait.
  expect(figures.kinds.all).toMatchObject({ meanWait: 60, servedBy: { ben: 1 } });
  expect(figures.agents.ana).toMatchObject({ given: 1, returned: 1 });
  expect(figures.notModelled).toEqual([]);
});

test('of an agent alone the same one is asked again half a minute later, and longer each time', () => {
  const figures = run({
    kind: { recorded: [0], service: { fixed: 100 }, patience: { fixed: 200 } },
    agents: [{ name: 'ana', unanswered: 1 }],
    plan: { silence: { agent: 30 } },
  });
  // With ana from 0 to 60 s and from 90 to 150 s; kept from her until 210 s, and gone at 200 s.
  expect(figures.kinds.all).toMatchObject({ abandonedShare: 1, meanWait: 200 });
  expect(figures.agents.ana).toMatchObject({ given: 2, returned: 2 });
});

test('the shifts go on while a bot has the last one, so that somebody serves it the next day', () => {
  const hour = 3600;
  const figures = run({
    kind: { recorded: [9 * hour], service: { fixed: 60 } },
    agents: [
      bot({ talk: { fixed: 4 * hour } }),
      { name: 'ana', shifts: [{ from: 8 * hour, until: 12 * hour }] },
    ],
    plan: first,
  });
  // Handed over at 13:00, served at 8:00.
  expect(figures.kinds.all).toMatchObject({ unservedShare: 0, meanWait: 19 * hour });
});

test('limits of silence of which nobody says how often they are met are named as not followed', () => {
  const kind = { recorded: [0], service: { fixed: 1 } };
  const plan = { silence: { agent: 60 } };
  expect(run({ kind, agents: [{ name: 'ana' }], plan }).notModelled).toEqual(['silence']);
});

test('the same customers come whatever bots and agents do', () => {
  const kind = { rate: 0.5, service: { lognormal: [1, 2] as [number, number] } };
  const one = run({ kind, agents: [{ name: 'ana' }] });
  const other = run({ kind, agents: [{ name: 'ana', unanswered: 0.5 }, bot({ silent: 0.5 })] });
  expect(other.kinds.all).toEqual(one.kinds.all);
});

test('whoever gets no answer is in no first answer, and whoever writes no more was answered by then', () => {
  const firstAnswer = { fixed: 30 };
  const recorded = { recorded: [0, 1000], service: { fixed: 100 }, firstAnswer };
  const mute = run({ kind: recorded, agents: [{ name: 'ana', unanswered: 1 }] });
  expect(mute.kinds.all?.firstAnswer).toMatchObject({ answeredShare: 0, mean: 0 });
  const left = run({ kind: { ...recorded, ...quiet(1) }, agents: [{ name: 'ana' }] });
  expect(left.kinds.all?.firstAnswer).toMatchObject({ answeredShare: 1, mean: 20 });
});
