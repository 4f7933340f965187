// What a run comes to as a whole, by plan and by hour, kept beside the outcomes of each kind.
import {
  type HourResult,
  type KindResult,
  mostHours,
  type PlanResult,
  type Scenario,
} from '../contract/scenario.ts';
import type { Instant } from '../routing/types.ts';
import { makeOutcomes, type Outcome, type Outcomes } from './outcomes.ts';

/** One of the arrivals. */
export interface Counted {
  /** Of all kinds, from 0. */
  nthOfAll: number;
  cameAt: Instant;
  /** By which it first stood; null: by none. */
  firstPlan: string | null;
}

export interface Tally {
  /** Answers its number. */
  arrive(now: Instant): number;
  /** Its first plan is known. */
  enter(one: Counted): void;
  settle(one: Counted, how: { outcome: Outcome; waitMs: number; by?: string }): void;
  /** Before anything happens at this moment, while so many wait. */
  pass(now: Instant, waiting: number): void;
  /** `only`: the figures of the one kind that there is, which are those of all; `waiting`: how many wait still. */
  sum(of: { only: KindResult | null; waiting: number }): {
    whole: KindResult;
    plans: Record<string, PlanResult>;
    hours: HourResult[];
  };
}

const SECOND = 1000;
const HOUR_MS = 3_600_000;

/** `from`: the number of the first that counts; hours count everybody. */
export function makeTally(
  { kinds, agents, arrivals, within = [] }: Scenario,
  { begins, from }: { begins: Instant; from: number },
): Tally {
  // Of one kind the whole is the kind: nothing is kept twice.
  const whole =
    kinds.length === 1
      ? null
      : makeOutcomes(
          agents.map(({ name }) => name),
          arrivals,
        );
  const plans = new Map<string, Sums>();
  const hours: Sums[] = [];
  /** By hour that is over. */
  const atEnd: number[] = [];
  const [first] = within;
  let [come, endsAt] = [0, begins + HOUR_MS];
  const hourOf = (at: Instant) => hours[Math.floor((at - begins) / HOUR_MS)];
  const planOf = ({ firstPlan, nthOfAll }: Counted): Sums | undefined =>
    firstPlan === null || nthOfAll < from ? undefined : plans.get(firstPlan);
  return {
    arrive: (now) => {
      const nth = Math.floor((now - begins) / HOUR_MS);
      while (hours.length <= nth && hours.length < mostHours) hours.push(makeSums());
      const hour = hours[nth];
      if (hour !== undefined) hour.arrived += 1;
      whole?.arrive();
      come += 1;
      return come - 1;
    },
    enter: (one) => {
      const { firstPlan, nthOfAll } = one;
      if (firstPlan === null || nthOfAll < from) return;
      const sums = plans.get(firstPlan) ?? makeSums();
      sums.arrived += 1;
      plans.set(firstPlan, sums);
    },
    settle: (one, { outcome, waitMs, by }) => {
      if (by === undefined) whole?.settle(one.nthOfAll, outcome, waitMs);
      else whole?.serve(one.nthOfAll, by, waitMs);
      for (const sums of [hourOf(one.cameAt), planOf(one)]) {
        if (sums !== undefined) note(sums, { outcome, wait: waitMs / SECOND, first });
      }
    },
    pass: (now, waiting) => {
      for (; endsAt <= now && atEnd.length < mostHours; endsAt += HOUR_MS) atEnd.push(waiting);
    },
    sum: ({ only, waiting }) => ({
      whole: only ?? (whole as Outcomes).sum(from, within),
      plans: Object.fromEntries(
        [...plans].sort().map(([name, sums]) => [name, sayPlan(sums, first)]),
      ),
      hours: hours.map((sums, nth) => ({
        from: (nth * HOUR_MS) / SECOND,
        ...sayPlan(sums, first),
        waiting: atEnd[nth] ?? waiting,
      })),
    }),
  };
}

interface Sums {
  arrived: number;
  /** Of those, by a bot. */
  ended: number;
  /** Of those that were taken in and have ended their wait. */
  taken: number;
  wait: number;
  within: number;
}

const makeSums = (): Sums => ({ arrived: 0, ended: 0, taken: 0, wait: 0, within: 0 });

function note(
  sums: Sums,
  { outcome, wait, first }: { outcome: Outcome; wait: number; first: number | undefined },
): void {
  if (outcome === 'bot') sums.ended += 1;
  if (outcome !== 'served' && outcome !== 'abandoned') return;
  sums.taken += 1;
  sums.wait += wait;
  if (outcome === 'served' && first !== undefined && wait <= first) sums.within += 1;
}

function sayPlan(sums: Sums, first: number | undefined): PlanResult {
  const { arrived, ended, taken, wait, within } = sums;
  const people = arrived - ended;
  return {
    arrived,
    meanWait: taken === 0 ? 0 : wait / taken,
    within: first === undefined || people === 0 ? null : within / people,
  };
}
