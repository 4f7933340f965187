// A plan or calendar under a new name stays the same one for all that name it.
// biome-ignore-all lint/suspicious/noThenProperty: the name is part of the public document.
import { expect, test } from 'vitest';
import type { PolicyDocument } from './document.ts';
import { defaultPolicy } from './policy.ts';
import { listMentions, renameInPolicy } from './rename-in-policy.ts';

const policy: PolicyDocument = {
  ...defaultPolicy,
  calendars: [
    { name: 'Office', timeZone: 'UTC', weekly: [] },
    { name: 'Night', timeZone: 'UTC', weekly: [] },
  ],
  rules: [
    {
      name: 'Gold',
      when: {
        all: [
          { field: 'waiting.Night', moreThan: 5 },
          { not: { field: 'now.open', is: 'Office' } },
          {
            any: [
              { field: 'now.open', in: ['Office', 'Night'] },
              { field: 'now.open', isNot: 'Office' },
            ],
          },
          // Says the same word, and means no plan and no calendar.
          { field: 'conversation.text', contains: 'Night' },
        ],
      },
      then: { plan: 'Night', priority: 'high' },
    },
    { name: 'Everybody else', then: { plan: 'Default' } },
  ],
  plans: [
    {
      name: 'Default',
      steps: [{ after: 0, team: 'Night' }],
      hours: { calendar: 'Office', otherwise: 'plan:Night' },
      limits: { waitFor: 60, then: 'plan:Night' },
    },
    {
      name: 'Night',
      steps: [{ after: 0 }],
      hours: { calendar: 'Night', otherwise: 'queue' },
      targets: { firstAnswer: 60, calendar: 'Office' },
    },
  ],
};

test('a renamed plan is followed by rules, conditions, hours and limits, and by nothing else of that name', () => {
  const renamed = JSON.parse(
    JSON.stringify(policy)
      .replaceAll('"plan":"Night"', '"plan":"Late: hours"')
      .replaceAll('waiting.Night', 'waiting.Late: hours')
      .replaceAll('plan:Night', 'plan:Late: hours')
      .replace('{"name":"Night","steps"', '{"name":"Late: hours","steps"'),
  );
  expect(renameInPolicy(policy, { list: 'plans', from: 'Night', to: 'Late: hours' })).toEqual(
    renamed,
  );
});

test('a renamed calendar is followed by conditions, hours and targets, and by nothing else of that name', () => {
  const renamed = JSON.parse(JSON.stringify(policy).replaceAll('"Office"', '"HQ"'));
  expect(renameInPolicy(policy, { list: 'calendars', from: 'Office', to: 'HQ' })).toEqual(renamed);
  const other = renameInPolicy(policy, { list: 'calendars', from: 'Night', to: 'Shift' });
  expect(other.plans?.map(({ name, hours }) => [name, hours?.calendar])).toEqual([
    ['Default', 'Office'],
    ['Night', 'Shift'],
  ]);
  expect(other.rules?.[0]?.then.plan).toBe('Night');
});

test('a new name and back again is the policy as it was', () => {
  for (const list of ['plans', 'calendars'] as const) {
    const there = renameInPolicy(policy, { list, from: 'Night', to: 'X' });
    expect(there).not.toEqual(policy);
    expect(renameInPolicy(there, { list, from: 'X', to: 'Night' })).toEqual(policy);
  }
  const none = { ...defaultPolicy };
  expect(renameInPolicy(none, { list: 'plans', from: 'Night', to: 'X' })).toEqual(none);
});

test('who still names a plan or a calendar is told once each', () => {
  expect(listMentions(policy, { list: 'plans', name: 'Night' })).toEqual([
    { kind: 'rule', name: 'Gold' },
    { kind: 'plan', name: 'Default' },
  ]);
  expect(listMentions(policy, { list: 'calendars', name: 'Office' })).toEqual([
    { kind: 'rule', name: 'Gold' },
    { kind: 'plan', name: 'Default' },
    { kind: 'plan', name: 'Night' },
  ]);
  expect(listMentions(policy, { list: 'plans', name: 'Nobody' })).toEqual([]);
});

test('a condition that is half written in a draft stays as it is', () => {
  const draft = structuredClone(policy);
  const [gold] = draft.rules ?? [];
  if (gold) gold.when = { all: [{}, null, { not: 3 }] } as never;
  expect(
    renameInPolicy(draft, { list: 'plans', from: 'Default', to: 'D' }).rules?.[0]?.when,
  ).toEqual(gold?.when);
});
