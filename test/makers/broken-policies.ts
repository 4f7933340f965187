// Kinds of breakage: each breaks a policy that holds, and says at which path it must be found.
import type { PolicyDocument } from '../../src/contract/policy/document.ts';
import { type Parts, pickParts, putAt, readAt, type Tree } from './policy-tree.ts';

/** Made of the policy where it is broken. */
type Make = (policy: Tree, parts: Parts) => unknown;

/**
 * What is put where; undefined: it goes. {plan}, {step}, {rule} and {calendar} stand for paths of
 * some. The fault must be found there, or at the last path.
 */
type Breakage = readonly [code: string, title: string, path: string, value: unknown, at?: string];

const many =
  (count: number, part: keyof Parts): Make =>
  (policy, parts) =>
    Array(count).fill(readAt(policy, parts[part]));
const nameOf =
  (part: keyof Parts, prefix = ''): Make =>
  (policy, parts) =>
    `${prefix}${(readAt(policy, parts[part]) as { name: string }).name}`;
const limits = (value: object) => ({ waiting: 5, ...value });
const weekly = (span: object) => [{ days: ['mon'], from: '08:00', to: '17:00', ...span }];
const THEN = 'then';

const ofTheWhole: Breakage[] = [
  ['document.field-missing', 'no strategy', '/strategy', undefined, ''],
  ['document.field-missing', 'no boost', '/boostSeconds', undefined, ''],
  ['document.not-a-choice', 'an unknown strategy', '/strategy', 'best'],
  ['document.wrong-type', 'a grace in quotes', '/leaveGraceSeconds', '45'],
  ['document.too-small', 'a grace below zero', '/leaveGraceSeconds', -1],
  ['document.too-large', 'a boost of a month', '/boostSeconds/high', 2_592_000],
  ['document.field-unknown', 'a field of the future', '/queues', []],
  ['document.field-unknown', 'a field in the singular', '/plan', []],
  ['document.wrong-type', 'plans by name', '/plans', { Billing: {} }],
  ['document.wrong-type', 'rules that are null', '/rules', null],
  ['document.wrong-type', 'a calendar as text', '/calendars', 'Office'],
  ['policy.too-deep', 'conditions without end', '{rule}/when', () => nest(200), ''],
  [
    'policy.too-large',
    'a long text',
    '{rule}/when',
    () => ({ field: 'conversation.text', contains: 'x'.repeat(600_000) }),
    '',
  ],
  ['document.too-many', '501 rules', '/rules', many(501, 'rule')],
  ['document.too-many', '201 plans', '/plans', many(201, 'plan')],
  ['document.too-many', '101 calendars', '/calendars', many(101, 'calendar')],
];

