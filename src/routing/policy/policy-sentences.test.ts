// What people read about a policy, word by word.
import { expect, test } from 'vitest';
import { makeCompany, validPolicies } from '../../../test/makers/valid-policies.ts';
import type { PolicyDocument } from '../../contract/policy/document.ts';
import type { Plan } from '../../contract/policy/plan.ts';
import { findNamed } from './find-named.ts';
import { isNamed, nameCondition } from './map-names.ts';
import { adviseName, nearestName } from './nearest-name.ts';
import { readPolicy } from './read-policy.ts';

const THEN = 'then';
const en = { en: 'Hello' };
const full = () => structuredClone(validPolicies()['the one of the guide'] as PolicyDocument);

/** Each as its place, what is wrong and what to do. */
function say(policy: unknown, known = makeCompany()): string[] {
  const { faults, warnings } = readPolicy(policy, known, Date.parse('2026-11-23T12:00Z'));
  return [...faults, ...warnings].map(({ path, detail, remedy }) => `${path}: ${detail} ${remedy}`);
}

/** Of the second plan, Night, with these parts. */
function sayOf(plan: object): string[] {
  const policy = full();
  policy.plans?.splice(1, 1, { ...(policy.plans[1] as Plan), ...plan });
  return say(policy).map((one) => one.replace('/plans/1', ''));
}

const neverSaid = (cause: string) =>
  `/words/${cause}: Plan “Night” never comes to say ${cause}. Leave it out, or give the plan the hours, the limit, the silence or the step to which it belongs.`;
const limits = (value: object) => ({ limits: value });
const hours = (otherwise: string) => ({ hours: { calendar: 'Office', otherwise } });
const queued = (texts: object) => ({ words: { queued: texts } });

