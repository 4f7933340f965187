// What the router is told about a policy, beside its rules and plans.
import { expect, test } from 'vitest';
import type { PolicyDocument } from '../../contract/policy/document.ts';
import type { Plan } from '../../contract/policy/plan.ts';
import { defaultPolicy } from '../../contract/policy/policy.ts';
import { compilePolicy, type Routing } from './compile-policy.ts';

const THEN = 'then';
const en = { en: 'A word' };
const plain: Plan = { name: 'Plain', steps: [{ after: 0 }] };
const rules = [
  { name: 'Night', when: { field: 'now.open', isNot: 'Office' }, [THEN]: { plan: 'Other' } },
  { name: 'Everybody else', [THEN]: { plan: 'Plain' } },
] as unknown as NonNullable<PolicyDocument['rules']>;
const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const office = {
  ...{ name: 'Office', timeZone: 'Asia/Jakarta' },
  weekly: [{ days: [...days], from: '00:00', to: '24:00' }],
};
const calendars = [office, { ...office, name: 'Lisbon', timeZone: 'Europe/Lisbon', weekly: [] }];

const compile = (document: Partial<PolicyDocument>) =>
  compilePolicy({ ...defaultPolicy, ...document });
const route = (other: Partial<Plan> = {}, more: Partial<PolicyDocument> = {}): Routing =>
  compile({ calendars, rules, plans: [plain, { ...plain, name: 'Other', ...other }], ...more })
    .routing as Routing;

test('a policy without rules routes nothing by plans', () => {
  expect(compile({}).routing).toBeNull();
  expect(compile({ plans: [plain] }).routing).toBeNull();
});

test('turns are kept where the strategy or a plan takes them', () => {
  const takes = (document: Partial<PolicyDocument>) => compile(document).takesTurns;
  expect(takes({})).toBe(false);
  expect(takes({ strategy: 'round-robin' })).toBe(true);
  expect(takes({ plans: [plain] })).toBe(false);
  expect(takes({ plans: [plain, { ...plain, prefer: ['skill'] }] })).toBe(false);
  expect(takes({ plans: [plain, { ...plain, prefer: ['skill', 'round-robin'] }] })).toBe(true);
});

test('a plan’s own order of preference is told by its name', () => {
  const { preferIn } = compile({
    plans: [
      { ...plain, prefer: ['skill'] },
      { ...plain, name: 'B' },
    ],
  });
  const known = ['Plain', 'B', 'Nobody', null].map(preferIn);
  expect(known).toEqual([['skill'], undefined, undefined, undefined]);
});

test('the first rule that matches is told, and which calendars were asked about', () => {
  const { match, used, plans } = route();
  expect(match({ now: { open: ['Office'] } })).toMatchObject({ rule: 'Everybody else' });
  expect(match({ now: { open: ['x'] } })).toMatchObject({ rule: 'Night', plan: 'Other' });
  expect([...used.calendars]).toEqual(['Office']);
  expect([...plans.keys()]).toEqual(['Plain', 'Other']);
});

test('rules that do not end with one that always matches are a fault', () => {
  const { match } = route({}, { rules: rules.slice(0, 1) });
  expect(() => match({})).toThrow('No rule matched');
});

test('calendars are compiled and keep their zones; the first one’s holds for the workspace', () => {
  const routing = route();
  const now = Date.parse('2026-11-23T12:00Z');
  expect(routing.calendars.get('Office')?.isOpen(now)).toBe(true);
  expect(routing.calendars.get('Lisbon')?.isOpen(now)).toBe(false);
  expect([...routing.zones]).toEqual([
    ['Office', 'Asia/Jakarta'],
    ['Lisbon', 'Europe/Lisbon'],
  ]);
  expect(routing.clock.resolvedOptions().timeZone).toBe('Asia/Jakarta');
  const without = compile({ rules: rules.slice(1), plans: [plain] }).routing;
  expect(without?.clock.resolvedOptions().timeZone).toBe('UTC');
  expect(without?.language).toBeNull();
  expect(without?.zones.size).toBe(0);
});

test('the language of the words is the policy’s', () => {
  expect(route({}, { language: 'pt-BR' }).language).toBe('pt-BR');
});

test.each<[keyof Routing, Partial<Plan>]>([
  ['hasTargets', { targets: { end: 60 } }],
  ['isSticky', { sticky: { within: '1d' } }],
  ['greets', { words: { assigned: en } }],
])('%s holds where any plan asks for it', (what, plan) => {
  expect(route()[what]).toBe(false);
  expect(route({ words: { queued: en } })[what]).toBe(false);
  expect(route(plan)[what]).toBe(true);
});

test('targets are told with their hours and whether they give the order', () => {
  const targetsOf = (plan: Partial<Plan>, name: string | null = 'Other') =>
    route(plan).targetsOf(name);
  const end = { end: 60 };
  expect(targetsOf({})).toBeNull();
  expect(targetsOf({ targets: end }, null)).toBeNull();
  expect(targetsOf({ targets: end }, 'Nobody')).toBeNull();
  expect(targetsOf({ targets: end }, 'Plain')).toBeNull();
  expect(targetsOf({ targets: end })).toEqual({ targets: end, hours: null, byDue: false });
  const worked = { ...end, calendar: 'Office' };
  const now = Date.parse('2026-11-23T12:00Z');
  expect(targetsOf({ targets: worked })?.hours?.isOpen(now)).toBe(true);
  expect(targetsOf({ targets: { ...end, calendar: 'Gone' } })?.hours).toBeNull();
  expect(targetsOf({ targets: end, order: 'due' })?.byDue).toBe(true);
  expect(targetsOf({ targets: end, order: 'rank' })?.byDue).toBe(false);
});
