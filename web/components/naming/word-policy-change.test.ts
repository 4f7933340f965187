// Changes of a policy as lines, in each language.
import { expect, test } from 'vitest';
import { diffPolicies } from '../../../src/contract/policy/diff-policies.ts';
import type { PolicyChange, PolicyDocument } from '../../../src/contract/policy/document.ts';
import { defaultPolicy } from '../../../src/contract/policy/policy.ts';
import { makeI18n } from '../../../test/makers/make-i18n.ts';
import { type Language, languages } from '../../i18n/languages.ts';
import { wordPolicyChange } from './word-policy-change.ts';

async function open(language: Language) {
  const [words, routing] = await Promise.all([
    languages[language].load(),
    languages[language].parts.routing(),
  ]);
  const i18n = await makeI18n(language, { ...words, ...routing });
  return { t: i18n.t, language };
}

const at = (path: string, before: unknown, after: unknown): PolicyChange => {
  const kind = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
  return {
    path,
    kind,
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
  };
};
const office = (days: string[], from = '08:00') => ({ days, from, to: '17:00' });

test.each<[PolicyChange, string]>([
  [
    at('/plans/Billing', undefined, { name: 'Billing', steps: [{ after: 0 }] }),
    'Plan “Billing”: added',
  ],
  [
    at('/plans/Billing/steps/90', { after: 90 }, undefined),
    'Plan “Billing”, step after 1 min 30 sec: removed',
  ],
  [
    at('/plans/Billing/steps/60/team', 'Sales', null),
    'Plan “Billing”, step after 1 min, Team: Sales → any team',
  ],
  [
    at('/plans/Billing/steps/60/skills/Visa', 2, 4),
    'Plan “Billing”, step after 1 min, Skills, Visa: Fair → Very good',
  ],
  [
    at('/plans/Billing/steps/60/skills', undefined, { Visa: 5 }),
    'Plan “Billing”, step after 1 min, Skills: Visa: Expert',
  ],
  [
    at('/plans/Billing/prefer', ['skill'], ['sticky', 'skill-ascending']),
    'Plan “Billing”, Who is preferred: Best skilled → Whom the contact knows, Least skilled that is enough',
  ],
  [
    at('/plans/Billing/sticky', undefined, { within: '30d', waitFor: 45 }),
    'Plan “Billing”, sticky agent: The last conversation ended within: 30 days; Only they are asked for: 45 sec',
  ],
  [
    at('/plans/Billing/silence', undefined, { agent: 300, contact: { remind: 600, close: 1200 } }),
    'Plan “Billing”, silence: The agent does not answer for: 5 min; of the contact: The contact is reminded after: 10 min; It ends after: 20 min',
  ],
  [
    at('/plans/Billing/silence/contact/close', 1200, 3600),
    'Plan “Billing”, silence, of the contact, It ends after: 20 min → 1 hr',
  ],
  [
    at('/plans/Billing/hours', { calendar: 'Office', otherwise: 'close' }, undefined),
    'Plan “Billing”, hours: no longer Calendar: Office; While it is closed: the contact is told, and it ends',
  ],
  [
    at('/plans/Billing/limits/waitFor', 1800, 5400),
    'Plan “Billing”, limits, Waits no longer than: 30 min → 1 hr 30 min',
  ],
  [
    at('/plans/Billing/offer', undefined, { within: 30, misses: 2 }),
    'Plan “Billing”, offer: Time to answer: 30 sec; Missed offers in a row: 2',
  ],
  [
    at('/plans/Billing/limits/then', 'queue', 'plan:Night'),
    'Plan “Billing”, limits, Then: it waits as usual → it goes by plan “Night”',
  ],
  [
    at('/plans/Billing/targets', undefined, { firstAnswer: 60, calendar: 'Office' }),
    'Plan “Billing”, targets: To the first answer: 1 min; Counted in the hours of: Office',
  ],
  [
    at('/plans/Billing/words/queued/pt-BR', 'Oi', 'Olá'),
    'Plan “Billing”, words, It has to wait, Brazilian Portuguese: “Oi” → “Olá”',
  ],
  [
    at('/plans/Billing/words', undefined, { full: { en: 'Sorry' } }),
    'Plan “Billing”, words: A limit is met: English: “Sorry”',
  ],
  [
    at('/plans/Billing/order', 'rank', 'due'),
    'Plan “Billing”, order: Who came first, less the boost of the priority → Whose target is due first',
  ],
  [
    at('/plans/waitFor/steps/0/skills/waitFor', 1, 2),
    'Plan “waitFor”, step after 0 sec, Skills, waitFor: Basics → Fair',
  ],
  [
    at('/calendars/Office/weekly', [office(['mon'])], [office(['mon', 'tue'], '09:00')]),
    'Calendar “Office”, weekly hours: Monday 08:00 – 17:00 → Monday, Tuesday 09:00 – 17:00',
  ],
  [
    at('/calendars/Office/exceptions/2026-12-25', undefined, [{ date: '2026-12-25' }]),
    'Calendar “Office”, 2026-12-25: Closed all day',
  ],
  [
    at('/rules/Gold/when', { field: 'source', is: 'wa' }, { field: 'source', is: 'fb' }),
    'Rule “Gold”, Condition: the source is wa → the source is fb',
  ],
  [at('/rules/Gold/then/priority', 'low', 'high'), 'Rule “Gold”, Priority: Low → High'],
  [
    { path: '/rules/Gold', kind: 'moved', before: 3, after: 1 },
    'Rule “Gold”: moved from place 3 to 1',
  ],
  [at('/boostSeconds/high', 300, -60), 'What a priority is worth, High: 5 min → −1 min'],
  [at('/language', undefined, 'id'), 'Language of words: Indonesian'],
  [at('/strategy', 'round-robin', 'least-loaded'), 'Who is preferred: In turn → Least loaded'],
])('%j', async (change, said) => {
  expect(wordPolicyChange(change, await open('en'))).toBe(said);
});

