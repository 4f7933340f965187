// A scenario from a workspace's own records: who came, how long they took and were willing to wait, who served them, and by which policy. Pure.
import type { MeasureNote } from '../contract/lab.ts';
import { MOST_LAB_ARRIVALS } from '../contract/lab-limits.ts';
import type { PolicyDocument } from '../contract/policy/document.ts';
import type { Plan } from '../contract/policy/plan.ts';
import type { Rule } from '../contract/policy/rule.ts';
import type { Distribution, Scenario, ScenarioAgents, ScenarioKind } from '../contract/scenario.ts';
import { readScenario } from '../simulation/read-scenario.ts';
import { BEGINS_AT } from '../simulation/run-scenario.ts';
import { type Quarters, writeProfile } from './cover-quarters.ts';
import { samplePatience, type Wait } from './estimate-patience.ts';
import { freeName, groupAgents, type MeasuredAgent } from './group-agents.ts';

/** Conversations that need alike, by names. */
export interface NamedKind {
  channel: string;
  plan: string | null;
  team: string | null;
  /** Least levels by name. */
  skills: Readonly<Record<string, number>>;
  priority: NonNullable<NonNullable<ScenarioKind['needs']>['priority']>;
  weight: number;
  arrived: number;
  /** Seconds; empty: none has ended. */
  services: readonly number[];
  /** Seconds from being given to a person; empty: nobody answered. */
  firstAnswers: readonly number[];
  waits: readonly Wait[];
  /** Seconds from the beginning at which each came, in order, and who; null: at their rate. */
  cameAt: readonly number[] | null;
  contacts: readonly string[] | null;
  /** The quarters of the day or week in which some of them came. */
  cameIn: readonly number[] | null;
  /** The share of contacts who had come before within the span. */
  returned: number;
}

export interface Recorded {
  spanSeconds: number;
  /** null: the span is too short to have parts that come again. */
  covered: Quarters | null;
  /** The most frequent first; not empty. */
  kinds: readonly NamedKind[];
  agents: readonly MeasuredAgent[];
  /** In force, with names. */
  policy: PolicyDocument;
  /** Of the workspace, whom the policy may name. */
  names: Required<NonNullable<Scenario['known']>>;
  /** Each as they were; absent: groups of those who are alike, as many as were online. */
  each?: readonly ScenarioAgents[];
}

/** So few arrivals make intervals that say nothing. */
const LEAST_ARRIVALS = 2000;
const WARM_UP = 0.05;
/** Where nothing has ended yet. */
const UNKNOWN_SERVICE: Distribution = { exponential: 300 };
/** An attribute that stands for the plan that the rules once chose. */
const PLAN_FIELD = 'contact.attributes.recorded_plan';

export function measureScenario(recorded: Recorded): { scenario: Scenario; notes: MeasureNote[] } {
  const notes: MeasureNote[] = [];
  let agents = recorded.each ?? groupAgents(recorded.agents);
  if (agents.length === 0) {
    notes.push('nobody-online');
    agents = groupAgents(recorded.agents.map((one) => ({ ...one, online: 1, byQuarter: null })));
  }
  const arrived = recorded.kinds.reduce((sum, kind) => sum + kind.arrived, 0);
  const isReplay = recorded.each !== undefined;
  const written: Scenario = {
    arrivals: Math.min(MOST_LAB_ARRIVALS, isReplay ? arrived : Math.max(LEAST_ARRIVALS, arrived)),
    warmUp: isReplay ? 0 : WARM_UP,
    kinds: writeKinds(recorded),
    agents: [...agents],
    policy: policyOf(recorded),
    known: knownOf(recorded),
  };
  if (readScenario(written, BEGINS_AT).scenario !== null) return { scenario: written, notes };
  // What a scenario cannot name keeps nobody from trying the rest.
  const { rules, plans, calendars, ...rest } = recorded.policy;
  return { scenario: { ...written, policy: rest }, notes: [...notes, 'plans-left-out'] };
}

