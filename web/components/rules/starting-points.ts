// Rules to begin with: each puts what it needs into the policy, where it can then be changed. Pure.
import { channelKinds, kindNames } from '../../../src/contract/channel-kinds.ts';
import type { Calendar } from '../../../src/contract/policy/calendar.ts';
import type { PolicyDocument } from '../../../src/contract/policy/document.ts';
import type { Plan } from '../../../src/contract/policy/plan.ts';
import { freeName, insertRule, makeRule, withLastRule } from './rule-list.ts';

export const startingPoints = ['gold', 'night', 'web'] as const;
export type StartingPoint = (typeof startingPoints)[number];

/** The kind of channel whose visitors are met here. */
const metHere = kindNames.find((kind) => channelKinds[kind].visitors === 'here') ?? '';

/** What they are called in the reader's language. */
export interface StartNames {
  last: string;
  defaultPlan: string;
  gold: string;
  night: string;
  web: string;
  office: string;
}

export interface StartArgs {
  names: StartNames;
  /** IANA, of the office. */
  timeZone: string;
  /** Those of a team that works at night; null: anybody. */
  nightTeam: string | null;
}

export function beginWith(
  policy: PolicyDocument,
  point: StartingPoint,
  args: StartArgs,
): PolicyDocument {
  const { names } = args;
  const begun = withLastRule(policy, { last: names.last, plan: names.defaultPlan });
  if (point === 'gold') return addGold(begun, names);
  return point === 'night' ? addNight(begun, args) : addWebChat(begun, names);
}

type Begun = ReturnType<typeof withLastRule>;

function addGold(policy: Begun, { gold }: StartNames): PolicyDocument {
  const plan = policy.rules.at(-1)?.then.plan ?? '';
  const when = { field: 'contact.attributes.tier', is: 'gold' };
  const rule = makeRule(freeName(policy.rules, gold), when, { plan, priority: 'high' });
  return { ...policy, rules: insertRule(policy.rules, rule, 0) };
}

function addNight(policy: Begun, { names, timeZone, nightTeam }: StartArgs): PolicyDocument {
  const { calendars = [] } = policy;
  const calendar: Calendar = calendars[0] ?? {
    name: names.office,
    timeZone,
    weekly: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '08:00', to: '17:00' }],
  };
  const plan: Plan = {
    name: freeName(policy.plans, names.night),
    steps: [nightTeam === null ? { after: 0 } : { after: 0, team: nightTeam }],
  };
  const when = { field: 'now.open', isNot: calendar.name };
  const rule = makeRule(freeName(policy.rules, names.night), when, { plan: plan.name });
  return {
    ...policy,
    calendars: calendars.length === 0 ? [calendar] : calendars,
    plans: [...policy.plans, plan],
    rules: insertRule(policy.rules, rule, 0),
  };
}

function addWebChat(policy: Begun, { web }: StartNames): PolicyDocument {
  const plan: Plan = { name: freeName(policy.plans, web), steps: [{ after: 0 }] };
  const when = { field: 'channelKind', is: metHere };
  const rule = makeRule(freeName(policy.rules, web), when, { plan: plan.name });
  return { ...policy, plans: [...policy.plans, plan], rules: insertRule(policy.rules, rule, 0) };
}
