// What a run makes of offers, worked out by hand.
import { expect, test } from 'vitest';
import type { Scenario, ScenarioAgents } from '../contract/scenario.ts';
import { makeAgents } from './agents.ts';
import { makeOffers } from './offers.ts';
import { readScenario } from './read-scenario.ts';
import { BEGINS_AT, type Figures, finish, runScenario } from './run-scenario.ts';

type Offer = { within: number; misses: number };

function run(
  scenario: Partial<Scenario> & Pick<Scenario, 'kinds' | 'agents'>,
  offer: Offer | null = { within: 20, misses: 20 },
): Figures {
  const plan = { name: 'Ask', steps: [{ after: 0 }], ...(offer && { offer }) };
  const policy = {
    ...{ strategy: 'longest-idle' as const, plans: [plan] },
    // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
    rules: [{ name: 'All', then: { plan: 'Ask' } }],
  };
  const read = readScenario({ arrivals: 3000, seed: 5, policy, ...scenario }, BEGINS_AT);
  if (read.scenario === null) throw new Error(JSON.stringify(read.faults));
  return finish(runScenario(read.scenario, read.policy));
}

const came = (...recorded: number[]) => [{ name: 'all', recorded, service: { fixed: 100 } }];
const busy = [{ name: 'all', rate: 0.05, service: { lognormal: [60, 1.2] as [number, number] } }];
const answers = (name: string, offers: ScenarioAgents['offers'] = {}): ScenarioAgents => {
  return { name, offers: { answerAfter: { fixed: 4 }, ...offers } };
};

test('where everybody has room each waits for as long as the agent takes to accept', () => {
  const { kinds } = run({ kinds: came(0, 200, 400), agents: [{ name: 'agent' }] });
  expect(kinds.all).toMatchObject({ meanWait: 4, p50: 4, p99: 4, waitedShare: 1 });
});

test('offers that are accepted at once change no figure', () => {
  const agents = [{ name: 'agent', count: 4, offers: { answerAfter: { fixed: 0 } } }];
  const { agents: asked, ...figures } = run({ kinds: busy, agents });
  const { agents: given, ...without } = run({ kinds: busy, agents }, null);
  expect(figures).toEqual(without);
  expect(asked.agent).toEqual({
    ...given.agent,
    offers: { made: 3000, declined: 0, missed: 0, withdrawn: 0 },
  });
});

test('who comes is the same whatever agents answer', () => {
  const kinds = [{ ...busy[0], patience: { exponential: 60 } }] as Scenario['kinds'];
  const hours = (offers: ScenarioAgents['offers']) =>
    run({ kinds, agents: [answers('agent', offers)] }).hours?.map(({ arrived }) => arrived);
  expect(hours({ declined: 0.4, missed: 0.1 })).toEqual(hours({}));
});

test('an offer that nobody answers goes to somebody else when its time is over, as one at the last moment does', () => {
  const slow = run({
    kinds: came(0),
    agents: [answers('a', { answerAfter: { fixed: 20 } }), answers('b')],
  });
  const silent = run({ kinds: came(0), agents: [answers('a', { missed: 1 }), answers('b')] });
  for (const { kinds, agents } of [slow, silent]) {
    expect(kinds.all?.meanWait).toBe(24);
    expect(agents.a).toMatchObject({ given: 0, offers: { made: 1, missed: 1, declined: 0 } });
    expect(agents.b).toMatchObject({ given: 1, offers: { made: 1, missed: 0 } });
  }
});

test('who declined is kept from it for half a minute and longer each time, and asked only while nobody else may be', () => {
  const { kinds, agents } = run({
    kinds: came(0, 10),
    agents: [answers('a', { declined: 1, answerAfter: { fixed: 1 } }), answers('b')],
  });
  // The first goes to b at 1 s, who is busy until 105. The second is declined at 11, 42 and 103.
  expect(agents.a).toMatchObject({ given: 0, offers: { made: 4, declined: 4 } });
  expect(kinds.all?.meanWait).toBe((5 + 99) / 2);
});

test('who misses as many in a row as the plan says is away for a while', () => {
  const every = Array.from({ length: 40 }, (_, nth) => nth * 200);
  const misses = (within: number, offers: ScenarioAgents['offers']) =>
    run(
      { kinds: came(...every), agents: [answers('a', offers), answers('b')] },
      { within, misses: 2 },
    ).agents.a?.offers?.missed;
  // Each is asked in turn: a misses at 0 and 400 s, is away until 1,405, and then again.
  expect(misses(5, { missed: 1, backAfter: 1000 })).toBe(12);
  expect(misses(5, { missed: 1, backAfter: 86_400 })).toBe(2);
});

test('any answer, and coming back, begins the count of missed offers again', () => {
  const agents = makeAgents([{ name: 'a' }], 0);
  const scenario = { arrivals: 1, kinds: came(0), agents: [{ name: 'a' }] };
  const { missed, answered, comes } = makeOffers(scenario, agents);
  expect([missed(0, 10), missed(0, 20)]).toEqual([1, 2]);
  answered(0, 30);
  // One that was made before the answered one counts for itself alone.
  expect([missed(0, 25), missed(0, 40), missed(0, 50)]).toEqual([1, 1, 2]);
  comes(0, 60);
  expect([missed(0, 70), missed(0, 80)]).toEqual([1, 2]);
});

test('who is away by missed offers is back when the next shift begins, and not before while out of shift', () => {
  const shifts = [
    { from: 0, until: 100 },
    { from: 1000, until: 2000 },
  ];
  const agent = (backAfter: number) => [
    { ...answers('a', { missed: 1, backAfter }), shifts },
    answers('b'),
  ];
  const made = (backAfter: number) =>
    run({ kinds: came(0, 500, 1100), agents: agent(backAfter) }, { within: 5, misses: 1 }).agents.a
      ?.offers?.made;
  expect([made(300), made(80_000)]).toEqual([2, 2]);
});

test('who leaves while it is offered leaves the agent free', () => {
  const { kinds, agents } = run({
    kinds: [{ ...came(0, 3)[0], patience: { fixed: 3 } }] as Scenario['kinds'],
    agents: [answers('a')],
  });
  expect(kinds.all).toMatchObject({ abandonedShare: 1, meanWait: 3 });
  expect(agents.a).toMatchObject({
    given: 0,
    offers: { made: 2, declined: 0, missed: 0, withdrawn: 2 },
  });
});

test('the time of an offer is no waiting of the plan: its step begins as much later', () => {
  const scenario = (offer: Offer) => {
    const plans = [
      {
        name: 'Ask',
        offer,
        steps: [
          { after: 0, skills: { tax: 3 } },
          { after: 60, skills: {} },
        ],
      },
    ];
    // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
    const policy = { plans, rules: [{ name: 'All', then: { plan: 'Ask' } }] };
    const expert = { ...answers('expert', { missed: 1 }), skills: { tax: 5 } };
    return run({ kinds: came(0), agents: [expert, answers('other')], policy });
  };
  // Offered for 10 s and 40 s; asked again from 40 s on, and 100 s after that.
  expect(scenario({ within: 10, misses: 20 }).kinds.all?.meanWait).toBe(10 + 60 + 10 + 4);
});
