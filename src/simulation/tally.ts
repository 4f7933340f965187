// What a run comes to as a whole, by plan, by hour and by who served, beside the outcomes of each kind.
import {
  type HourResult,
  type KindResult,
  mostHours,
  type PartResult,
  type Scenario,
} from '../contract/scenario.ts';
import type { Instant } from '../routing/types.ts';
import { joinParts, type Part, sayPart } from './cut-outcomes.ts';
import type { Outcome } from './kept.ts';
import { makeOutcomes, type Outcomes } from './outcomes.ts';

/** One of the arrivals. */
export interface Counted {
  /** Of all kinds, from 0. */
  nthOfAll: number;
  /** By which it first stood; null: by none. */
  firstPlan: string | null;
}

export interface Tally {
  /** Answers its number. */
  arrive(now: Instant): number;
  /** Its first plan is known. */
  enter(one: Counted): void;
  settle(one: Counted, how: { outcome: Outcome; waitMs: number; by?: string }): void;
  /** The agent's first answer, so long after the arrival. */
  answer(one: Counted, afterMs: number): void;
  /** Before anything happens at this moment, while so many wait. */
  pass(now: Instant, waiting: number): void;
  /** `waiting`: how many wait still. */
  sum(waiting: number): Sum;
}

export interface Sum {
  whole: KindResult;
  plans: Record<string, PartResult>;
  hours: HourResult[];
  served: ServedParts;
}

/** Of those that each entry of agents served, and the agents of each team. */
export interface ServedParts {
  agents: Record<string, PartResult>;
  teams: Record<string, PartResult>;
}

const SECOND = 1000;
const HOUR_MS = 3_600_000;

/**
 * `from`: the number of the first that counts; hours count everybody. `only`: the outcomes of the one kind
 * that there is, which are those of all.
 */
export function makeTally(
  { kinds, agents, arrivals, within = [] }: Scenario,
  { begins, from, only }: { begins: Instant; from: number; only: Outcomes | null },
): Tally {
  const names = agents.map(({ name }) => name);
  const tellsAnswers = kinds.some(({ firstAnswer }) => firstAnswer !== undefined);
  const all = only ?? makeOutcomes(names, { expected: arrivals, tellsAnswers });
  const plans = notePlans(arrivals);
  const hours = noteHours(begins);
  const [first = null] = within;
  let come = 0;
  return {
    arrive: (now) => {
      hours.reach(now, come);
      if (only === null) all.arrive();
      come += 1;
      return come - 1;
    },
    enter: ({ nthOfAll, firstPlan }) => {
      if (firstPlan !== null) plans.note(nthOfAll, firstPlan);
    },
    settle: ({ nthOfAll }, { outcome, waitMs, by }) => {
      if (only !== null) return;
      if (by === undefined) all.settle(nthOfAll, outcome, waitMs);
      else all.serve(nthOfAll, by, waitMs);
    },
    answer: ({ nthOfAll }, afterMs) => {
      if (only === null) all.answer(nthOfAll, afterMs);
    },
    pass: hours.pass,
    sum: (waiting) => ({
      whole: all.sum(from, within),
      plans: plans.sum((partOf, parts) => all.cut(from, { partOf, parts, within: first })),
      hours: hours.sum(come, waiting, (partOf, parts) =>
        all.cut(0, { partOf, parts, within: first }),
      ),
      served: sumServed(agents, all.cutByServer(from, first)),
    }),
  };
}

type CutBy = (partOf: Int16Array, parts: number) => Part[];

function notePlans(arrivals: number) {
  const names: string[] = [];
  const places = new Map<string, number>();
  // Where the policy has no rules, there are no plans.
  let partOf = new Int16Array();
  return {
    note: (nth: number, name: string): void => {
      if (partOf.length === 0) partOf = new Int16Array(arrivals).fill(-1);
      let place = places.get(name);
      if (place === undefined) {
        place = names.push(name) - 1;
        places.set(name, place);
      }
      partOf[nth] = place;
    },
    sum: (cut: CutBy): Record<string, PartResult> => {
      if (names.length === 0) return {};
      const parts = cut(partOf, names.length);
      const said = names.map((name, nth) => [name, parts[nth] as Part] as const);
      const counted = said.filter(([, { arrived }]) => arrived > 0);
      return Object.fromEntries(
        counted.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, part]) => [name, sayPart(part)]),
      );
    },
  };
}

function noteHours(begins: Instant) {
  /** How many had come before each began. */
  const began: number[] = [];
  /** How many waited at the end of each that is over. */
  const atEnd: number[] = [];
  let endsAt = begins + HOUR_MS;
  return {
    reach: (now: Instant, come: number): void => {
      const hour = Math.floor((now - begins) / HOUR_MS);
      while (began.length <= hour && began.length <= mostHours) began.push(come);
    },
    pass: (now: Instant, waiting: number): void => {
      for (; endsAt <= now && atEnd.length < mostHours; endsAt += HOUR_MS) atEnd.push(waiting);
    },
    sum: (come: number, waiting: number, cut: CutBy): HourResult[] => {
      const count = Math.min(began.length, mostHours);
      const partOf = new Int16Array(come).fill(-1);
      for (let hour = 0; hour < count; hour += 1) partOf.fill(hour, began[hour], began[hour + 1]);
      return cut(partOf, count).map((part, hour) => ({
        from: (hour * HOUR_MS) / SECOND,
        ...sayPart(part),
        waiting: atEnd[hour] ?? waiting,
      }));
    },
  };
}

/** `parts`: by entry. */
function sumServed(agents: Scenario['agents'], parts: readonly Part[]): ServedParts {
  const teams = new Set(agents.flatMap((one) => one.teams ?? []));
  const of = (team: string) => parts.filter((_, nth) => agents[nth]?.teams?.includes(team));
  return {
    agents: Object.fromEntries(agents.map(({ name }, nth) => [name, sayPart(parts[nth] as Part)])),
    teams: Object.fromEntries([...teams].map((team) => [team, sayPart(joinParts(of(team)))])),
  };
}
