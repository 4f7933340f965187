import { expect, test } from 'vitest';
import { awaitKey, needsKey, readAsked } from './needs-key.ts';
import type { Needs } from './types.ts';

const needs: Needs = {
  ...{
    channelId: 'web',
    channelKind: 'webchat',
    remote: false,
    externalChannelId: '7',
    teamId: 't',
    weight: 2,
  },
  ...{ skillIds: ['y', 'x'], excludedAgentIds: ['b', 'a'] },
};

test('the key is written of all that is needed, skills and exclusions in order', () => {
  expect(needsKey(needs)).toBe('web|7|t|x+y|2|a+b');
  expect(needsKey({ ...needs, externalChannelId: null, teamId: null, skillIds: [] })).toBe(
    'web||||2|a+b',
  );
});

test('the key says who was asked before, the one asked longest ago first, and leaves out who is excluded anyhow', () => {
  const key = needsKey({ ...needs, askedAgentIds: ['d', 'b', 'c'] });
  expect(key).toBe('?d+c|web|7|t|x+y|2|a+b');
  expect(readAsked(key)).toEqual(['d', 'c']);
  expect(readAsked(awaitKey('0'.repeat(36), key))).toEqual(['d', 'c']);
  expect(readAsked(needsKey(needs))).toEqual([]);
});

test('however many were excluded and asked, the key fits an index, and differs with them', () => {
  const ids = (count: number) =>
    Array.from({ length: count }, (_, nth) => `${nth}`.padStart(36, '0'));
  const keyOf = (excluded: number, asked: number) =>
    needsKey({ ...needs, excludedAgentIds: ids(excluded), askedAgentIds: ids(asked).toReversed() });
  expect(keyOf(500, 500).length).toBeLessThan(1000);
  expect(new Set([keyOf(16, 40), keyOf(17, 40), keyOf(18, 40), keyOf(500, 0)]).size).toBe(4);
});
