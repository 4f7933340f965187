// What a run makes of plans, limits, weights and of needs that nobody has.
import { expect, test } from 'vitest';
import type { Scenario } from '../contract/scenario.ts';
import { readScenario } from './read-scenario.ts';
import { BEGINS_AT, type Figures, finish, runScenario } from './run-scenario.ts';

function run(scenario: Partial<Scenario> & Pick<Scenario, 'kinds' | 'agents'>): Figures {
  const read = readScenario({ arrivals: 2000, seed: 5, ...scenario }, BEGINS_AT);
  if (read.scenario === null) throw new Error(JSON.stringify(read.faults));
  return finish(runScenario(read.scenario, read.policy));
}

const kind = { name: 'all', rate: 0.01, service: { fixed: 1 } };
const agents = [{ name: 'agent' }];
const ruled = (plan: string) => ({
  name: `To ${plan}`,
  // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
  then: { plan },
});

test('the same seed comes to the same figures, another one to others', () => {
  const scenario = {
    kinds: [{ ...kind, rate: 0.8, service: { lognormal: [1, 2] as [number, number] } }],
    agents,
  };
  expect(run(scenario)).toEqual(run(scenario));
  expect(run({ ...scenario, seed: 6 })).not.toEqual(run(scenario));
});

test('a recorded day is replayed, and a run ends with the last of it', () => {
  const { kinds, agents: used } = run({
    kinds: [{ name: 'all', recorded: [0, 0, 5, 100], service: { fixed: 10 } }],
    agents,
  });
  // They wait 0, 10, 15 and 0 s; 30 s of service fall before the last arrival.
  expect(kinds.all).toMatchObject({ arrived: 4, meanWait: 6.25, waitedShare: 0.5 });
  expect(used.agent?.occupancy).toBeCloseTo(0.3, 9);
});

test('a team has the work of all its agents, whoever is in two counts in both, and without teams there are none', () => {
  const recorded = [0, 0, 5, 100];
  const of = (used: Scenario['agents']) =>
    run({ kinds: [{ name: 'all', recorded, service: { fixed: 10 } }], agents: used });
  const { agents: used, teams } = of([
    { name: 'ana', teams: ['north'] },
    { name: 'ben', teams: ['north', 'south'] },
  ]);
  const [ana, ben] = [used.ana?.occupancy ?? 0, used.ben?.occupancy ?? 0];
  expect(used.ana?.given).toBeGreaterThan(0);
  expect(teams?.north).toMatchObject({ occupancy: expect.closeTo((ana + ben) / 2, 9), given: 4 });
  expect(teams?.south).toMatchObject({ occupancy: ben, given: used.ben?.given });
  expect(of(agents)).not.toHaveProperty('teams');
});

test('who needs a level that only a later step lets go waits for that step to the second', () => {
  const { kinds } = run({
    kinds: [kind],
    agents: [{ name: 'agent', count: 50, skills: { tax: 2 } }],
    policy: {
      plans: [
        {
          name: 'Tax',
          steps: [
            { after: 0, skills: { tax: 5 } },
            { after: 60, skills: { tax: 2 } },
          ],
        },
      ],
      rules: [ruled('Tax')],
    },
  });
  expect(kinds.all).toMatchObject({ waitedShare: 1, meanWait: 60, p50: 60, p99: 60 });
});

test('rules send each kind by its own plan, and a plan that is full ends who comes then', () => {
  const limited = (name: string, waiting: number) => ({
    ...{ name, steps: [{ after: 0 }] },
    // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
    limits: { waiting, then: 'close' },
  });
  const { kinds } = run({
    kinds: [
      { ...kind, name: 'small', rate: 1, needs: { fields: { 'contact.attributes.size': 3 } } },
      { ...kind, name: 'large', rate: 1, needs: { fields: { 'contact.attributes.size': 30 } } },
    ],
    agents: [{ name: 'agent', capacity: 0 }],
    policy: {
      plans: [limited('Few', 1), limited('Many', 10)],
      rules: [
        {
          name: 'Large',
          when: { field: 'contact.attributes.size', moreThan: 10 },
          // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
          then: { plan: 'Many' },
        },
        ruled('Few'),
      ],
    },
  });
  const waiting = (name: string) =>
    Math.round((kinds[name]?.unservedShare ?? 0) * (kinds[name]?.arrived ?? 0));
  expect([waiting('small'), waiting('large')]).toEqual([1, 10]);
  expect(kinds.small?.lostShare).toBeGreaterThan(0.99);
});

