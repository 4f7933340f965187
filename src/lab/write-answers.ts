// How agents answered what they were offered, as a scenario says it. Pure.
import type { ScenarioAgents } from '../contract/scenario.ts';

export interface MeasuredAnswers {
  /** Those that were accepted, declined or missed. */
  made: number;
  declined: number;
  missed: number;
  /** Seconds until an answer. */
  afters: readonly number[];
}

/** So few say nothing of a habit. */
const LEAST_OFFERS = 20;
const MOST_AFTERS = 500;

/** Of agents who are alike, together; nothing where they were offered too little, so that the defaults hold. */
export function writeAnswers(
  agents: readonly { answers: MeasuredAnswers | null }[],
): Pick<ScenarioAgents, 'offers'> {
  const all = agents.flatMap(({ answers }) => answers ?? []);
  const sum = (of: (answers: MeasuredAnswers) => number) =>
    all.reduce((total, one) => total + of(one), 0);
  const made = sum((one) => one.made);
  if (made < LEAST_OFFERS) return {};
  const afters = all.flatMap((one) => one.afters);
  return {
    offers: {
      ...(afters.length > 0 && { answerAfter: { sample: thin(afters).map(round) } }),
      declined: share(
        sum(({ declined }) => declined),
        made,
      ),
      missed: share(
        sum(({ missed }) => missed),
        made,
      ),
    },
  };
}

/** Rounded down, so that two are never more than the whole. */
function share(part: number, whole: number): number {
  return Math.floor((part / whole) * 1000) / 1000;
}

/** Evenly over all of them. */
function thin(values: readonly number[]): number[] {
  const step = Math.max(1, values.length / MOST_AFTERS);
  const count = Math.min(values.length, MOST_AFTERS);
  return Array.from({ length: count }, (_, nth) => values[Math.floor(nth * step)] as number);
}

const round = (seconds: number): number => Math.round(seconds * 10) / 10;