/** Only those that the policy may mean: a workspace may have more than a scenario takes. */
function knownOf({ policy, names }: Recorded): Recorded['names'] {
  const text = JSON.stringify(policy);
  const isIn = (name: string) => text.includes(JSON.stringify(name));
  return { teams: names.teams.filter(isIn), skills: names.skills.filter(isIn) };
}

function writeKinds(recorded: Recorded): ScenarioKind[] {
  const { kinds, policy } = recorded;
  const taken = new Set<string>();
  const isSticky = policy.plans?.some(({ sticky }) => sticky !== undefined) ?? false;
  return kinds.map((kind) => {
    const { skills, team, priority, weight, plan, firstAnswers } = kind;
    const patience = samplePatience(kind.waits);
    return {
      name: freeName(nameOf(kind), taken),
      ...writeArrivals(kind, recorded),
      ...(isSticky && writeReturns(kind)),
      needs: {
        ...(Object.keys(skills).length > 0 && { skills: { ...skills } }),
        ...(team !== null && { team }),
        ...{ priority, weight },
        ...(plan !== null && { fields: { [PLAN_FIELD]: plan } }),
      },
      service: kind.services.length > 0 ? { sample: kind.services.map(round) } : UNKNOWN_SERVICE,
      ...(firstAnswers.length > 0 && { firstAnswer: { sample: firstAnswers.map(round) } }),
      ...(patience !== null && { patience: { sample: patience.map(round) } }),
    };
  });
}

function writeArrivals(
  { cameAt, cameIn, arrived }: NamedKind,
  { spanSeconds, covered }: Recorded,
): Pick<ScenarioKind, 'rate' | 'profile' | 'recorded'> {
  if (cameAt !== null) return { recorded: [...cameAt] };
  if (covered === null || cameIn === null) return { rate: arrived / spanSeconds };
  return { profile: writeProfile(cameIn, { arrived, covered }) };
}

/** Only where a plan asks for the agent of last time. */
function writeReturns({
  contacts,
  returned,
}: NamedKind): Pick<ScenarioKind, 'contacts' | 'returning'> {
  if (contacts !== null) return { contacts: [...contacts] };
  return returned === 0 ? {} : { returning: Math.round(returned * 1000) / 1000 };
}

/** To a tenth of a second, so that the document stays small. */
const round = (seconds: number): number => Math.min(LONGEST_SECONDS, Math.round(seconds * 10) / 10);

const LONGEST_SECONDS = 30 * 86_400;
const LONGEST_NAME = 90;

function nameOf({ channel, plan, team, skills }: NamedKind): string {
  const parts = [channel, plan, team, ...Object.keys(skills)].filter((one) => one !== null);
  return [...parts.join(' · ')].slice(0, LONGEST_NAME).join('');
}

/** The rules decided already: what each conversation went by is on record. */
function policyOf({ kinds, policy }: Recorded): PolicyDocument {
  const { rules = [], plans = [], ...rest } = policy;
  const last = rules.at(-1);
  if (last === undefined) return policy;
  const known = new Set(plans.map(({ name }) => name));
  const chosen = [...new Set(kinds.map(({ plan }) => plan))].filter(
    (plan) => plan !== null && known.has(plan),
  ) as string[];
  const recorded = chosen.map(
    (plan): Rule => ({
      name: `Recorded: ${plan}`.slice(0, 100),
      when: { field: PLAN_FIELD, is: plan } as NonNullable<Rule['when']>,
      // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
      then: { plan },
    }),
  );
  // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
  const otherwise: Rule = { name: last.name, then: { plan: last.then.plan } };
  return { ...rest, plans: plans.map(withoutBot), rules: [...recorded, otherwise] };
}

/** A bot is an agent, and no scenario has its name. */
function withoutBot({ bot: _, ...plan }: Plan): Plan {
  return plan;
}