const ofPlans: Breakage[] = [
  ['document.wrong-type', 'a plan that is text', '{plan}', 'Billing'],
  ['document.field-missing', 'a plan without a name', '{plan}/name', undefined, '{plan}'],
  ['document.empty', 'a plan with an empty name', '{plan}/name', ''],
  ['document.too-long', 'a plan with a long name', '{plan}/name', 'x'.repeat(101)],
  ['document.wrong-form', 'a NUL in the name of a plan', '{plan}/name', 'a\0b'],
  ['document.field-missing', 'a plan without steps', '{plan}/steps', undefined, '{plan}'],
  ['document.empty', 'a plan with no step', '{plan}/steps', []],
  ['document.too-many', 'a plan of 21 steps', '{plan}/steps', many(21, 'step')],
  ['bot.is-person', 'a person as the bot', '{plan}/bot', { agent: 'Ana' }, '{plan}/bot/agent'],
  ['agent.unknown', 'a bot that is none', '{plan}/bot', { agent: 'Nobody' }, '{plan}/bot/agent'],
  [
    'bot.word-empty',
    'a word of blanks',
    '{plan}/bot',
    { agent: 'Botty', words: ['human', ' '] },
    '{plan}/bot/words/1',
  ],
  [
    'document.too-small',
    'a bot that is silent for less than no time',
    '{plan}/bot',
    { agent: 'Botty', silentFor: -1 },
    '{plan}/bot/silentFor',
  ],
  ['document.field-unknown', 'a mistyped field of a plan', '{plan}/prefers', []],
  ['document.not-a-choice', 'an unknown criterion', '{plan}/prefer', ['best'], '{plan}/prefer/0'],
  ['document.repeated', 'a criterion twice', '{plan}/prefer', ['skill', 'skill']],
  [
    'document.wrong-form',
    'a sticky time in words',
    '{plan}/sticky',
    { within: 'a month' },
    '{plan}/sticky/within',
  ],
  [
    'document.too-small',
    'a sticky wait of no time',
    '{plan}/sticky',
    { within: '30d', waitFor: 0 },
    '{plan}/sticky/waitFor',
  ],
  [
    'document.wrong-form',
    'an unknown way out of hours',
    '{plan}/hours',
    { calendar: 'Office', otherwise: 'voicemail' },
    '{plan}/hours/otherwise',
  ],
  ['document.field-missing', 'hours without a way out', '{plan}/hours', { calendar: 'Office' }],
  [
    'document.too-small',
    'a limit of nobody',
    '{plan}/limits',
    { waiting: 0, [THEN]: 'close' },
    '{plan}/limits/waiting',
  ],
  [
    'document.too-small',
    'no silence of an agent',
    '{plan}/silence',
    { agent: 0 },
    '{plan}/silence/agent',
  ],
  [
    'document.too-small',
    'a reminder before it was said',
    '{plan}/silence',
    { contact: { remind: -60 } },
    '{plan}/silence/contact/remind',
  ],
  [
    'document.too-large',
    'a silence of a century',
    '{plan}/silence',
    { contact: { close: 3_153_600_000 } },
    '{plan}/silence/contact/close',
  ],
  [
    'document.wrong-type',
    'a silence in words',
    '{plan}/silence',
    { agent: '5 min' },
    '{plan}/silence/agent',
  ],
  [
    'document.field-unknown',
    'a silence of nobody',
    '{plan}/silence',
    { customer: { close: 60 } },
    '{plan}/silence/customer',
  ],
  ['document.not-a-choice', 'an unknown order', '{plan}/order', 'random'],
  ['document.field-missing', 'a step without its time', '{step}/after', undefined, '{step}'],
  ['document.wrong-type', 'a step after half a second', '{step}/after', 0.5],
  ['document.wrong-type', 'a step for two teams', '{step}/team', ['Billing', 'Sales']],
  ['document.wrong-type', 'skills as a list', '{step}/skills', ['billing']],
  ['document.too-large', 'a level of 6', '{step}/skills', { billing: 6 }, '{step}/skills/billing'],
  ['document.too-small', 'a level of 0', '{step}/skills', { billing: 0 }, '{step}/skills/billing'],
  [
    'document.wrong-type',
    'a level of two and a half',
    '{step}/skills',
    { billing: 2.5 },
    '{step}/skills/billing',
  ],
  ['document.not-a-choice', 'a priority that there is not', '{step}/priority', 'highest'],
];

