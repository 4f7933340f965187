// What so many agents come to when so many customers come: by the router's own decisions, and as the formula has it.
import type { PolicyDocument } from '../contract/policy/document.ts';
import type {
  Distribution,
  KindResult,
  Scenario,
  ScenarioAgents,
  ScenarioKind,
} from '../contract/scenario.ts';
import { meanRate } from '../simulation/arrivals.ts';
import { finish, runScenario } from '../simulation/run-scenario.ts';
import { erlangA } from './erlang-a.ts';
import type { Reached, Target } from './target.ts';

/** A centre whose arrivals and number of agents are to be set; the shares of kinds and of agents stay. */
export interface Centre {
  scenario: Scenario;
  policy: PolicyDocument;
  target: Target;
  /** Of each run. */
  arrivals: number;
}

/** `perHour`: customers of all kinds. The same seed each time, so that agents are compared on the same customers. */
export function simulate(
  { scenario, policy, target, arrivals }: Centre,
  { perHour, agents }: { perHour: number; agents: number },
): Reached {
  const seconds = 'within' in target ? target.within : 0;
  const scale = perHour / 3600 / sumRates(scenario.kinds);
  const kinds = scenario.kinds.map((kind) => atRate(kind, rateOf(kind) * scale));
  const run = { ...scenario, arrivals, kinds, warmUp: WARM_UP, within: [seconds] };
  const figures = finish(runScenario({ ...run, agents: share(scenario.agents, agents) }, policy));
  return gather(Object.values(figures.kinds), seconds);
}

const WARM_UP = 0.05;

/** Of the whole time: what a profile or a record has by the hour is the forecast's to say. */
function rateOf(kind: ScenarioKind): number {
  const { recorded = [] } = kind;
  const last = recorded.at(-1) ?? 0;
  return recorded.length > 0 ? recorded.length / Math.max(1, last) : meanRate(kind);
}

function atRate({ profile: _, recorded: __, ...kind }: ScenarioKind, rate: number): ScenarioKind {
  return { ...kind, rate };
}

function gather(kinds: readonly KindResult[], seconds: number): Reached {
  const sum = (of: (kind: KindResult) => number) =>
    kinds.reduce((total, kind) => total + kind.arrived * of(kind), 0);
  const taken = (kind: KindResult) => 1 - kind.lostShare - kind.unservedShare;
  const [whole, waited] = [sum(() => 1), sum(taken)];
  return {
    within: sum(({ within }) => within[seconds] ?? 0) / whole,
    // Whoever nobody can serve would wait for ever.
    meanWait:
      sum(({ unservedShare }) => unservedShare) > 0
        ? Number.POSITIVE_INFINITY
        : sum((kind) => taken(kind) * kind.meanWait) / Math.max(1, waited),
    abandoned: sum((kind) => kind.abandonedShare + kind.lostShare + kind.unservedShare) / whole,
  };
}

/**
 * So many of them in all, in the proportions of the scenario; the largest remainders are rounded up.
 * They are there for the whole half hour, whatever their shifts.
 */
export function share(entries: readonly ScenarioAgents[], agents: number): ScenarioAgents[] {
  const whole = entries.reduce((sum, { count = 1 }) => sum + count, 0);
  const parts = entries.map(({ count = 1 }, place) => {
    const part = (agents * count) / whole;
    return { place, count: Math.floor(part), rest: part - Math.floor(part) };
  });
  const left = agents - parts.reduce((sum, { count }) => sum + count, 0);
  const rounded = parts.toSorted((a, b) => b.rest - a.rest || a.place - b.place).slice(0, left);
  for (const part of rounded) part.count += 1;
  return entries.flatMap(({ shifts: _, shiftsEvery: __, ...entry }, place) => {
    const { count = 0 } = parts[place] ?? {};
    return count === 0 ? [] : [{ ...entry, count }];
  });
}

/** As if all were alike and anybody could serve anybody: the load of all kinds on all places. */
export function askFormula(
  { scenario, target }: Pick<Centre, 'scenario' | 'target'>,
  { perHour, agents }: { perHour: number; agents: number },
): Reached {
  const { capacity, ...line } = averageOut(scenario);
  const servers = Math.max(1, Math.floor(agents * capacity));
  const figures = erlangA({ ...line, rate: perHour / 3600, servers });
  return {
    within: 'within' in target ? figures.within(target.within) : 0,
    meanWait: figures.meanWaitSeconds,
    abandoned: figures.abandonedShare,
  };
}

/** Whether so many agents can do the work of all who come; where customers leave, they always can. */
export function isEnough(
  scenario: Scenario,
  { perHour, agents }: { perHour: number; agents: number },
): boolean {
  const { capacity, serviceSeconds, patienceSeconds } = averageOut(scenario);
  return patienceSeconds !== null || (perHour / 3600) * serviceSeconds < agents * capacity;
}

function averageOut({ kinds, agents }: Scenario) {
  const rate = sumRates(kinds);
  const ofKinds = (of: (kind: ScenarioKind) => number) =>
    kinds.reduce((sum, kind) => sum + rateOf(kind) * of(kind), 0) / rate;
  const count = agents.reduce((sum, one) => sum + (one.count ?? 1), 0);
  const ofAgents = (of: (one: ScenarioAgents) => number) =>
    agents.reduce((sum, one) => sum + (one.count ?? 1) * of(one), 0) / count;
  const speed = ofAgents((one) => one.speed ?? 1);
  const work = ofKinds(({ service, needs }) => meanOf(service) * (needs?.weight ?? 1));
  // Rates of leaving add up; whoever waits for ever has none.
  const leaving = ofKinds(({ patience }) => {
    return patience === undefined ? 0 : 1 / Math.max(meanOf(patience), SHORTEST);
  });
  return {
    capacity: ofAgents((one) => one.capacity ?? 1),
    serviceSeconds: Math.max(SHORTEST, work / speed),
    patienceSeconds: leaving === 0 ? null : 1 / leaving,
  };
}

/** In seconds; the formula divides by times. */
const SHORTEST = 1e-3;

function meanOf(distribution: Distribution): number {
  if ('exponential' in distribution) return distribution.exponential;
  if ('fixed' in distribution) return distribution.fixed;
  if ('lognormal' in distribution) return distribution.lognormal[0];
  const { sample } = distribution;
  return sample.reduce((sum, one) => sum + one, 0) / sample.length;
}

function sumRates(kinds: readonly ScenarioKind[]): number {
  return kinds.reduce((sum, kind) => sum + rateOf(kind), 0);
}
