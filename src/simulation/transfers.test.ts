// Conversations that one agent begins and others go on with, beside what a hand reckons.
import { expect, test } from 'vitest';
import type { PolicyDocument } from '../contract/policy/document.ts';
import type { Scenario, ScenarioKind } from '../contract/scenario.ts';
import { readScenario } from './read-scenario.ts';
import { BEGINS_AT, type Figures, finish, runScenario } from './run-scenario.ts';

type Parts = Omit<Scenario, 'kinds' | 'arrivals'> & { kind: Omit<ScenarioKind, 'name'> };

function run({ kind, ...scenario }: Parts): Figures {
  const read = readScenario(
    { arrivals: 100, seed: 3, kinds: [{ name: 'all', ...kind }], ...scenario },
    BEGINS_AT,
  );
  if (read.scenario === null) throw new Error(JSON.stringify(read.faults));
  return finish(runScenario(read.scenario, read.policy));
}

const front = { name: 'front', teams: ['Front'] };
const back = { name: 'back', teams: ['Back'] };
const toBack = { share: 1, after: { fixed: 30 }, to: { team: 'Back' } };
const needs = { team: 'Front' };

test('one team has it for a while, another one then for the whole service, and waits for both are told apart', () => {
  const figures = run({
    kind: { recorded: [0, 10], needs, service: { fixed: 100 }, transfers: toBack },
    ...{ agents: [front, back], within: [0] },
  });
  // Front has them from 0 and 30 s; back from 30 and 130 s, and the second waits for it from 60 s on.
  expect(figures.kinds.all).toMatchObject({
    ...{ arrived: 2, meanWait: 10, within: { 0: 0.5 }, servedBy: { front: 1 } },
    transfers: { made: 2, share: 1, meanWait: 35, p95: 70, leftShare: 0, unservedShare: 0 },
  });
  expect(figures.whole?.transfers).toEqual(figures.kinds.all?.transfers);
  expect(figures.agents).toMatchObject({
    front: { given: 2, transferred: 2 },
    back: { given: 2 },
  });
  expect(figures.agents.back).not.toHaveProperty('transferred');
  expect(figures.assignments).toBe(4);
});

test('whoever was transferred goes before those who came later', () => {
  const { kinds } = run({
    kind: {
      recorded: [0, 10, 20],
      service: { fixed: 100 },
      transfers: { share: 1, after: { fixed: 30 } },
    },
    agents: [{ name: 'both', count: 2 }],
  });
  // One agent has the first until 30 s and then the third; the other has the second until 40 s and then the
  // first. At 60 s the second comes before the third, which waits for the first to be served at 140 s.
  expect(kinds.all).toMatchObject({
    meanWait: expect.closeTo(10 / 3, 9),
    transfers: { made: 3, meanWait: expect.closeTo((10 + 20 + 80) / 3, 9) },
  });
});

test('who has sent it on is not given it back for half a minute, with nobody else there', () => {
  const { kinds } = run({
    kind: { recorded: [0], service: { fixed: 100 }, transfers: { share: 1, after: { fixed: 5 } } },
    agents: [{ name: 'ana' }],
  });
  expect(kinds.all?.transfers).toMatchObject({ made: 1, meanWait: 30 });
});

test('patience counts anew from the transfer, and whoever loses it then was served all the same', () => {
  const { kinds } = run({
    kind: {
      ...{ recorded: [0, 10], needs, service: { fixed: 100 }, transfers: toBack },
      patience: { fixed: 40 },
    },
    agents: [front, back],
  });
  expect(kinds.all).toMatchObject({
    abandonedShare: 0,
    transfers: { made: 2, meanWait: 0, leftShare: 0.5, unservedShare: 0 },
  });
});

test('without patience it is tried all the same, and leaves where nobody has room', () => {
  const { kinds } = run({
    kind: {
      ...{ recorded: [0, 40], needs, service: { fixed: 100 }, transfers: toBack },
      patience: { fixed: 0 },
    },
    agents: [front, back],
  });
  expect(kinds.all?.transfers).toMatchObject({ made: 2, meanWait: 0, leftShare: 0.5 });
});

test('who needs after the transfer what nobody has is told as unserved, and holds nobody up', () => {
  const { kinds } = run({
    kind: {
      ...{ recorded: [0, 10], service: { fixed: 100 } },
      transfers: { share: 1, after: { fixed: 30 }, to: { skills: { klingon: 1 } } },
    },
    agents: [front],
  });
  expect(kinds.all).toMatchObject({
    unservedShare: 0,
    transfers: { made: 2, unservedShare: 1, p95: 0 },
  });
});

const policy: Partial<PolicyDocument> = {
  plans: [
    { name: 'First', steps: [{ after: 0, team: 'Front' }] },
    { name: 'Second', steps: [{ after: 0, team: 'Back' }, { after: 60 }] },
  ],
  // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
  rules: [{ name: 'All', then: { plan: 'First' } }],
};

