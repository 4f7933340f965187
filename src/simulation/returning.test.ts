// Contacts who come back and ask for the agent of last time, worked out by hand.
import { expect, test } from 'vitest';
import type { Plan } from '../contract/policy/plan.ts';
import type { Scenario, ScenarioAgents } from '../contract/scenario.ts';
import { type Contact, makeContacts } from './contacts.ts';
import { makeStreams } from './random.ts';
import { readScenario } from './read-scenario.ts';
import { BEGINS_AT, type Figures, finish, runScenario } from './run-scenario.ts';

function run(
  scenario: Partial<Scenario> & Pick<Scenario, 'kinds' | 'agents'>,
  plan: Partial<Plan>,
): Figures {
  const policy = {
    ...{
      strategy: 'longest-idle' as const,
      plans: [{ name: 'P', steps: [{ after: 0 }], ...plan }],
    },
    // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
    rules: [{ name: 'All', then: { plan: 'P' } }],
  };
  const read = readScenario({ arrivals: 3000, seed: 5, policy, ...scenario }, BEGINS_AT);
  if (read.scenario === null) throw new Error(JSON.stringify(read.faults));
  return finish(runScenario(read.scenario, read.policy));
}

/** x is served by a until 10 s, and comes again at 13: then a is busy until 22 with what nobody else may have, and b is free. */
const again: Scenario['kinds'] = [
  { name: 'all', service: { fixed: 10 }, recorded: [0, 13], contacts: ['x', 'x'] },
  { name: 'hard', service: { fixed: 10 }, recorded: [12], needs: { skills: { hard: 1 } } },
];
const a: ScenarioAgents = { name: 'a', skills: { hard: 5 } };
const both = [a, { name: 'b' }];
const longest = (figures: Figures) => figures.kinds.all?.p99;

test('who comes back waits for the agent of last time while the plan says so, then anybody may have it', () => {
  const wait = (waitFor: number) =>
    longest(run({ kinds: again, agents: both }, { sticky: { within: '1d', waitFor } }));
  expect(wait(45)).toBe(9);
  expect(wait(5)).toBe(5);
});

test('without a time to wait the agent of last time is preferred, and not waited for', () => {
  const preferred = { sticky: { within: '1d' }, prefer: ['sticky' as const] };
  expect(longest(run({ kinds: again, agents: both }, preferred))).toBe(0);
  // Both are free when x comes again: by turns it would be b.
  const kinds = [{ ...again[0], recorded: [0, 60] }] as Scenario['kinds'];
  const given = (plan: Partial<Plan>) =>
    Object.values(run({ kinds, agents: [a, { name: 'b' }] }, plan).agents).map((one) => one.given);
  expect(given(preferred)).toEqual([2, 0]);
  expect(given({ sticky: { within: '1d' } })).toEqual([1, 1]);
});

test('whoever was here too long ago waits for nobody', () => {
  const kinds = [
    { ...again[0], recorded: [0, 3701] },
    { ...again[1], recorded: [3700] },
  ] as Scenario['kinds'];
  const wait = (within: string) =>
    longest(run({ kinds, agents: both }, { sticky: { within, waitFor: 60 } }));
  expect([wait('62m'), wait('1h')]).toEqual([9, 0]);
});

test('an agent who is out of shift is not waited for, also when the shift ends meanwhile', () => {
  const shift = (until: number) => [{ ...a, shifts: [{ from: 0, until }] }, { name: 'b' }];
  const wait = (until: number) =>
    longest(run({ kinds: again, agents: shift(until) }, { sticky: { within: '1d', waitFor: 60 } }));
  expect([wait(18), wait(12.5), wait(60)]).toEqual([5, 0, 9]);
});

test('a plan that asks for nobody, or contacts that never return, change no figure', () => {
  const kinds = [{ name: 'all', rate: 0.05, service: { exponential: 60 } }];
  const agents = [{ name: 'agent', count: 4 }];
  const plain = run({ kinds, agents }, {});
  const returning = (share: number) => [{ ...kinds[0], returning: share }] as Scenario['kinds'];
  expect(run({ kinds: returning(0.7), agents }, {})).toEqual(plain);
  expect(run({ kinds: returning(0.7), agents }, { sticky: { within: '1d' } })).toEqual(plain);
  const waitFor = { sticky: { within: '1d', waitFor: 120 } };
  expect(run({ kinds: returning(0), agents }, waitFor)).toEqual(plain);
  expect(run({ kinds: returning(0.7), agents }, waitFor).kinds.all?.meanWait).toBeGreaterThan(
    (plain.kinds.all?.meanWait ?? 0) + 1,
  );
});

test('as many come back as the share says, nobody twice at once, and no more are kept than 10,000', () => {
  const contacts = makeContacts({ returning: 0.3 }, { known: new Map(), stream: makeStreams(3)() });
  const here: Contact[] = [];
  const seen = new Set<Contact>();
  let returned = 0;
  for (let nth = 0; nth < 50_000; nth += 1) {
    const contact = contacts?.next() as Contact;
    if (seen.has(contact)) returned += 1;
    expect(here.includes(contact)).toBe(false);
    seen.add(contact);
    here.push(contact);
    const leaves = here.length > 20 ? here.shift() : undefined;
    if (leaves !== undefined)
      contacts?.leave(Object.assign(leaves, { last: { at: 0, endedAt: 0 } }));
  }
  expect(returned / 50_000).toBeCloseTo(0.3, 1);
  const drawn = Array.from({ length: 100_000 }, () => contacts?.next() as Contact);
  expect(drawn.filter((contact) => seen.has(contact))).toHaveLength(10_000);
});
