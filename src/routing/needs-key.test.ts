import { expect, test } from 'vitest';
import { needsKey } from './needs-key.ts';
import type { Needs } from './types.ts';

const needs: Needs = {
  ...{ channelId: 'web', remote: false, externalChannelId: '7', teamId: 't', weight: 2 },
  ...{ skillIds: ['y', 'x'], excludedAgentIds: ['b', 'a'] },
};

test('the key is written of all that is needed, skills and exclusions in order', () => {
  expect(needsKey(needs)).toBe('web|7|t|x+y|2|a+b');
  expect(needsKey({ ...needs, externalChannelId: null, teamId: null, skillIds: [] })).toBe(
    'web||||2|a+b',
  );
});
