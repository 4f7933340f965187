// Changes to the list of rules, of which the last stands for everybody else. Pure.
import type { PolicyDocument } from '../../../src/contract/policy/document.ts';
import type { Rule } from '../../../src/contract/policy/rule.ts';
import type { Condition } from '../../../src/contract/policy/rule-fields.ts';

/** Nothing may come behind it: it has no condition. */
export function isLast(rules: readonly Rule[], place: number): boolean {
  const rule = rules[place];
  return rule !== undefined && place === rules.length - 1 && rule.when === undefined;
}

/** How many may be moved. */
export function countMovable(rules: readonly Rule[]): number {
  return rules.length - (isLast(rules, rules.length - 1) ? 1 : 0);
}

export function moveRule(rules: readonly Rule[], from: number, to: number): Rule[] {
  const end = countMovable(rules) - 1;
  const moved = rules[from];
  if (moved === undefined || from > end) return [...rules];
  const others = rules.filter((_rule, place) => place !== from);
  return others.toSpliced(Math.max(0, Math.min(end, to)), 0, moved);
}

/** `place`: before the rule that stands there; behind all others, but before the last one, unless given. */
export function insertRule(
  rules: readonly Rule[],
  rule: Rule,
  place = countMovable(rules),
): Rule[] {
  return rules.toSpliced(Math.min(place, countMovable(rules)), 0, rule);
}

export function replaceRule(rules: readonly Rule[], place: number, rule: Rule): Rule[] {
  return rules.with(place, rule);
}

export function removeRule(rules: readonly Rule[], place: number): Rule[] {
  return isLast(rules, place) ? [...rules] : rules.toSpliced(place, 1);
}

export function copyRule(rules: readonly Rule[], place: number, name: string): Rule[] {
  const rule = rules[place];
  if (rule === undefined || isLast(rules, place)) return [...rules];
  return insertRule(rules, { ...structuredClone(rule), name: freeName(rules, name) }, place + 1);
}

/** `Night`, or `Night 2` if there is one of that name, whatever the case. */
export function freeName(entries: readonly { name: string }[], wanted: string): string {
  const taken = new Set(entries.map(({ name }) => name.toLowerCase()));
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? wanted : `${wanted} ${number}`;
    if (!taken.has(name.toLowerCase())) return name;
  }
}

export interface RuleThen {
  plan: string;
  priority?: 'low' | 'normal' | 'high' | 'urgent';
  addTags?: string[];
}

export function makeRule(name: string, when: Condition | undefined, then: RuleThen): Rule {
  return when === undefined ? { name, then } : { name, when, then };
}

/** A policy whose rules end with one for everybody else, whose plan is there. */
export function withLastRule(
  policy: PolicyDocument,
  names: { last: string; plan: string },
): PolicyDocument & Required<Pick<PolicyDocument, 'rules' | 'plans'>> {
  const { rules = [], plans = [] } = policy;
  if (isLast(rules, rules.length - 1)) return { ...policy, rules, plans };
  const [first] = plans;
  const plan = plans.find(({ name }) => name === names.plan) ?? first;
  const last = makeRule(freeName(rules, names.last), undefined, { plan: plan?.name ?? names.plan });
  const all = plan === undefined ? [{ name: names.plan, steps: [{ after: 0 }] }] : plans;
  return { ...policy, rules: [...rules, last], plans: all };
}