test('who needs what nobody has is told as unserved, and holds nobody up', () => {
  const { kinds } = run({
    kinds: [
      { ...kind, name: 'odd', needs: { skills: { latin: 1 } } },
      { ...kind, name: 'plain' },
    ],
    agents: [{ name: 'agent', count: 20 }],
  });
  expect(kinds.odd).toMatchObject({ unservedShare: 1, waitedShare: 1 });
  expect(kinds.plain).toMatchObject({ unservedShare: 0, waitedShare: 0 });
});

test('skills whose names look like several are not taken for those', () => {
  const { kinds } = run({
    kinds: [
      { ...kind, name: 'two', needs: { skills: { a: 1, b: 1 } } },
      { ...kind, name: 'one', needs: { skills: { 'a+b': 1 } } },
    ],
    agents: [{ name: 'agent', count: 20, skills: { a: 3, b: 3 } }],
  });
  expect(kinds.two).toMatchObject({ unservedShare: 0 });
  expect(kinds.one).toMatchObject({ unservedShare: 1 });
});

test('a run ends where somebody waits for ever by a plan whose hours go on opening and closing', () => {
  const { kinds } = run({
    arrivals: 5,
    kinds: [{ ...kind, needs: { skills: { latin: 1 } } }],
    agents,
    policy: {
      calendars: [
        {
          name: 'Office',
          timeZone: 'UTC',
          weekly: [{ days: ['mon', 'wed'], from: '09:00', to: '17:00' }],
        },
      ],
      plans: [
        {
          ...{ name: 'Plan', steps: [{ after: 0 }] },
          hours: { calendar: 'Office', otherwise: 'message' },
          words: { closedHours: { en: 'We are closed.' } },
        },
      ],
      rules: [ruled('Plan')],
    },
  });
  expect(kinds.all).toMatchObject({ arrived: 5, unservedShare: 1 });
});

test('no agent holds more than the capacity, whatever conversations weigh', () => {
  const { overCapacity, assignments, agents } = run({
    kinds: [
      { ...kind, name: 'light', rate: 4 },
      { ...kind, name: 'heavy', rate: 1, needs: { weight: 3 } },
    ],
    agents: [{ name: 'agent', count: 3, capacity: 4 }],
  });
  expect({ overCapacity, assignments }).toEqual({ overCapacity: 0, assignments: 2000 });
  // 4 × 1 + 1 × 3 of 12 places, each for a second.
  expect(agents.agent?.occupancy).toBeCloseTo(7 / 12, 1);
});

test('a faster agent takes less time, and a step of priority lets somebody go first', () => {
  const speedy = run({ kinds: [kind], agents: [{ name: 'agent', speed: 4 }] });
  expect(speedy.agents.agent?.occupancy).toBeCloseTo(0.01 / 4, 3);
  const { kinds } = run({
    kinds: [
      { ...kind, name: 'low', rate: 0.45, needs: { priority: 'low' } },
      { ...kind, name: 'urgent', rate: 0.45, needs: { priority: 'urgent' } },
    ],
    agents,
  });
  expect(kinds.urgent?.meanWait).toBeLessThan((kinds.low?.meanWait ?? 0) / 2);
});

const hour = 3600;
const shop = (shifts: { from: number; until: number }[], shiftsEvery?: 'week') => ({
  agents: [{ name: 'agent', shifts, ...(shiftsEvery && { shiftsEvery }) }],
});

test('who comes out of shift waits for the next one to the second', () => {
  const came = [8.5 * hour, 12 * hour, 17 * hour + 1, 24 * hour + 10];
  const { kinds } = run({
    kinds: [{ name: 'all', recorded: came, service: { fixed: 60 } }],
    ...shop([
      { from: 9 * hour, until: 12 * hour },
      { from: 13 * hour, until: 17 * hour },
    ]),
  });
  // Half an hour; the hour from 12 on; the night; the morning, and a minute for the one before.
  const waits = [0.5 * hour, hour, 16 * hour - 1, 9 * hour - 10 + 60];
  const mean = waits.reduce((sum, one) => sum + one, 0) / 4;
  expect(kinds.all).toMatchObject({ arrived: 4, waitedShare: 1, unservedShare: 0 });
  expect(kinds.all?.meanWait).toBeCloseTo(mean, 6);
});

