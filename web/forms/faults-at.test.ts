import { expect, test } from 'vitest';
import { faultsBelow } from './faults-at.ts';

const fault = (path: string) => ({ path, code: 'a.b', detail: `At ${path}.`, remedy: 'Mend it.' });
const faults = [fault('/plans/1/steps/0/after'), fault('/plans/1'), fault('/plans/10/name')];

test('an entry is told what is wrong with it, and not with others whose number begins alike', () => {
  const plan = faultsBelow(faults, '/plans/1');
  expect(plan.count).toBe(2);
  expect(plan.sayOnly('')).toBe('At /plans/1. Mend it.');
  expect(plan.say('/steps/0')).toBe('At /plans/1/steps/0/after. Mend it.');
  expect(plan.sayOnly('/steps/0')).toBe(null);
  expect(plan.below('/steps/0').sayOnly('/after')).toBe('At /plans/1/steps/0/after. Mend it.');
  expect(plan.say('/steps/1')).toBe(null);
});