test('into a plan it begins there, and stands in it as long as its steps say', () => {
  const transfers = { share: 1, after: { fixed: 300 }, to: { plan: 'Second' } };
  const shifts = [{ from: 0, until: 80_000 }];
  const figures = run({
    kind: { recorded: [0], service: { fixed: 100 }, transfers },
    ...{ agents: [front, { ...back, shifts: [{ from: 80_000, until: 86_400 }] }], policy },
  });
  // Back is out of shift; from the second step on front may have it, who is kept from it no more.
  expect(shifts).toHaveLength(1);
  expect(figures.kinds.all?.transfers).toMatchObject({ made: 1, meanWait: 60 });
  expect(Object.keys(figures.plans ?? {})).toEqual(['First']);
});

test('a team that an agent chose is overruled by no step', () => {
  const figures = run({
    kind: { recorded: [0], service: { fixed: 100 }, transfers: toBack },
    ...{ agents: [front, back], policy },
  });
  expect(figures.agents.back?.given).toBe(1);
});

test('it is transferred as often as the share says, and no more often than the most', () => {
  const of = (transfers: ScenarioKind['transfers']) => {
    const kind = { rate: 0.01, service: { fixed: 10 }, transfers };
    const scenario = { arrivals: 5000, agents: [{ name: 'many', count: 50 }] };
    const { made = 0, share } = run({ kind, ...scenario } as Parts).kinds.all?.transfers ?? {};
    return { each: made / 5000, share };
  };
  const after = { fixed: 10 };
  const near = (value: number) => expect.closeTo(value, 1.5);
  expect(of({ share: 0.3, after })).toEqual({ each: near(0.3), share: near(0.3) });
  // 0.3 + 0.09 + 0.027 of the customers.
  expect(of({ share: 0.3, after, most: 3 }).each).toBeCloseTo(0.417, 1);
  expect(of({ share: 1, after, most: 4 })).toEqual({ each: 4, share: 1 });
});

test('only the first agent’s answer is the first one', () => {
  const { kinds } = run({
    kind: {
      ...{ recorded: [0, 10], needs, service: { fixed: 100 }, transfers: toBack },
      firstAnswer: { fixed: 12 },
    },
    agents: [front, back],
  });
  expect(kinds.all?.firstAnswer).toMatchObject({ answeredShare: 1, mean: 22, p95: 32 });
});

test('whoever transfers before the answer has not answered: the next agent does', () => {
  const of = (slowdown: number) => {
    const concurrency = { slowdown };
    const { kinds } = run({
      kind: {
        ...{ recorded: [0, 500], needs, service: { fixed: 100 }, transfers: toBack },
        firstAnswer: { fixed: 50 },
      },
      agents: [
        { ...front, concurrency },
        { ...back, concurrency },
      ],
    });
    return kinds.all?.firstAnswer;
  };
  for (const slowdown of [0, 1])
    expect(of(slowdown)).toMatchObject({ answeredShare: 1, mean: 80, p95: 80 });
});

test('where nobody goes on with it, and the first agent has not answered, nobody has', () => {
  const { kinds } = run({
    kind: {
      ...{ recorded: [0, 10], service: { fixed: 100 }, firstAnswer: { fixed: 50 } },
      transfers: { share: 1, after: { fixed: 30 }, to: { skills: { klingon: 1 } } },
    },
    agents: [front],
  });
  expect(kinds.all?.firstAnswer).toMatchObject({ answeredShare: 0 });
});

test('shares of a time that agents divide among all they hold go on after a transfer', () => {
  const { kinds } = run({
    kind: { recorded: [0, 0], needs, service: { fixed: 100 }, transfers: toBack },
    agents: [
      { ...front, capacity: 2, concurrency: { slowdown: 1 } },
      { ...back, capacity: 1 },
    ],
  });
  // Both end at 60 s with front; the second then waits for the first one's service.
  expect(kinds.all?.transfers).toMatchObject({ made: 2, meanWait: 50, p95: 100 });
});

test('transfers change nothing else of what comes: arrivals, services and patience stay the same', () => {
  const kind = { rate: 0.05, service: { exponential: 60 }, patience: { exponential: 30 } };
  const agents = [{ name: 'many', count: 200 }];
  const bare = run({ kind, agents });
  const sent = run({ kind: { ...kind, transfers: { share: 0, after: { fixed: 1 } } }, agents });
  const { transfers, ...all } = sent.kinds.all ?? {};
  expect(all).toEqual(bare.kinds.all);
  expect(transfers).toMatchObject({ made: 0, share: 0 });
  expect(bare.kinds.all).not.toHaveProperty('transfers');
});

test('a plan that there is not is told with its place', () => {
  const transfers = { share: 1, after: { fixed: 1 }, to: { plan: 'Nowhere' } };
  const kinds = [{ name: 'all', rate: 1, service: { fixed: 1 }, transfers }];
  const { faults } = readScenario({ arrivals: 1, kinds, agents: [front] }, BEGINS_AT);
  expect(faults).toMatchObject([
    { path: '/kinds/0/transfers/to/plan', code: 'scenario.unknown-plan' },
  ]);
});
