import { expect, test } from 'vitest';
import { listChanges } from './list-changes.ts';

const plan = (name: string, after: number) => ({ name, steps: [{ after }] });

test('a change in a list is told by the name of what changed, and the rest of the list is not', () => {
  const before = { strategy: 'least-loaded', plans: [plan('Day', 0), plan('Night', 0)] };
  const after = { strategy: 'least-loaded', plans: [plan('Day', 0), plan('Night', 60)] };
  expect(listChanges(before, after)).toEqual([
    { name: 'plans.Night.steps', from: '[{"after":0}]', to: '[{"after":60}]' },
  ]);
  expect(listChanges(before, { ...before, plans: [plan('Day', 0)] })).toEqual([
    { name: 'plans.Night', from: '{"name":"Night","steps":[{"after":0}]}', to: '–' },
  ]);
});

test('what is long is cut off', () => {
  const [change] = listChanges({}, { text: 'x'.repeat(1000) });
  expect(change).toMatchObject({ name: 'text', from: '–' });
  expect(change?.to).toHaveLength(121);
});
