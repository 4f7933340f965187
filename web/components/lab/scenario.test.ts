import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { exampleScenario } from './example-scenario.ts';
import { applyChanges, countRuns, looksLikeScenario, noChanges } from './scenario.ts';

test('the example is the shop of the guide', () => {
  const file = JSON.parse(readFileSync('examples/scenarios/shop.json', 'utf8'));
  expect(exampleScenario).toEqual({ ...file, arrivals: 10_000 });
});

test('without changes only the points of the picture are added', () => {
  const { within: _, ...rest } = applyChanges(exampleScenario, noChanges);
  const { within: __, ...before } = exampleScenario;
  expect(rest).toEqual({
    ...before,
    kinds: before.kinds,
  });
});

test('volume, agents and strategy are changed, and a group of nobody is left out', () => {
  const changed = applyChanges(exampleScenario, {
    ...{ volume: 50, byDraft: false, strategy: 'round-robin' },
    agents: { orders: { count: 0, capacity: 3 }, both: { count: 9, capacity: 2 } },
  });
  expect(changed.kinds.map(({ rate }) => rate)).toEqual([0.09, 0.03]);
  expect(changed.agents).toEqual([{ ...exampleScenario.agents[1], count: 9, capacity: 2 }]);
  expect(changed.policy).toEqual({ strategy: 'round-robin' });
});

const withBot = {
  ...exampleScenario,
  agents: [...exampleScenario.agents, { name: 'Botty', bot: { talk: { fixed: 30 }, ends: 0.4 } }],
  policy: {
    plans: [
      { name: 'Shop', steps: [{ after: 0 }], bot: { agent: 'Botty' } },
      { name: 'Other', steps: [{ after: 0 }] },
    ],
  },
};

test('a bot stays one, and can hold more or fewer', () => {
  expect(applyChanges(withBot, noChanges).agents).toEqual(withBot.agents);
  const agents = { Botty: { count: 1, capacity: 7 } };
  const changed = applyChanges(withBot, { ...noChanges, agents });
  expect(changed.agents.at(-1)).toEqual({ ...withBot.agents.at(-1), capacity: 7 });
  expect(changed.policy).toEqual(withBot.policy);
});

test('where a bot is taken away, its plans go to people at once', () => {
  const agents = { Botty: { count: 0, capacity: 100 } };
  const changed = applyChanges(withBot, { ...noChanges, agents });
  expect(changed.agents).toEqual(exampleScenario.agents);
  expect(changed.policy?.plans).toEqual(
    ['Shop', 'Other'].map((name) => ({ name, steps: [{ after: 0 }] })),
  );
});

test('by the draft its policy stands, and a strategy that is chosen goes before its own', () => {
  const drafted = { strategy: 'longest-idle' as const, boostSeconds: {} };
  const by = (strategy: 'round-robin' | null, draft: typeof drafted | null = drafted) =>
    applyChanges(exampleScenario, { ...noChanges, byDraft: true, strategy }, draft).policy;
  expect(by(null)).toEqual(drafted);
  expect(by('round-robin')).toEqual({ ...drafted, strategy: 'round-robin' });
  expect(by(null, null)).toEqual(exampleScenario.policy);
});

test('volume changes profiles and records too, and nothing without a change', () => {
  const still = { name: 'all', service: { fixed: 1 } };
  const kinds = [
    { ...still, profile: { every: 3600, rates: [1, 2] } },
    { ...still, recorded: [0, 10, 20, 30] },
  ];
  const at = (volume: number) =>
    applyChanges({ ...exampleScenario, kinds }, { ...noChanges, volume }).kinds;
  expect(at(0)).toEqual(kinds);
  expect(at(50)[0]?.profile?.rates).toEqual([1.5, 3]);
  expect(at(50)[1]?.recorded).toHaveLength(6);
  expect(at(-50)[1]?.recorded).toEqual([10, 30]);
});

test('a scenario is run five times, a long one less often, and one of which three are too many once', () => {
  const runs = [10_000, 70_000, 100_000, 150_000, 1_000_000].map((arrivals) =>
    countRuns({ arrivals }),
  );
  expect(runs).toEqual([5, 4, 3, 1, 1]);
  expect(countRuns({} as { arrivals: number })).toBe(1);
});

test('what has no kinds or agents with names is no scenario', () => {
  for (const wrong of [null, 3, [], {}, { kinds: [], agents: [] }, { kinds: [{}], agents: [{}] }])
    expect(looksLikeScenario(wrong)).toBe(false);
  expect(looksLikeScenario(exampleScenario)).toBe(true);
});