const ofNames: Breakage[] = [
  ['team.unknown', 'a mistyped team', '{step}/team', 'Biling'],
  ['team.unknown', 'the id of no team', '{step}/team', '00000000-0000-4000-8000-00000000dead'],
  [
    'skill.unknown',
    'a mistyped skill',
    '{step}/skills',
    { portugese: 2 },
    '{step}/skills/portugese',
  ],
  ['skill.unknown', 'a skill with signs', '{step}/skills', { 'a/b~': 2 }, '{step}/skills/a~1b~0'],
  [
    'skill.unknown',
    'a skill called as every object has it',
    '{step}/skills',
    { constructor: 2 },
    '{step}/skills/constructor',
  ],
  [
    'skill.repeated',
    'a skill twice, in another case',
    '{step}/skills',
    { billing: 2, Billing: 3 },
    '{step}/skills/Billing',
  ],
  [
    'team.unknown',
    'the load of no team',
    '{rule}/when',
    { field: 'online.Nowhere', moreThan: 1 },
    '{rule}/when/field',
  ],
  [
    'agent.unknown',
    'a mistyped agent',
    '{rule}/when',
    { any: [{ field: 'contact.agent', in: ['Ana', 'Anna'] }] },
    '{rule}/when/any/0/in/1',
  ],
  [
    'agent.ambiguous',
    'an agent whose name two have',
    '{rule}/when',
    { not: { field: 'contact.agent', is: 'Bea' } },
    '{rule}/when/not/is',
  ],
  [
    'channel.unknown',
    'a mistyped channel',
    '{rule}/when',
    { field: 'channel', is: 'Web' },
    '{rule}/when/is',
  ],
  [
    'plan.unknown',
    'a way to a mistyped plan',
    '{plan}/limits',
    limits({ [THEN]: 'plan:Nihgt' }),
    '{plan}/limits/then',
  ],
  [
    'calendar.unknown',
    'hours of a mistyped calendar',
    '{plan}/hours',
    { calendar: 'Offce', otherwise: 'queue' },
    '{plan}/hours/calendar',
  ],
  [
    'calendar.unknown',
    'targets in no calendar',
    '{plan}/targets',
    { end: 60, calendar: 'hours' },
    '{plan}/targets/calendar',
  ],
  [
    'plan.name-taken',
    'two plans of one name',
    '/plans/1/name',
    (policy: Tree) => readAt(policy, '/plans/0/name'),
  ],
];

const ofSense: Breakage[] = [
  ['step.first-not-zero', 'a first step that comes later', '{plan}/steps/0/after', 5],
  ['step.not-later', 'a step at the time of the one before', '{step}/after', 0],
  [
    'step.not-later',
    'steps in the wrong order',
    '{plan}/steps',
    [{ after: 0 }, { after: 9 }, { after: 5 }],
    '{plan}/steps/2/after',
  ],
  [
    'step.unreachable',
    'a step after the end of the waiting',
    '{plan}/limits',
    { waitFor: 20, [THEN]: 'close' },
    '{step}/after',
  ],
  [
    'plan.leads-back',
    'a plan that leads to itself',
    '{plan}/limits',
    (policy: Tree, parts: Parts) => limits({ [THEN]: nameOf('plan', 'plan:')(policy, parts) }),
    '{plan}/limits/then',
  ],
  [
    'prefer.no-sticky',
    'a sticky agent without sticky',
    '{plan}',
    (policy: Tree, { plan }: Parts) => ({
      ...(readAt(policy, plan) as object),
      sticky: undefined,
      prefer: ['skill', 'sticky'],
    }),
    '{plan}/prefer/1',
  ],
  ['targets.none', 'targets without a time', '{plan}/targets', {}],
  [
    'order.no-targets',
    'an order of targets without any',
    '{plan}',
    (policy: Tree, { plan }: Parts) => ({
      ...(readAt(policy, plan) as object),
      targets: undefined,
      order: 'due',
    }),
    '{plan}/order',
  ],
  ['silence.none', 'silence without a time', '{plan}/silence', {}],
  [
    'silence.contact-none',
    'a silence of the contact without a time',
    '{plan}/silence',
    { agent: 60, contact: {} },
    '{plan}/silence/contact',
  ],
  [
    'silence.close-too-early',
    'an end before the reminder',
    '{plan}/silence',
    { contact: { remind: 600, close: 60 } },
    '{plan}/silence/contact/close',
  ],
  [
    'silence.close-too-early',
    'an end at the reminder',
    '{plan}/silence',
    { contact: { remind: 600, close: 600 } },
    '{plan}/silence/contact/close',
  ],
  ['limits.none', 'limits without a limit', '{plan}/limits', { [THEN]: 'close' }],
  ['plans.missing', 'rules without plans', '/plans', undefined],
];

