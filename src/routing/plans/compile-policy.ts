// A policy made ready for the router: its rules, its plans and calendars by name. Done once for each version.
import type { PolicyDocument } from '../../contract/policy/document.ts';
import type { Plan } from '../../contract/policy/plan.ts';
import type { CriterionName } from '../../contract/strategies.ts';
import { compileCalendar, type Hours } from '../calendars/compile-calendar.ts';
import { compileRules } from '../rules/compile-rules.ts';
import type { Facts } from '../rules/facts.ts';
import { matchRules, type RuleMatch } from '../rules/match-rules.ts';
import { type SeenFields, seenFields } from '../rules/seen-fields.ts';
import { type UsedFields, usedFields } from '../rules/used-fields.ts';
import type { Plans } from './place-in-plan.ts';

export interface CompiledPolicy {
  document: PolicyDocument;
  /** Whom round-robin chose last is kept. */
  takesTurns: boolean;
  /** A plan's own order of preference; undefined: the strategy's. */
  preferIn(plan: string | null): readonly CriterionName[] | undefined;
  /** By plan: the seconds within which an agent accepts; the others give at once. */
  offers: Readonly<Record<string, number>>;
  /** The plans that limit silence, or give to a bot first. */
  silent: readonly string[];
  /** null: the policy has no rules. */
  routing: Routing | null;
}

export interface Routing extends Plans {
  /** The first rule that matches. */
  match(facts: Facts): RuleMatch;
  used: UsedFields;
  /** Of these, what a replay has to know again. */
  seen: SeenFields;
  /** A plan's own; null: it has none, or there is no such plan. */
  targetsOf(plan: string | null): PlanTargets | null;
  /** Some plan has any. */
  hasTargets: boolean;
  /** Some plan asks who had the contact before. */
  isSticky: boolean;
  /** By calendar. */
  zones: ReadonlyMap<string, string>;
  /** Of the words, where the contact's own is not known. */
  language: string | null;
  /** Some plan says something when somebody is given the conversation. */
  greets: boolean;
  /** Weekday and hour, by the time zone of the first calendar; UTC without one. */
  clock: Intl.DateTimeFormat;
}

/** As routing/targets reads them. */
export interface PlanTargets {
  targets: Plan['targets'];
  /** null: every hour counts. */
  hours: Hours | null;
  /** It serves whose target is due first. */
  byDue: boolean;
}

export function compilePolicy(document: PolicyDocument): CompiledPolicy {
  const { plans = [], rules, strategy } = document;
  const byName = new Map(plans.map((plan) => [plan.name, plan]));
  return {
    document,
    takesTurns:
      strategy === 'round-robin' || plans.some(({ prefer }) => prefer?.includes('round-robin')),
    preferIn: (plan) => (plan === null ? undefined : byName.get(plan)?.prefer),
    offers: Object.fromEntries(
      plans.flatMap(({ name, offer }) => (offer === undefined ? [] : [[name, offer.within]])),
    ),
    silent: plans.flatMap(({ name, silence, bot }) =>
      silence === undefined && bot === undefined ? [] : [name],
    ),
    routing: rules === undefined ? null : { ...compileRouting(document, rules), plans: byName },
  };
}

function compileRouting(
  { calendars = [], plans = [], language }: PolicyDocument,
  rules: NonNullable<PolicyDocument['rules']>,
): Omit<Routing, 'plans'> {
  const compiled = compileRules(rules);
  const hours = new Map(calendars.map((one) => [one.name, compileCalendar(one)]));
  const targets = new Map(plans.map((plan) => [plan.name, readTargetRules(plan, hours)]));
  const used = usedFields(compiled);
  return {
    calendars: hours,
    targetsOf: (plan) => (plan === null ? null : (targets.get(plan) ?? null)),
    hasTargets: plans.some((plan) => plan.targets !== undefined),
    match: (facts) => {
      const match = matchRules(compiled, facts);
      if (match === null)
        throw new Error('No rule matched; a policy ends with one that always does.');
      return match;
    },
    used,
    seen: seenFields(used),
    isSticky: plans.some(({ sticky }) => sticky !== undefined),
    zones: new Map(calendars.map(({ name, timeZone }) => [name, timeZone])),
    language: language ?? null,
    greets: plans.some(({ words }) => words?.assigned !== undefined),
    clock: makeClock(calendars[0]?.timeZone ?? 'UTC'),
  };
}

function makeClock(timeZone: string): Intl.DateTimeFormat {
  const shown = { weekday: 'short', hour: '2-digit', hourCycle: 'h23' } as const;
  return new Intl.DateTimeFormat('en-GB', { timeZone, ...shown });
}

function readTargetRules(
  { targets, order }: Plan,
  hours: ReadonlyMap<string, Hours>,
): PlanTargets | null {
  if (targets === undefined) return null;
  const calendar = targets.calendar === undefined ? null : (hours.get(targets.calendar) ?? null);
  return { targets, hours: calendar, byDue: order === 'due' };
}
