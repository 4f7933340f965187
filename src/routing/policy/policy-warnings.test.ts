// What is legal in a policy and useless, and what a mistyped name is answered with.
import { describe, expect, test } from 'vitest';
import { makeCompany, validPolicies } from '../../../test/makers/valid-policies.ts';
import type { PolicyDocument } from '../../contract/policy/document.ts';
import type { Plan } from '../../contract/policy/plan.ts';
import { makeFindings } from './findings.ts';
import { nearestName } from './nearest-name.ts';
import { indexNames, type PolicyNames } from './policy-names.ts';
import { readPolicy } from './read-policy.ts';
import { writeNames } from './resolve-names.ts';

const full = (): PolicyDocument =>
  structuredClone(validPolicies()['the one of the guide'] as PolicyDocument);
const read = (policy: PolicyDocument, known: PolicyNames = makeCompany()) =>
  readPolicy(policy, known, Date.parse('2026-11-23T12:00Z'));
const withPlan = (plan: Partial<Plan>) => {
  const policy = full();
  policy.plans?.splice(1, 1, { ...(policy.plans[1] as Plan), ...plan });
  return policy;
};
const warned = (policy: PolicyDocument, known?: PolicyNames) => {
  const { faults, warnings } = read(policy, known);
  expect(faults).toEqual([]);
  return warnings.map(({ path, code }) => `${path} ${code}`);
};

describe('a warning', () => {
  test('is not given where all has its use', () => expect(warned(full())).toEqual([]));

  test.each<[string, Partial<Plan>, string]>([
    [
      'a limit at which nothing follows',
      // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
      { limits: { waiting: 5, then: 'queue' } },
      '/plans/1/limits/then limits.nothing-follows',
    ],
    [
      'words for a cause to which the plan never comes',
      { words: { ended: { en: 'Bye' } } },
      '/plans/1/words/ended words.never-said',
    ],
    [
      'a placeholder that is never known for its cause',
      { words: { queued: { en: 'Wait for {{agent}}' } } },
      '/plans/1/words/queued/en words.never-known',
    ],
    [
      'a plan that would tell the contact and has no words',
      { hours: { calendar: 'Office', otherwise: 'message' } },
      '/plans/1/hours/otherwise words.missing',
    ],
    [
      'a sticky agent whom nothing prefers',
      { sticky: { within: '1d' } },
      '/plans/1/sticky sticky.not-preferred',
    ],
    [
      'criteria that contradict each other',
      { prefer: ['skill', 'skill-ascending'] },
      '/plans/1/prefer prefer.contradicts',
    ],
    [
      'words of a reminder that is never due',
      { silence: { agent: 60, contact: { close: 60 } }, words: { reminder: { en: 'There?' } } },
      '/plans/1/words/reminder words.never-said',
    ],
    [
      'a reminder without words',
      { silence: { contact: { remind: 60 } } },
      '/plans/1/silence/contact/remind silence.no-reminder',
    ],
    [
      'a step that changes nothing',
      {
        steps: [
          { after: 0, team: null },
          { after: 9, team: null },
        ],
      },
      '/plans/1/steps/1 step.changes-nothing',
    ],
  ])('is given for %s', (_, plan, warning) => {
    expect(warned(withPlan(plan))).toEqual([warning]);
  });

  test('is given for a channel on which nothing can be said, where a plan says anything', () => {
    const known = makeCompany();
    const kinds = ['webchat', 'qiscus', 'rapidpro', 'api', 'rocketchat'];
    const channels = kinds.map((kind, nth) => ({ id: `${nth}`, name: `My ${kind}`, kind }));
    const says = withPlan({ words: { queued: { en: 'Wait a moment' } } });
    const silent = { ...known, channels };
    expect(warned(says, silent)).toEqual(['/plans/1/words words.channel-untold']);
    expect(read(says, silent).warnings[0]?.detail).toContain('My qiscus');
    expect(warned(full(), silent)).toEqual([]);
  });

  test('is given for a channel on which no silence is known, where a plan limits it', () => {
    const known = makeCompany();
    const kinds = ['webchat', 'qiscus', 'rapidpro', 'api', 'rocketchat'];
    const channels = kinds.map((kind, nth) => ({ id: `${nth}`, name: `My ${kind}`, kind }));
    const company = { ...known, channels };
    const limited = withPlan({ silence: { agent: 60 } });
    expect(warned(limited, company)).toEqual(['/plans/1/silence silence.channel-unseen']);
    expect(read(limited, company).warnings[0]?.detail).toContain('My qiscus');
  });

  test('words of an end have their use where the contact’s silence ends it', () => {
    const limited = { silence: { contact: { close: 60 } }, words: { ended: { en: 'Bye' } } };
    expect(warned(withPlan(limited))).toEqual([]);
  });

  test('is given for a plan to which no rule leads, also over another plan', () => {
    const policy = full();
    const [billing, night] = policy.plans as [Plan, Plan];
    const rules = (policy.rules ?? []).slice(1);
    expect(warned({ ...policy, rules })).toEqual([]);
    delete billing.hours;
    expect(warned({ ...policy, rules, plans: [billing, night] })).toEqual(['/plans/1 plan.unused']);
  });

  test('is given for teams and skills that nobody has, and for steps that nobody could serve', () => {
    const known = makeCompany();
    const [ana, ...beas] = known.agents;
    const without = (change: object) => ({
      ...known,
      agents: [{ ...ana, ...change } as never, ...beas],
    });
    const low = Object.fromEntries(known.skills.map(({ id }) => [id, 1]));
    expect(warned(full(), without({ skills: low }))).toEqual([
      '/plans/0/steps/0 step.nobody',
      '/plans/0/steps/1 step.nobody',
    ]);
    expect(warned(full(), without({ skills: {} }))).toEqual([
      ...['/plans/0/steps/0/skills', '/plans/0/steps/0/skills'].map(
        (path) => `${path} skill.nobody`,
      ),
      ...['/plans/0/steps/1/skills', '/plans/0/steps/2/skills'].map(
        (path) => `${path} skill.nobody`,
      ),
    ]);
    expect(warned(full(), { ...known, agents: [{ ...ana, teamIds: [] } as never] })).toEqual([
      '/plans/0/steps/0/team team.nobody',
      '/plans/0/steps/1/team team.nobody',
      '/plans/1/steps/0/team team.nobody',
    ]);
  });
});

