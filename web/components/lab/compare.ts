// Figures of a whole run, each with its interval where several runs have shown one, and whether two differ by more than chance. Pure.
import { waitOverDay } from '../../../src/contract/wait-over-day.ts';
import type { SimulationFigures } from '../../api/shapes.ts';

export interface Estimate {
  value: number;
  /** Half the width of the 95 % interval; null: not known. */
  ci: number | null;
}

export interface Totals {
  meanWait: Estimate;
  waited: Estimate;
  left: Estimate;
  lost: Estimate;
  /** Served within a minute. */
  withinMinute: Estimate;
  /** Ended by a bot, of all that came; null: none was. */
  byBot: Estimate | null;
  /** Seconds; null: of several kinds a model has it of each alone. */
  p95: Estimate | null;
  /** Seconds from the arrival, on average; null: no kind says when agents answer. */
  firstAnswer: Estimate | null;
  /** Jain's index of what each agent was given. */
  evenness: Estimate;
  /** Assignments that left an agent above the capacity. */
  overCapacity: Estimate;
}

type Run = Pick<SimulationFigures, 'kinds' | 'whole' | 'repeated'>;
type WholeRun = Run & Pick<SimulationFigures, 'jain' | 'overCapacity'>;
type Kind = SimulationFigures['kinds'][string];
type Repeated = NonNullable<SimulationFigures['repeated']>;
type Over = Repeated['jain'];

const MINUTE = '60';

/** null: it is not known over the runs. */
export function overRuns(over: Over | null | undefined): Estimate | null {
  return over == null ? null : { value: over.mean, ci: over.ci };
}

export function ofOneRun(value: number): Estimate {
  return { value, ci: null };
}

export function sumRun(run: WholeRun): Totals {
  const { repeated, jain, overCapacity } = run;
  const whole = repeated?.whole;
  const agents = {
    evenness: overRuns(repeated?.jain) ?? ofOneRun(jain),
    overCapacity: ofOneRun(overCapacity),
  };
  if (whole === undefined) return { ...sumKinds(partsOf(run)), ...agents };
  const known = ({ mean, ci }: Over): Estimate => ({ value: mean, ci });
  const { lostShare, unservedShare, within } = whole;
  return {
    meanWait: known(whole.meanWait),
    waited: known(whole.waitedShare),
    left: known(whole.abandonedShare),
    // Added, which errs on the side of caution.
    lost: {
      value: lostShare.mean + unservedShare.mean,
      ci: lostShare.ci + unservedShare.ci,
    },
    withinMinute: overRuns(within[MINUTE]) ?? ofOneRun(0),
    byBot: overRuns(whole.botShare),
    p95: known(whole.p95),
    firstAnswer: overRuns(whole.firstAnswer?.mean),
    ...agents,
  };
}

/** All kinds together as one, where that is known. */
function partsOf({ kinds, whole }: Pick<Run, 'kinds' | 'whole'>): Run['kinds'] {
  return whole === undefined ? kinds : { whole };
}

/**
 * Of one run, weighted by arrivals. The intervals of kinds are added, not their squares: kinds share
 * agents, so their waits rise together.
 */
function sumKinds(kinds: Run['kinds']): Omit<Totals, 'evenness' | 'overCapacity'> {
  const mean = (of: (kind: Kind) => number) => weigh(kinds, of);
  const [only, ...others] = Object.values(kinds);
  return {
    meanWait: {
      value: mean(({ meanWait }) => meanWait),
      ci: mean(({ meanWaitCi }) => meanWaitCi),
    },
    waited: {
      value: mean(({ waitedShare }) => waitedShare),
      ci: mean(({ waitedShareCi }) => waitedShareCi),
    },
    left: ofOneRun(mean(({ abandonedShare }) => abandonedShare)),
    lost: ofOneRun(mean(({ lostShare, unservedShare }) => lostShare + unservedShare)),
    withinMinute: ofOneRun(mean(({ within }) => within[MINUTE] ?? 0)),
    byBot: shareOfBots(kinds),
    p95: only === undefined || others.length > 0 ? null : ofOneRun(only.p95),
    firstAnswer:
      only?.firstAnswer === undefined
        ? null
        : { value: only.firstAnswer.mean, ci: only.firstAnswer.meanCi },
  };
}

function shareOfBots(kinds: Run['kinds']): Estimate | null {
  const all = Object.values(kinds);
  const ended = all.reduce((sum, { arrived, botShare = 0 }) => sum + arrived * botShare, 0);
  return ended === 0 ? null : ofOneRun(ended / all.reduce((sum, { arrived }) => sum + arrived, 0));
}

function weigh(kinds: Run['kinds'], of: (kind: Kind) => number): number {
  const all = Object.values(kinds);
  // What a bot ended is in no other figure.
  const people = ({ arrived, botShare = 0 }: Kind) => arrived * (1 - botShare);
  const came = all.reduce((sum, kind) => sum + people(kind), 0);
  return came === 0 ? 0 : all.reduce((sum, kind) => sum + of(kind) * people(kind), 0) / came;
}

/** null: an interval is missing. The two runs count as independent, which errs on the side of caution. */
export function isDifferent(a: Estimate, b: Estimate): boolean | null {
  if (a.ci === null || b.ci === null) return null;
  return Math.abs(a.value - b.value) > Math.hypot(a.ci, b.ci);
}

/** The share of all arrivals that was served within so many seconds. */
export function shareWithin(run: Run, seconds: number): Estimate {
  const name = String(seconds);
  const known = overRuns(run.repeated?.whole?.within[name]);
  return known ?? ofOneRun(weigh(partsOf(run), ({ within }) => within[name] ?? 0));
}

/** By the hour of the simulated day: the mean wait in seconds; null: the run is shorter than a day. */
export function listWaits({
  hours,
  repeated,
}: Pick<SimulationFigures, 'hours' | 'repeated'>): (Estimate | null)[] | null {
  const known = repeated?.overDay?.map(overRuns);
  if (known !== undefined) return known;
  return waitOverDay(hours)?.map((wait) => (wait === null ? null : ofOneRun(wait))) ?? null;
}
