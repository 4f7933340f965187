import { expect, test } from 'vitest';
import { exclude, excludedAt, firstEnd } from './exclusions.ts';

const at = (seconds: number) => new Date(seconds * 1000);

test('an exclusion ends, and each further one of the same agent lasts twice as long, up to ten minutes', () => {
  let exclusions = exclude([], { agentId: 'a', cause: 'agent-unfit', now: at(0) });
  expect(firstEnd(exclusions)).toEqual(at(30));
  expect(excludedAt(exclusions, at(29))).toHaveLength(1);
  expect(excludedAt(exclusions, at(30))).toEqual([]);
  exclusions = exclude(exclusions, { agentId: 'a', cause: 'agent-unfit', now: at(100) });
  expect(firstEnd(exclusions)).toEqual(at(160));
  for (let n = 0; n < 10; n += 1) {
    exclusions = exclude(exclusions, { agentId: 'a', cause: 'agent-refused', now: at(1000) });
  }
  expect(exclusions).toEqual([
    { agentId: 'a', cause: 'agent-refused', until: at(1600).toISOString(), times: 12 },
  ]);
});

test('one agent does not lengthen the exclusion of another', () => {
  const first = exclude([], { agentId: 'a', cause: 'agent-unfit', now: at(0) });
  const both = exclude(first, { agentId: 'b', cause: 'agent-unfit', now: at(10) });
  expect(excludedAt(both, at(29)).map(({ agentId }) => agentId)).toEqual(['a', 'b']);
  expect(firstEnd(both)).toEqual(at(30));
  expect(firstEnd([])).toBeNull();
  expect(excludedAt(both, at(35)).map(({ agentId }) => agentId)).toEqual(['b']);
  expect(firstEnd(excludedAt(both, at(35)))).toEqual(at(40));
});