test('rings over several plans are found once, with all of their plans', () => {
  const policy = withPlan({ hours: { calendar: 'Office', otherwise: 'plan:Billing' } });
  expect(read(policy).faults).toEqual([
    {
      path: '/plans/1/hours/otherwise',
      code: 'plan.leads-back',
      detail: 'A conversation would go round and round: “Billing” → “Night” → “Billing”.',
      remedy: 'Let one of these plans end with queue, message or close.',
      values: { plans: '“Billing” → “Night” → “Billing”' },
    },
  ]);
});

test('a step after the longest wait is reached where a message leaves it waiting', () => {
  // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
  expect(read(withPlan({ limits: { waitFor: 20, then: 'message' } })).faults).toEqual([]);
});

test('a mistyped name is answered with the nearest one that there is', () => {
  const remedy = (team: string) =>
    read(withPlan({ steps: [{ after: 0, team }] })).faults[0]?.remedy;
  expect(remedy('Bilings')).toContain('“Billing”');
  expect(remedy('SUPORT ')).toContain('“Support”');
  expect(remedy('Warehouse')).toBe('Make this team first, or leave it out.');
  expect(nearestName('x', [])).toBeNull();
  expect(nearestName('x'.repeat(5000), ['x'])).toBeNull();
});

test('all faults of a kind are told at once, and no more than somebody reads', () => {
  const steps = Array.from({ length: 20 }, (_, nth) => ({ after: nth, team: `Nobody ${nth}` }));
  const { faults } = read(withPlan({ steps }));
  expect(faults).toHaveLength(20);
  const findings = makeFindings();
  let said = 0;
  for (let nth = 0; nth < 1000; nth += 1) {
    findings.add('', () => {
      said += 1;
      return { code: 'a.b', detail: 'c', remedy: 'd' };
    });
  }
  expect(findings.list()).toHaveLength(101);
  expect(findings.list().at(-1)?.detail).toBe('There are 900 more of these.');
  expect(said).toBe(100);
});

test('ids become names again as people would write them, and are found by these', () => {
  const known = makeCompany();
  const [, bea, otherBea] = known.agents;
  const policy = full();
  policy.rules?.unshift({
    name: 'Known',
    when: { field: 'contact.agent', in: ['ana', bea?.id ?? '', otherBea?.email ?? ''] },
    // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
    then: { plan: 'Night' },
  });
  const { policy: stored } = read(policy);
  const shown = writeNames(stored as PolicyDocument, indexNames(known));
  expect(shown.rules?.[0]?.when).toEqual({
    field: 'contact.agent',
    in: ['Ana', 'bea@example.com', 'bea.two@example.com'],
  });
  expect({ ...shown, rules: shown.rules?.slice(1) }).toEqual(full());
  expect(read(shown).policy).toEqual(stored);
});