test.each<[object, string]>([
  [
    limits({ waiting: 5, [THEN]: 'queue' }),
    '/limits/then: At the limits of plan “Night” a conversation waits on as usual. Write message, close or plan:<name>, or remove limits.',
  ],
  [
    { sticky: { within: '1d' } },
    '/sticky: Plan “Night” says who the sticky agent is, but neither prefers them nor waits for them. Add sticky to prefer or waitFor to sticky, or remove sticky.',
  ],
  [
    { prefer: ['skill', 'skill-ascending'] },
    '/prefer: Plan “Night” prefers the best fitted and also the least fitted; the later of both never decides. Leave skill or skill-ascending out.',
  ],
  [
    { prefer: ['sticky'] },
    '/prefer/0: Plan “Night” prefers the sticky agent, but does not say whom that is. Add sticky with within, or take sticky out of prefer.',
  ],
  [
    {
      steps: [
        { after: 0, skills: { billing: 1, english: 2 } },
        { after: 9, skills: { english: 2, billing: 1 } },
      ],
    },
    '/steps/1: Step 2 of plan “Night” needs the same as the step before it. Remove it, or change what it needs.',
  ],
  [
    { steps: [{ after: 5 }] },
    '/steps/0/after: The first step of plan “Night” begins after 5 s, so nothing says what holds before. Write 0 as its after, or put a step with after 0 in front.',
  ],
  [
    { steps: [{ after: 0 }, { after: 0, team: null }] },
    '/steps/1/after: Step 2 of plan “Night” begins after 0 s, not later than the step before it, after 0 s. Write more than 0, or move the step to its place.',
  ],
  [
    {
      ...limits({ waitFor: 30, [THEN]: 'close' }),
      steps: [{ after: 0 }, { after: 30, team: null }],
    },
    '/steps/1/after: Step 2 of plan “Night” begins after 30 s, but limits.waitFor ends the waiting after 30 s. Let the step begin earlier, let waitFor be longer, or remove the step.',
  ],
  [
    limits({ [THEN]: 'close' }),
    '/limits: Plan “Night” says what follows a limit, but has none. Add waiting or waitFor, or remove limits.',
  ],
  [
    { targets: {} },
    '/targets: Plan “Night” has targets without any duration. Add firstAnswer, nextAnswer or end, or remove targets.',
  ],
  [
    { silence: {} },
    '/silence: Plan “Night” has silence without any duration. Add agent or contact, or remove silence.',
  ],
  [
    { silence: { contact: {} } },
    '/silence/contact: Plan “Night” has silence.contact without any duration. Add remind or close, or remove contact.',
  ],
  [
    { silence: { contact: { close: 60, remind: 60 } }, words: { reminder: en } },
    '/silence/contact/close: Plan “Night” ends the conversation after 60 s of the contact’s silence, not later than it reminds the contact, after 60 s. Write more than 60, or remind earlier.',
  ],
  [
    { silence: { contact: { remind: 60 } } },
    '/silence/contact/remind: Plan “Night” reminds the contact, but words.reminder is left out: nothing is said. Add words.reminder, or leave remind out.',
  ],
  [
    { order: 'due' },
    '/order: Plan “Night” is in the order of targets, but has none. Add targets, or leave order out.',
  ],
  [{ words: { position: en }, steps: [{ after: 0 }] }, neverSaid('position')],
  [{ words: { closedHours: en } }, neverSaid('closedHours')],
  [{ words: { full: en } }, neverSaid('full')],
  [{ words: { ended: en } }, neverSaid('ended')],
  [
    limits({ waiting: 3, [THEN]: 'message' }),
    '/limits/then: Plan “Night” would tell the contact, but words.full is left out: nothing is said. Add words.full, or write queue.',
  ],
  [
    hours('message'),
    '/hours/otherwise: Plan “Night” would tell the contact, but words.closedHours is left out: nothing is said. Add words.closedHours, or write queue.',
  ],
  [
    queued({ en: 'Wait for {{agent}}, {{name}}' }),
    '/words/queued/en: {{agent}} is never known where queued is said, so its sentence is left out. Leave it out; known there: {{name}}, {{position}}, {{wait}}.',
  ],
  [
    queued({ en: 'Hi {{who}}' }),
    '/words/queued/en: There is no placeholder {{who}}. Use one of {{name}}, {{position}}, {{wait}}, {{opensAt}}, {{agent}}.',
  ],
  [
    queued({ xxxxxxxxxxxx: 'Hi' }),
    '/words/queued/xxxxxxxxxxxx: “xxxxxxxxxxxx” is not how a language is written. Write it as BCP 47 has it: en, id, ko, pt-BR.',
  ],
  [
    { steps: [{ after: 0, team: 'Bilings' }] },
    '/steps/0/team: There is no team “Bilings”. Write “Billing” if you mean that; otherwise make this team first, or leave it out.',
  ],
  [
    { prefers: [] },
    '/prefers: plans.1 has a field that is not known here, prefers. Write “prefer” if you mean that; otherwise leave it out.',
  ],
  [{ 'a/b~': 1 }, '/a~1b~0: plans.1 has a field that is not known here, a/b~. Leave it out.'],
  [
    { sticky: { within: 'a month' } },
    '/sticky/within: plans.1.sticky.within has not the form that is wanted. Write it as described: How long ago the contact’s last conversation may have ended: 30d, 12h, 45m.',
  ],
  [{ steps: [] }, '/steps: plans.1.steps needs 1 or more. Give it 1 or more.'],
  [
    hours('plan:Billing'),
    '/hours/otherwise: A conversation would go round and round: “Billing” → “Night” → “Billing”. Let one of these plans end with queue, message or close.',
  ],
])('of %j it says %s', (plan, sentences) => expect(sayOf(plan)).toEqual([sentences]));

test.each<[string, object]>([
  ['a sticky agent who is waited for', { sticky: { within: '1d', waitFor: 5 } }],
  ['a step that asks for a team no more', { steps: [{ after: 0 }, { after: 9, team: null }] }],
  ['a step of another priority', { steps: [{ after: 0, priority: 'low' }, { after: 9 }] }],
  ['a target of one kind', { targets: { nextAnswer: 5 } }],
  ['an order of targets', { order: 'due', targets: { end: 5 } }],
  ['a step before the wait ends', { ...limits({ waitFor: 31, [THEN]: 'close' }) }],
  ['the place at a further step', { words: { position: en } }],
  ['words of the limit', { words: { full: en }, ...limits({ waiting: 3, [THEN]: 'message' }) }],
  [
    'words of a limit that ends',
    { words: { full: en, ended: en }, ...limits({ waiting: 3, [THEN]: 'close' }) },
  ],
  ['words of hours that end', { words: { closedHours: en, ended: en }, ...hours('close') }],
  ['words of hours', { words: { closedHours: en }, ...hours('message') }],
  ['what is always said', { words: { queued: en, assigned: en } }],
])('nothing is said of %s', (_, plan) => expect(sayOf(plan)).toEqual([]));