test('a night shift goes on over midnight, and one of the week comes on its days alone', () => {
  const recorded = [hour, 23 * hour, 30 * hour];
  const kinds = [{ name: 'all', recorded, service: { fixed: 1 } }];
  const nightly = run({ kinds, ...shop([{ from: 22 * hour, until: 30 * hour }]) });
  // At 01:00 and 23:00 somebody is there, at 06:00 the night is over: 16 hours.
  expect(nightly.kinds.all).toMatchObject({ waitedShare: 1 / 3, p99: 16 * hour });
  const tuesdays = run({ kinds, ...shop([{ from: 24 * hour, until: 29 * hour }], 'week') });
  // Those of Monday wait for Tuesday; who comes at its end waits for the next one.
  expect(tuesdays.kinds.all).toMatchObject({ waitedShare: 1, p50: 23 * hour, p99: 162 * hour });
});

test('out of shift an agent finishes what it holds, and is in use for that time alone', () => {
  const { kinds, agents } = run({
    kinds: [{ name: 'all', recorded: [9 * hour, 20 * hour], service: { fixed: 3 * hour } }],
    agents: [{ name: 'agent', capacity: 2, shifts: [{ from: 8 * hour, until: 10 * hour }] }],
  });
  expect(kinds.all?.p50).toBe(0);
  // From 9 to 20 o'clock: 3 of a place in use, of 2 places for an hour and one for two more.
  expect(agents.agent?.occupancy).toBeCloseTo(3 / (2 + 2), 9);
});

test('shifts that fill the day are no shifts, whatever their parts', () => {
  const kinds = [{ ...kind, rate: 0.8 }];
  const parts = [
    { from: 20 * hour, until: 30 * hour },
    { from: 6 * hour, until: 12 * hour },
    { from: 11 * hour, until: 20 * hour },
  ];
  expect(run({ kinds, ...shop(parts) })).toEqual(run({ kinds, agents }));
});

test('a run ends where nobody in shift may ever serve who waits', () => {
  const { kinds } = run({
    arrivals: 10,
    kinds: [{ ...kind, needs: { skills: { latin: 1 } } }],
    ...shop([{ from: 9 * hour, until: 17 * hour }]),
  });
  expect(kinds.all).toMatchObject({ unservedShare: 1 });
});

test('half of the agents for half of the day carry half of what is asked of all of them', () => {
  // M/M/∞ while in shift: 0.5 erlang a place of 1000, never full; the occupancy is exact by Little.
  const { agents } = run({
    ...{ arrivals: 20_000, warmUp: 0.1 },
    kinds: [{ name: 'all', rate: 0.1, service: { exponential: 100 } }],
    agents: [
      { name: 'day', capacity: 500, shifts: [{ from: 0, until: 12 * hour }] },
      { name: 'night', capacity: 500, shifts: [{ from: 12 * hour, until: 24 * hour }] },
    ],
  });
  const places = [agents.day?.occupancy ?? 0, agents.night?.occupancy ?? 0];
  for (const one of places) expect(one).toBeCloseTo(10 / 500, 3);
});

test('what the simulator does not follow of a policy is named', () => {
  const parts = { offer: { within: 30, misses: 2 }, silence: { agent: 60 } };
  const plan = { name: 'Ask', steps: [{ after: 0 }], ...parts };
  const policy = { plans: [plan], rules: [ruled('Ask')] };
  expect(run({ kinds: [kind], agents, policy }).notModelled).toEqual(['silence']);
});

test('where plans serve what is due first, the order is that of a boost by what their targets differ', () => {
  const of = (name: string, priority: 'normal' | 'high') => ({
    ...{ name, rate: 0.45, service: { exponential: 1 } },
    needs: { priority, fields: { 'contact.attributes.kind': name } },
  });
  const plan = (name: string, due: object) => ({ name, steps: [{ after: 0 }], ...due });
  const by = (name: string) => ({
    ...ruled(name),
    when: { field: 'contact.attributes.kind', is: name },
  });
  const runWith = (dues: [object, object], boost: number, priority: 'normal' | 'high') =>
    run({
      kinds: [of('A', priority), of('B', 'normal')],
      agents,
      policy: {
        boostSeconds: { urgent: 0, high: boost, normal: 0, low: 0 },
        plans: [plan('A', dues[0]), plan('B', dues[1])],
        rules: [by('A'), ruled('B')],
      },
    });
  const due = (firstAnswer: number) => ({ order: 'due' as const, targets: { firstAnswer } });
  const dueFirst = runWith([due(2), due(12)], 0, 'normal');
  expect(dueFirst).toEqual(runWith([{}, {}], 10, 'high'));
  expect(dueFirst.kinds.A?.meanWait).toBeLessThan((dueFirst.kinds.B?.meanWait ?? 0) - 1);
});