// biome-ignore-start lint/suspicious/noThenProperty: the name is part of the public document.
const full: PolicyDocument = {
  ...defaultPolicy,
  language: 'id',
  calendars: [
    {
      name: 'C',
      timeZone: 'UTC',
      weekly: [office(['mon']) as never],
      exceptions: [{ date: '2026-12-25' }],
    },
  ],
  rules: [
    {
      name: 'R',
      when: { all: [{ field: 'source', in: ['wa', 'fb'] }] },
      then: { plan: 'P', priority: 'high', addTags: ['a'] },
    },
    { name: 'E', then: { plan: 'P' } },
  ],
  plans: [
    {
      name: 'P',
      steps: [{ after: 0, team: null, skills: { Visa: 3 }, priority: 'high' }, { after: 61 }],
      prefer: ['sticky', 'skill', 'skill-ascending', 'least-loaded', 'longest-idle', 'round-robin'],
      sticky: { within: '12h', waitFor: 5 },
      hours: { calendar: 'C', otherwise: 'message' },
      limits: { waiting: 5, waitFor: 90_061, then: 'close' },
      targets: { firstAnswer: 1, nextAnswer: 2, end: 3, calendar: 'C' },
      order: 'due',
      words: {
        queued: { en: 'a' },
        position: { en: 'b' },
        closedHours: { en: 'c' },
        full: { en: 'd' },
        assigned: { en: 'e' },
        ended: { en: 'f' },
      },
    },
  ],
};
// biome-ignore-end lint/suspicious/noThenProperty: the name is part of the public document.
const bare: PolicyDocument = {
  ...full,
  plans: [{ name: 'P', steps: [{ after: 0 }, { after: 61 }] }],
};

test.each(Object.keys(languages) as Language[])(
  'in %s nothing of a change is shown as the document writes it',
  async (language) => {
    const wording = await open(language);
    const changes = [...diffPolicies(bare, full), ...diffPolicies(full, bare)];
    expect(changes.length).toBeGreaterThanOrEqual(20);
    for (const change of changes) {
      const said = wordPolicyChange(change, wording);
      expect(said).not.toMatch(
        /[{}[\]]|undefined|\bnull\b|plans?\.|waitFor|otherwise|firstAnswer|least-loaded|skill-ascending|closedHours/,
      );
    }
  },
);