/** As JSON brings it: a name of its own, and no prototype. */
const odd = (name: string, value: unknown): unknown =>
  JSON.parse(`{${JSON.stringify(name)}:${JSON.stringify(value)}}`);
const thousand = (value: unknown) =>
  Object.fromEntries(Array.from({ length: 1000 }, (_, nth) => [`a${nth}`, value]));

const said = (texts: unknown) => ({ queued: texts });
const ofWords: Breakage[] = [
  [
    'document.field-unknown',
    'words for no cause',
    '{plan}/words',
    { waiting: { en: 'x' } },
    '{plan}/words/waiting',
  ],
  [
    'document.wrong-type',
    'words without a language',
    '{plan}/words',
    said('x'),
    '{plan}/words/queued',
  ],
  [
    'document.too-long',
    'words that fill a page',
    '{plan}/words',
    said({ en: 'x'.repeat(1001) }),
    '{plan}/words/queued/en',
  ],
  [
    'words.placeholder-unknown',
    'a mistyped placeholder',
    '{plan}/words',
    said({ en: 'Hello {{nmae}}' }),
    '{plan}/words/queued/en',
  ],
  [
    'words.braces-open',
    'a placeholder that does not end',
    '{plan}/words',
    said({ en: 'Hello {{name}' }),
    '{plan}/words/queued/en',
  ],
  [
    'words.language-unknown',
    'a language in words',
    '{plan}/words',
    said({ English: 'Hello' }),
    '{plan}/words/queued/English',
  ],
  ['words.empty', 'words of spaces', '{plan}/words', said({ en: '  ' }), '{plan}/words/queued/en'],
  [
    'words.no-fallback',
    'words without the policy’s language',
    '{plan}/words',
    (policy: Tree) => {
      policy.language = 'ko';
      return said({ en: 'Hello' });
    },
    '{plan}/words/queued',
  ],
  [
    'words.language-unknown',
    'words in __proto__',
    '{plan}/words',
    said(odd('__proto__', 'Hello')),
    '{plan}/words/queued/__proto__',
  ],
  [
    'document.wrong-form',
    'words in a language with a NUL',
    '{plan}/words',
    said({ 'e\0n': 'Hello' }),
    '{plan}/words/queued/e\0n',
  ],
  [
    'document.wrong-form',
    'words in half of a character',
    '{plan}/words',
    said({ '\ud83d': 'Hello' }),
    '{plan}/words/queued/\ud83d',
  ],
  [
    'document.too-long',
    'words in a language without end',
    '{plan}/words',
    said({ ['x'.repeat(36)]: 'Hello' }),
    `{plan}/words/queued/${'x'.repeat(36)}`,
  ],
  [
    'document.too-many',
    'words in a thousand languages',
    '{plan}/words',
    said(thousand('Hello')),
    '{plan}/words/queued',
  ],
  ['document.too-many', 'a step for a thousand skills', '{step}/skills', thousand(1)],
  [
    'skill.unknown',
    'a skill by the name of __proto__',
    '{step}/skills',
    odd('__proto__', 1),
    '{step}/skills/__proto__',
  ],
  [
    'document.wrong-form',
    'a skill with a NUL in its name',
    '{step}/skills',
    { 'a\0': 1 },
    '{step}/skills/a\0',
  ],
  [
    'document.wrong-form',
    'a skill named by half of a character',
    '{step}/skills',
    { '\udc00': 1 },
    '{step}/skills/\udc00',
  ],
  [
    'document.too-long',
    'a skill with a name without end',
    '{step}/skills',
    { ['x'.repeat(256)]: 1 },
    `{step}/skills/${'x'.repeat(256)}`,
  ],
  ['document.empty', 'words in no language', '{plan}/words', said({}), '{plan}/words/queued'],
  ['document.wrong-form', 'a language of the policy in words', '/language', 'English!'],
];