test('hours tell who came in them, how long these waited, and who waits at the end', () => {
  const recorded = [10, 3500, 3550, 3600, 7300, 10_700];
  const { hours } = run({
    kinds: [{ name: 'all', recorded, service: { fixed: 200 } }],
    ...{ agents, within: [100] },
  });
  // Served at 10, 3500, 3700, 3900, 7300 and 10,700 s; the last ends in an hour in which nobody comes.
  expect(hours).toEqual(
    [
      { from: 0, arrived: 3, meanWait: 50, p50: 0, p95: 150, within: 2 / 3, waiting: 1 },
      { from: 3600, arrived: 1, meanWait: 300, p50: 300, p95: 300, within: 0, waiting: 0 },
      { from: 7200, arrived: 2, meanWait: 0, p50: 0, p95: 0, within: 1, waiting: 0 },
    ].map((hour) => ({ ...hour, abandonedShare: 0 })),
  );
});

test('whoever waits for ever is there at the end of the last hour, too', () => {
  const { hours } = run({
    kinds: [{ name: 'all', recorded: [10, 3700], service: { fixed: 1 } }],
    agents: [{ name: 'agent', capacity: 0 }],
  });
  expect(hours?.map(({ waiting, within }) => [waiting, within])).toEqual([
    [1, null],
    [2, null],
  ]);
});

test('plans tell of those that stood in them first, and the whole is the sum of the kinds', () => {
  const to = (plan: string, size: number) => ({
    ...{ name: plan, when: { field: 'contact.attributes.size', is: size } },
    // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
    then: { plan },
  });
  const sized = (size: number) => ({ fields: { 'contact.attributes.size': size } });
  const { plans, whole, kinds, hours } = run({
    ...{ agents, within: [1], warmUp: 0.25 },
    kinds: [
      { ...kind, name: 'small', rate: 0.4, needs: sized(1) },
      { ...kind, name: 'large', rate: 0.2, needs: sized(2) },
      { ...kind, name: 'vast', rate: 0.2, needs: sized(3) },
    ],
    policy: {
      plans: ['One', 'Two'].map((name) => ({ name, steps: [{ after: 0 }] })),
      rules: [to('One', 1), ruled('Two')],
    },
  });
  const { small, large, vast } = kinds as Record<string, NonNullable<typeof whole>>;
  expect(plans?.One).toEqual({
    arrived: small?.arrived,
    ...{ p50: small?.p50, p95: small?.p95, abandonedShare: 0 },
    meanWait: expect.closeTo(small?.meanWait ?? 0, 9),
    within: expect.closeTo(small?.within[1] ?? 0, 9),
  });
  expect(plans?.Two?.arrived).toBe((large?.arrived ?? 0) + (vast?.arrived ?? 0));
  expect(whole?.arrived).toBe(1500);
  const waits = [small, large, vast].map((one) => (one?.arrived ?? 0) * (one?.meanWait ?? 0));
  expect(whole?.meanWait).toBeCloseTo(waits.reduce((sum, one) => sum + one, 0) / 1500, 9);
  // Those of the warm-up are in their hours.
  expect(hours?.reduce((sum, { arrived }) => sum + arrived, 0)).toBe(2000);
});

