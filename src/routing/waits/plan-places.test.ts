// Places over the next hours, by who is here and what the shifts say.
import { expect, test } from 'vitest';
import { planOnward, planPlaces } from './plan-places.ts';

const HOUR = 3600;
const shift = (agentId: string, from: number, until: number) => {
  return { agentId, from, until, expects: 'online' } as const;
};
const here = (agentId: string, places = 2) => ({ agentId, places, isHere: true });
const gone = (agentId: string, places = 2) => ({ agentId, places, isHere: false });

test('who goes home takes their places along, and who comes brings theirs', () => {
  const shifts = [shift('ana', -HOUR, HOUR), shift('budi', 2 * HOUR, 3 * HOUR)];
  expect(planPlaces([here('ana', 3), gone('budi')], shifts)).toEqual([
    { inSeconds: HOUR, places: 0 },
    { inSeconds: 2 * HOUR, places: 2 },
    { inSeconds: 3 * HOUR, places: 0 },
  ]);
});

test('where one goes as another with as many places comes, nothing changes', () => {
  const shifts = [shift('ana', -HOUR, HOUR), shift('budi', HOUR, 2 * HOUR)];
  expect(planPlaces([here('ana'), gone('budi')], shifts)).toEqual([
    { inSeconds: 2 * HOUR, places: 0 },
  ]);
});

test('a break cuts a shift in two, and is a break for its places', () => {
  const away = { agentId: 'ana', from: 600, until: 1200, expects: 'away' } as const;
  const shifts = [shift('ana', -HOUR, 600), away, shift('ana', 1200, HOUR)];
  expect(planPlaces([here('ana')], shifts)).toEqual([
    { inSeconds: 600, places: 0 },
    { inSeconds: 1200, places: 2 },
    { inSeconds: HOUR, places: 0 },
  ]);
});

test('who is here outside of a shift stays, and who is late is not waited for', () => {
  const shifts = [shift('ana', HOUR, 2 * HOUR), shift('budi', -HOUR, HOUR)];
  expect(planPlaces([here('ana'), gone('budi')], shifts)).toEqual([]);
});

test('what was planned a while ago counts from now', () => {
  const changes = [
    { inSeconds: 60, places: 1 },
    { inSeconds: 120, places: 0 },
  ];
  expect(planOnward({ places: 2, changes }, 90)).toEqual({
    places: 1,
    changes: [{ inSeconds: 30, places: 0 }],
  });
});
