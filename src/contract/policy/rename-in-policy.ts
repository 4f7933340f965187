// Everything in a policy that names one of its plans or calendars: to rename it everywhere, and to say who still names it. Pure.
import type { PolicyDocument } from './document.ts';
import type { Plan } from './plan.ts';
import type { Rule } from './rule.ts';
import type { Condition } from './rule-fields.ts';

export type NamedList = 'plans' | 'calendars';

/** Who names a plan or a calendar; one that does so twice is told once. */
export interface Mention {
  kind: 'rule' | 'plan';
  name: string;
}

/** Itself and all that name it. A policy that has no such entry stays as it is. */
export function renameInPolicy(
  policy: PolicyDocument,
  { list, from, to }: { list: NamedList; from: string; to: string },
): PolicyDocument {
  const renamed = mapMentions(policy, list, (name) => (name === from ? to : name));
  const entries = renamed[list] as { name: string }[] | undefined;
  if (entries === undefined) return renamed;
  const named = entries.map((entry) => (entry.name === from ? { ...entry, name: to } : entry));
  return { ...renamed, [list]: named };
}

/** In the order of the document. A plan that names itself does not count. */
export function listMentions(
  policy: PolicyDocument,
  { list, name }: { list: NamedList; name: string },
): Mention[] {
  const found = new Map<string, Mention>();
  mapMentions(policy, list, (mentioned, by) => {
    const isItself = list === 'plans' && by.kind === 'plan' && by.name === name;
    if (mentioned === name && !isItself) found.set(JSON.stringify(by), by);
    return mentioned;
  });
  return [...found.values()];
}

type MapName = (name: string, by: Mention) => string;

function mapMentions(policy: PolicyDocument, list: NamedList, map: MapName): PolicyDocument {
  const { rules, plans } = policy;
  const mapRule = list === 'plans' ? mapPlanInRule : mapCalendarInRule;
  const mapPlan = list === 'plans' ? mapPlanInPlan : mapCalendarInPlan;
  return {
    ...policy,
    ...(rules !== undefined && {
      rules: rules.map((rule) => mapRule(rule, (name) => map(name, by('rule', rule)))),
    }),
    ...(plans !== undefined && {
      plans: plans.map((plan) => mapPlan(plan, (name) => map(name, by('plan', plan)))),
    }),
  };
}

const by = (kind: Mention['kind'], { name }: { name: string }): Mention => ({ kind, name });

type Rename = (name: string) => string;

const WAITING = 'waiting.';
const OPEN = 'now.open';

function mapPlanInRule(rule: Rule, rename: Rename): Rule {
  const mapped = mapWhen(rule, (comparison) => {
    const { field } = comparison;
    if (typeof field !== 'string' || !field.startsWith(WAITING)) return comparison;
    return { ...comparison, field: `${WAITING}${rename(field.slice(WAITING.length))}` };
  });
  // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
  return { ...mapped, then: { ...rule.then, plan: rename(rule.then.plan) } };
}

function mapCalendarInRule(rule: Rule, rename: Rename): Rule {
  const one = (value: unknown) => (typeof value === 'string' ? rename(value) : value);
  return mapWhen(rule, (comparison) => {
    if (comparison.field !== OPEN) return comparison;
    const { is, isNot, in: among } = comparison;
    return {
      ...comparison,
      ...(is !== undefined && { is: one(is) }),
      ...(isNot !== undefined && { isNot: one(isNot) }),
      ...(Array.isArray(among) && { in: among.map(one) }),
    };
  });
}

type Compared = Record<string, unknown>;

function mapWhen(rule: Rule, map: (comparison: Compared) => Compared): Rule {
  if (rule.when === undefined) return rule;
  return { ...rule, when: mapCondition(rule.when, map) as Condition };
}

/** Of a draft: what is no condition yet stays as it is. */
function mapCondition(condition: unknown, map: (comparison: Compared) => Compared): unknown {
  if (Array.isArray(condition)) return condition.map((one) => mapCondition(one, map));
  if (typeof condition !== 'object' || condition === null) return condition;
  if ('field' in condition) return map(condition as Compared);
  return Object.fromEntries(
    Object.entries(condition).map(([key, inner]) => [key, mapCondition(inner, map)]),
  );
}

const PLAN = 'plan:';
const mapWay = <Way extends string>(way: Way, rename: Rename) =>
  way.startsWith(PLAN) ? (`${PLAN}${rename(way.slice(PLAN.length))}` as Way) : way;

function mapPlanInPlan(plan: Plan, rename: Rename): Plan {
  const { hours, limits } = plan;
  return {
    ...plan,
    ...(hours && { hours: { ...hours, otherwise: mapWay(hours.otherwise, rename) } }),
    // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
    ...(limits && { limits: { ...limits, then: mapWay(limits.then, rename) } }),
  };
}

function mapCalendarInPlan(plan: Plan, rename: Rename): Plan {
  const { hours, targets } = plan;
  return {
    ...plan,
    ...(hours && { hours: { ...hours, calendar: rename(hours.calendar) } }),
    ...(targets?.calendar !== undefined && {
      targets: { ...targets, calendar: rename(targets.calendar) },
    }),
  };
}
