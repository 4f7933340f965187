import { expect, test } from 'vitest';
import { changeVolume } from './change-volume.ts';
import type { Scenario } from './scenario.ts';

const came = Array.from({ length: 2000 }, (_, nth) => 9 * 3600 + nth * 5);
const service = { fixed: 60 };
const span: Scenario = {
  arrivals: came.length,
  kinds: [{ name: 'all', recorded: came, service }],
  agents: [{ name: 'some', count: 60 }],
};

test('a fifth more come, near those who were recorded and within the span, in order', () => {
  const more = changeVolume(span, 1.2);
  const { recorded = [] } = more.kinds[0] ?? {};
  expect(recorded.length / came.length).toBe(1.2);
  expect(more.arrivals).toBe(recorded.length);
  expect(recorded).toEqual(recorded.toSorted((a, b) => a - b));
  expect([recorded[0], recorded.at(-1)]).toEqual([came[0], came.at(-1)]);
  expect(came.filter((at) => !recorded.includes(at))).toEqual([]);
  const copies = recorded.filter((at) => !came.includes(at));
  expect(copies.some((at) => at % 1 > 0)).toBe(true);
});

test('where fewer come, those are some of the recorded', () => {
  const fewer = changeVolume(span, 0.5);
  const { recorded = [] } = fewer.kinds[0] ?? {};
  expect(recorded.length / came.length).toBe(0.5);
  expect(recorded.filter((at) => !came.includes(at))).toEqual([]);
});

test('rates and profiles are multiplied', () => {
  const kinds = [
    { name: 'a', rate: 2, service },
    { name: 'b', profile: { every: 60, rates: [1, 3] }, service },
  ];
  const more = changeVolume({ ...span, kinds }, 1.5);
  expect(more).toMatchObject({
    arrivals: 3000,
    kinds: [{ rate: 3 }, { profile: { rates: [1.5, 4.5] } }],
  });
});

test('a busy hour stays one: who comes more comes within five minutes of somebody recorded', () => {
  const busy = [0, 1000, 1001, 1002, 1003, 1004, 1005, 5000];
  const kinds = [{ name: 'all', recorded: busy, service }];
  const { recorded = [] } = changeVolume({ ...span, kinds }, 4).kinds[0] ?? {};
  expect(recorded).toHaveLength(32);
  expect(recorded.every((at) => busy.some((one) => Math.abs(at - one) <= 300))).toBe(true);
  expect(new Set(recorded).size).toBeGreaterThan(25);
});

test('a contact stays with its moment, and whoever comes more is known to nobody', () => {
  const kinds = [{ name: 'all', recorded: [0, 1000, 2000], contacts: ['x', null, 'x'], service }];
  const more = changeVolume({ ...span, kinds }, 2).kinds[0];
  expect(more?.contacts).toHaveLength(6);
  expect(more?.contacts?.filter((one) => one === 'x')).toHaveLength(2);
  expect(more?.contacts?.[more.recorded?.indexOf(2000) ?? -1]).toBe('x');
  expect(changeVolume({ ...span, kinds }, 1 / 3).kinds[0]).toMatchObject({
    recorded: [2000],
    contacts: ['x'],
  });
});

test('as many as before is the same scenario, and nothing left of a kind leaves it out', () => {
  expect(changeVolume(span, 1)).toBe(span);
  const kinds = [
    { name: 'one', recorded: [5], service },
    { name: 'all', rate: 1, service },
  ];
  expect(changeVolume({ ...span, kinds }, 0.5).kinds.map(({ name }) => name)).toEqual(['all']);
});