test('of the whole it says what is missing and what nobody knows, each by itself', () => {
  const { strategy: _, boostSeconds: __, ...without } = full();
  expect(say(without)).toEqual([
    ': The policy lacks strategy. Add it.',
    ': The policy lacks boostSeconds. Add it.',
  ]);
  expect(say({ ...full(), plan: [] })).toEqual([
    '/plan: The policy has a field that is not known here, plan. Write “plans” if you mean that; otherwise leave it out.',
  ]);
  expect(say(7)).toEqual([': The policy must be an object. Make it an object.']);
  expect(say(null)).toEqual([': The policy must be an object. Make it an object.']);
});

test('what nobody of today serves is told by its name', () => {
  const known = makeCompany();
  const [ana, ...beas] = known.agents;
  const change = (agent: object) => ({
    ...known,
    agents: [{ ...ana, ...agent } as never, ...beas],
  });
  const low = Object.fromEntries(known.skills.map(({ id }) => [id, 1]));
  expect(say(full(), change({ skills: low }))[1]).toBe(
    '/plans/0/steps/1: No agent of today could serve step 2 of plan “Billing”: nobody has its team and its skills at these levels together. Lower a level, ask for fewer skills, or give them to an agent.',
  );
  expect(say(full(), change({ skills: {} }))[0]).toBe(
    '/plans/0/steps/0/skills: No agent has the skill “billing” today. Give the skill to an agent, or leave it out.',
  );
});

test('a plan to which no rule leads, and more than is listed, say what to do', () => {
  const policy = full();
  const [billing, night] = policy.plans as [Plan, Plan];
  const { hours: _, ...alone } = billing;
  const rules = (policy.rules ?? []).slice(1);
  expect(say({ ...policy, rules, plans: [alone, night] })).toEqual([
    '/plans/1: No rule leads to plan “Night”. Name it in a rule, or remove it.',
  ]);
});

test('who wants to remove a team or a skill is told where it is named, each place once', () => {
  const policy = full();
  const inRule = {
    any: [
      { field: 'online.x', lessThan: 1 },
      { field: 'online.x', moreThan: 9 },
    ],
  };
  policy.rules?.unshift({ name: 'Busy', when: inRule, [THEN]: { plan: 'Night' } } as never);
  policy.plans?.[1]?.steps.push({ after: 60, team: 'x', skills: { y: 1, x: 2 } });
  expect(findNamed(policy, { kind: 'team', id: 'x' })).toEqual([
    'rule “Busy”',
    'step 3 of plan “Night”',
  ]);
  expect(findNamed(policy, { kind: 'skill', id: 'y' })).toEqual(['step 3 of plan “Night”']);
  expect(findNamed(policy, { kind: 'team', id: 'y' })).toEqual([]);
  expect(findNamed({ ...policy, plans: [], rules: [] }, { kind: 'team', id: 'x' })).toEqual([]);
});

test('a condition is shown with names where it has any', () => {
  expect(['online.x', 'contact.agent', 'channel'].map(isNamed)).toEqual([true, true, true]);
  expect(['contact.name', 'x.online.', 'constructor'].map(isNamed)).toEqual([false, false, false]);
  const condition = {
    all: [
      { field: 'channel', isNot: 'c' },
      { not: { field: 'contact.agent', in: ['a', 'b'] } },
      { field: 'online.t', lessThan: 1 },
      { field: 'source', is: 's' },
    ],
  };
  expect(nameCondition(condition, (kind, id) => `${kind} ${id}`)).toEqual({
    all: [
      { field: 'channel', isNot: 'channel c' },
      { not: { field: 'contact.agent', in: ['agent a', 'agent b'] } },
      { field: 'online.team t', lessThan: 1 },
      { field: 'source', is: 's' },
    ],
  });
});

test('a name is near that differs in a third of its letters, and in three at the most', () => {
  const names = ['abcdefghijkl', 'xyz'];
  expect(nearestName('ABCDEFGHI', names)).toBe('abcdefghijkl');
  expect(nearestName('abcdefghi', ['abcdefghijklm'])).toBeNull();
  expect(nearestName(' xy ', names)).toBe('xyz');
  expect(nearestName('zzz', ['abc'])).toBeNull();
  expect(nearestName('x'.repeat(100), ['x'.repeat(99)])).toBe('x'.repeat(99));
  expect(nearestName('x'.repeat(101), ['x'.repeat(100)])).toBeNull();
  expect(adviseName('xyy', names, 'Make it.')).toBe(
    'Write “xyz” if you mean that; otherwise make it.',
  );
  expect(adviseName('q', names, 'Make it.')).toBe('Make it.');
});
