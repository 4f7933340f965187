// Policies that hold, of different make, and the company that they are written for.

import type { PolicyDocument } from '../../src/contract/policy/document.ts';
import { defaultPolicy } from '../../src/contract/policy/policy.ts';
import type { PolicyNames } from '../../src/routing/policy/policy-names.ts';

const id = (nth: number) => `00000000-0000-4000-8000-${String(nth).padStart(12, '0')}`;
const TEAMS = ['Billing', 'Support', 'Sales'];
const SKILLS = ['billing', 'portuguese', 'english'];

const named = (names: string[], from: number) =>
  names.map((name, nth) => ({ id: id(from + nth), name }));
const idsOf = (all: { id: string }[]) => all.map((one) => one.id);

/** Ana has everything, two are called Bea, and Botty is a bot. */
export function makeCompany(): PolicyNames {
  const [teams, skills] = [named(TEAMS, 10), named(SKILLS, 20)];
  const levels = (level: number) => Object.fromEntries(skills.map((one) => [one.id, level]));
  const agents = [
    { name: 'Ana', email: 'ana@example.com', teamIds: idsOf(teams), skills: levels(5) },
    { name: 'Bea', email: 'bea@example.com', teamIds: [id(10)], skills: {} },
    { name: 'Bea', email: 'bea.two@example.com', teamIds: [id(11)], skills: {} },
    { name: 'Botty', email: null, kind: 'bot' as const, teamIds: [], skills: {} },
  ].map((agent, nth) => ({ id: id(30 + nth), ...agent }));
  const channels = named(['Website', 'WhatsApp'], 40);
  return { teams, skills, agents, channels };
}

const calendars: PolicyDocument['calendars'] = [
  {
    name: 'Office',
    timeZone: 'Asia/Jakarta',
    weekly: [
      { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '08:00', to: '17:00' },
      { days: ['fri'], from: '22:00', to: '02:00' },
    ],
    exceptions: [{ date: '2030-12-25' }, { date: '2030-12-24', from: '08:00', to: '12:00' }],
  },
];

const full: PolicyDocument = {
  ...defaultPolicy,
  calendars,
  rules: [
    {
      name: 'Gold customers',
      when: {
        all: [
          { field: 'contact.attributes.tier', is: 'gold' },
          { not: { field: 'now.open', is: 'Office' } },
        ],
      },
      // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
      then: { plan: 'Night', priority: 'high', addTags: ['gold'] },
    },
    {
      name: 'Everybody else',
      // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
      then: { plan: 'Billing' },
    },
  ],
  plans: [
    {
      name: 'Billing',
      steps: [
        { after: 0, team: 'Billing', skills: { billing: 3, portuguese: 2 } },
        { after: 60, team: 'Billing', skills: { portuguese: 2 } },
        { after: 180, team: null, skills: { portuguese: 1 }, priority: 'high' },
      ],
      prefer: ['sticky', 'skill', 'least-loaded', 'longest-idle'],
      sticky: { within: '30d', waitFor: 45 },
      hours: { calendar: 'Office', otherwise: 'plan:Night' },
    },
    {
      name: 'Night',
      steps: [
        { after: 0, team: 'Support' },
        { after: 30, team: null },
      ],
      hours: { calendar: 'Office', otherwise: 'queue' },
    },
  ],
};

/** Of different make, each with two plans, two rules and a calendar at least. */
export function validPolicies(): Record<string, PolicyDocument> {
  const copy = () => structuredClone(full);
  return {
    'the one of the guide': copy(),
    'one by ids': byIds(copy()),
    'one in another order': {
      ...copy(),
      plans: copy().plans?.toReversed() ?? [],
      calendars: [
        { ...at(calendars, 0), name: 'Half days', weekly: [] },
        ...(copy().calendars ?? []),
      ],
    },
    'one with many rules': {
      ...copy(),
      strategy: 'round-robin',
      whenNobodyOnline: 'abort',
      rules: [...manyRules(), ...(copy().rules ?? [])],
    },
    'one with odd names': rename(copy()),
  };
}

function at<T>(list: readonly T[] | undefined, place: number): T {
  return list?.[place] as T;
}

function byIds(policy: PolicyDocument): PolicyDocument {
  const [step, next, last] = at(policy.plans, 0).steps;
  return {
    ...policy,
    plans: [
      {
        ...at(policy.plans, 0),
        steps: [
          { ...step, after: 0, team: id(10), skills: { [id(20)]: 3, [id(21)]: 2 } },
          { ...next, after: 60, team: id(10) },
          { ...last, after: 180 },
        ],
      },
      ...(policy.plans ?? []).slice(1),
    ],
  };
}

function manyRules(): NonNullable<PolicyDocument['rules']> {
  return ['webchat', 'qiscus', 'rapidpro'].map((kind, nth) => ({
    name: `Rule ${nth}`,
    when: {
      any: [
        { field: 'channelKind', is: kind },
        { field: 'channel', in: ['website', 'WhatsApp'] },
        { field: 'online.Sales', lessThan: nth + 1 },
      ],
    },
    // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
    then: { plan: nth % 2 === 0 ? 'Night' : 'Billing' },
  }));
}

/** With signs that a JSON Pointer or a pattern could stumble over. */
function rename(policy: PolicyDocument): PolicyDocument {
  const text = JSON.stringify(policy)
    .replaceAll('"Office"', '"a/b ~ 1"')
    .replaceAll('Night"', 'N:ight 夜"')
    .replaceAll('"name":"Billing"', '"name":"constructor"')
    .replaceAll('"plan":"Billing"', '"plan":"constructor"');
  return JSON.parse(text) as PolicyDocument;
}