const ofRules: Breakage[] = [
  ['document.wrong-type', 'a condition that is text', '{rule}/when', 'always'],
  ['document.field-missing', 'a rule that does nothing', '{rule}/then', undefined, '{rule}'],
  ['document.field-missing', 'a rule without a plan', '{rule}/then', { priority: 'high' }],
  ['document.repeated', 'a tag twice', '{rule}/then/addTags', ['a', 'a']],
];

const ofConditions: Breakage[] = [
  ['plan.unknown', 'a rule to a mistyped plan', '{rule}/then/plan', 'Nihgt'],
  [
    'rules.no-default',
    'a last rule with a condition',
    '/rules',
    (policy: Tree) => (policy.rules as unknown[]).slice(0, 1),
    '/rules/0',
  ],
  [
    'rule.name-taken',
    'two rules of one name',
    '/rules/1/name',
    (policy: Tree) => readAt(policy, '/rules/0/name'),
  ],
  [
    'calendar.unknown',
    'a rule by a mistyped calendar',
    '{rule}/when',
    { field: 'now.open', is: 'Offce' },
    '{rule}/when/is',
  ],
];

const ofCalendars: Breakage[] = [
  [
    'document.field-missing',
    'a calendar without a zone',
    '{calendar}/timeZone',
    undefined,
    '{calendar}',
  ],
  [
    'document.wrong-form',
    'an hour past midnight',
    '{calendar}/weekly',
    weekly({ from: '25:00' }),
    '{calendar}/weekly/0/from',
  ],
  [
    'document.not-a-choice',
    'no day of the week',
    '{calendar}/weekly',
    weekly({ days: ['holiday'] }),
    '{calendar}/weekly/0/days/0',
  ],
  [
    'calendar.name-taken',
    'two calendars of one name',
    '/calendars',
    many(2, 'calendar'),
    '/calendars/1/name',
  ],
  ['time-zone.unknown', 'a zone that there is not', '{calendar}/timeZone', 'Asia/Jakata'],
  [
    'exception.no-such-date',
    'a day that no month has',
    '{calendar}/exceptions',
    [{ date: '2030-02-30' }],
    '{calendar}/exceptions/0/date',
  ],
  [
    'exception.half',
    'half of the hours of a date',
    '{calendar}/exceptions',
    [{ date: '2030-12-24', from: '08:00' }],
    '{calendar}/exceptions/0',
  ],
  [
    'document.wrong-form',
    'a date in another form',
    '{calendar}/exceptions',
    [{ date: '25.12.2030' }],
    '{calendar}/exceptions/0/date',
  ],
];

export const breakages: readonly Breakage[] = [
  ...ofTheWhole,
  ...ofPlans,
  ...ofNames,
  ...ofSense,
  ...ofWords,
  ...ofRules,
  ...ofConditions,
  ...ofCalendars,
];

function nest(depth: number): object {
  let when: object = { field: 'source', is: 'wa' };
  for (let level = 0; level < depth; level += 1) when = { not: when };
  return when;
}

export interface BrokenPolicy {
  title: string;
  code: string;
  path: string;
  policy: unknown;
}

/** Each kind of breakage in each policy, in another of its plans, steps, rules and calendars. */
export function breakAll(valid: Record<string, PolicyDocument>): BrokenPolicy[] {
  return Object.entries(valid).flatMap(([name, policy], nth) =>
    breakages.map(([code, title, path, value, at = path], turn) => {
      const tree = structuredClone(policy) as unknown as Tree;
      const parts = pickParts(tree, nth + turn);
      const fill = (text: string) =>
        text.replace(/\{(\w+)\}/, (_, part) => parts[part as keyof Parts]);
      const made = typeof value === 'function' ? (value as Make)(tree, parts) : value;
      putAt(tree, fill(path), made);
      return { title: `${title}, in ${name}`, code, path: fill(at), policy: tree };
    }),
  );
}
