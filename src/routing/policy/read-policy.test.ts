// What is found in policies that people write, and what holds.
import { describe, expect, test } from 'vitest';
import { breakAll, breakages } from '../../../test/makers/broken-policies.ts';
import { makeCompany, validPolicies } from '../../../test/makers/valid-policies.ts';
import { defaultPolicy } from '../../contract/policy/policy.ts';
import { readPolicy } from './read-policy.ts';

const now = Date.parse('2026-11-23T12:00Z');
const read = (policy: unknown) => readPolicy(policy, makeCompany(), now);

describe('a policy that holds', () => {
  test.each(Object.entries(validPolicies()))('%s', (_, policy) => {
    expect(read(policy).faults).toEqual([]);
  });

  test('without calendars, rules and plans, it is what it was', () => {
    expect(read(defaultPolicy)).toEqual({ policy: defaultPolicy, faults: [], warnings: [] });
  });

  test('names become ids, and ids stay', () => {
    const { 'the one of the guide': byName, 'one by ids': byId } = validPolicies();
    const { policy } = read(byName);
    expect(policy).toEqual(read(byId).policy);
    expect(JSON.stringify(policy)).not.toContain('"team":"Billing"');
    expect(read(policy).policy).toEqual(policy);
  });

  test('what was given is not changed', () => {
    const { 'the one of the guide': given } = validPolicies();
    const before = structuredClone(given);
    read(given);
    expect(given).toEqual(before);
  });
});

describe('a policy that is broken', () => {
  test('in enough ways', () => expect(breakages.length).toBeGreaterThanOrEqual(60));

  test.each(breakAll(validPolicies()))('$title', ({ policy, path, code }) => {
    const reading = read(policy);
    expect(reading.policy).toBeNull();
    expect(reading.faults).toContainEqual(
      expect.objectContaining({
        ...{ path, code },
        detail: expect.stringMatching(/^\S.*\.$/s),
        remedy: expect.stringMatching(/^[\p{Lu}].{5,}/su),
      }),
    );
  });
});
