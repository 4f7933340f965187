import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { exampleScenario } from './example-scenario.ts';
import { applyChanges, looksLikeScenario, noChanges } from './scenario.ts';

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
    volume: 50,
    strategy: 'round-robin',
    agents: { orders: { count: 0, capacity: 3 }, both: { count: 9, capacity: 2 } },
  });
  expect(changed.kinds.map(({ rate }) => rate)).toEqual([0.09, 0.03]);
  expect(changed.agents).toEqual([{ ...exampleScenario.agents[1], count: 9, capacity: 2 }]);
  expect(changed.policy).toEqual({ strategy: 'round-robin' });
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
  expect(at(50)[1]?.recorded).toEqual([0, 10, 10, 20, 30, 30]);
  expect(at(-50)[1]?.recorded).toEqual([10, 30]);
});

test('what has no kinds or agents with names is no scenario', () => {
  for (const wrong of [null, 3, [], {}, { kinds: [], agents: [] }, { kinds: [{}], agents: [{}] }])
    expect(looksLikeScenario(wrong)).toBe(false);
  expect(looksLikeScenario(exampleScenario)).toBe(true);
});