test('agents and teams tell how long those waited whom they served, those of the warm-up left out', () => {
  const { agents: used, teams } = run({
    kinds: [{ name: 'all', recorded: [0, 1, 2, 3, 4], service: { fixed: 10 } }],
    agents: [
      { name: 'ana', teams: ['north'] },
      { name: 'ben', teams: ['north'], shifts: [{ from: 100, until: 200 }] },
      { name: 'eve', teams: ['north', 'south'], shifts: [{ from: 0, until: 15 }] },
      { name: 'zoe', teams: ['south'], capacity: 0 },
    ],
    ...{ warmUp: 0.2, within: [8] },
  });
  // Ana serves the first at 0, the third at 10 and the fifth at 20 s, Eve the second at 1 and the fourth at 11 s.
  const known = { abandonedShare: undefined, arrived: undefined };
  expect({ ...known, ...used.ana?.waits }).toEqual({
    ...{ ...known, meanWait: 12, p50: 8, p95: 16, within: 0.5 },
  });
  expect(used.eve?.waits).toEqual({ meanWait: 4, p50: 0, p95: 8, within: 1 });
  expect(used.ben).not.toHaveProperty('waits');
  expect(teams?.north?.waits).toEqual({ meanWait: 8, p50: 8, p95: 16, within: 0.75 });
  expect(teams?.south?.waits).toEqual(used.eve?.waits);
});

test('an agent answers so long after it has the customer, divided by its speed, and no later than the end', () => {
  const { kinds, whole, hours } = run({
    kinds: [
      { name: 'all', recorded: [0, 0, 5], service: { fixed: 10 }, firstAnswer: { fixed: 4 } },
      { name: 'short', recorded: [100], service: { fixed: 2 }, firstAnswer: { fixed: 4 } },
      { name: 'untold', recorded: [200], service: { fixed: 2 } },
    ],
    agents: [{ name: 'agent', speed: 2 }],
  });
  // They wait 0, 5 and 5 s and are answered 2 s later; the short one after the second that it takes.
  expect(kinds.all?.firstAnswer).toEqual({
    ...{ answeredShare: 1, mean: expect.closeTo(16 / 3, 9), meanCi: 0, p50: 7, p95: 7 },
  });
  expect(kinds.short?.firstAnswer).toMatchObject({ mean: 1, answeredShare: 1 });
  expect(kinds.untold).not.toHaveProperty('firstAnswer');
  expect(whole?.firstAnswer).toMatchObject({ answeredShare: 0.8, mean: expect.closeTo(17 / 4, 9) });
  expect(hours?.[0]?.firstAnswer).toMatchObject({ answeredShare: 0.8, p95: 7 });
});

test('where agents answer changes nothing else of a run', () => {
  const scenario = {
    kinds: [{ ...kind, rate: 0.9, service: { exponential: 1 }, patience: { exponential: 3 } }],
    agents: [{ name: 'agent', concurrency: { slowdown: 0.5 }, capacity: 3 }],
  };
  const told = run({
    ...scenario,
    kinds: scenario.kinds.map((one) => ({ ...one, firstAnswer: { exponential: 0.5 } })),
  });
  const { firstAnswer, ...all } = told.kinds.all ?? {};
  expect(all).toEqual(run(scenario).kinds.all);
  expect(firstAnswer?.answeredShare).toBeCloseTo(1 - (told.kinds.all?.abandonedShare ?? 0), 9);
});

test('whatever a plan is called, what it does is the same', () => {
  const full = (waiting: number, then: 'close' | `plan:${string}`) => ({ waiting, then });
  const run = (name: string, other: string) => {
    const policy = {
      plans: [
        { name, steps: [{ after: 0 }], limits: full(2, `plan:${other}`) },
        { name: other, steps: [{ after: 0 }], limits: full(50, 'close') },
        { name: 'Asks', steps: [{ after: 0 }], offer: { within: 20, misses: 3 } },
      ],
      // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
      rules: [{ name: 'All', then: { plan: name } }],
    };
    const scenario = {
      ...{ arrivals: 500, seed: 1, policy, agents: [{ name: 'one', count: 2 }] },
      kinds: [{ name: 'all', rate: 0.05, service: { exponential: 60 } }],
    };
    const read = readScenario(scenario, BEGINS_AT);
    if (read.scenario === null) throw new Error(JSON.stringify(read.faults));
    return finish(runScenario(read.scenario, read.policy));
  };
  const { plans, ...plain } = run('First', 'Second');
  for (const [name, other] of [
    ['constructor', 'toString'],
    ['__proto__', 'hasOwnProperty'],
  ] as const) {
    const { plans: named, ...rest } = run(name, other);
    expect(rest).toEqual(plain);
    expect(Object.keys(named ?? {}).sort()).toEqual(
      [name, ...(plans?.Second ? [other] : [])].sort(),
    );
  }
});
