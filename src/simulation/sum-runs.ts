// One scenario on several seeds: each figure with its interval over the runs.
import type {
  Estimate,
  KindResult,
  RepeatedMeasures,
  RepeatedPlan,
  RepeatedRuns,
  SimulationResult,
} from '../contract/scenario.ts';
import { repeatedFigures } from '../contract/scenario.ts';
import { waitOverDay } from '../contract/wait-over-day.ts';
import { estimate } from './estimate.ts';

export type Run = Pick<
  SimulationResult,
  'kinds' | 'agents' | 'teams' | 'whole' | 'jain' | 'plans' | 'hours'
>;

/** At least two runs of one scenario. */
export function sumRuns(runs: readonly Run[]): Omit<RepeatedRuns, 'seed' | 'notModelled'> {
  const [first] = runs;
  if (first === undefined) throw new Error('There are no runs.');
  const over = (read: (run: Run) => number): Estimate => estimate(runs.map(read));
  const plans = new Set(runs.flatMap((run) => Object.keys(run.plans ?? {})));
  const overDay = sumDays(runs);
  return {
    runs: runs.length,
    ...(first.whole && { whole: sumKind(runs, ({ whole }) => whole) }),
    kinds: each(Object.keys(first.kinds), (name) => sumKind(runs, ({ kinds }) => kinds[name])),
    ...(first.plans && { plans: each([...plans].sort(), (name) => sumPlan(runs, name)) }),
    ...(overDay && { overDay }),
    occupancy: each(Object.keys(first.agents), (name) =>
      over(({ agents }) => agents[name]?.occupancy ?? 0),
    ),
    ...(first.teams && {
      teams: each(Object.keys(first.teams), (name) =>
        over(({ teams }) => teams?.[name]?.occupancy ?? 0),
      ),
    }),
    jain: over(({ jain }) => jain),
  };
}

function each<T>(names: readonly string[], of: (name: string) => T): Record<string, T> {
  return Object.fromEntries(names.map((name) => [name, of(name)]));
}

function sumKind(
  runs: readonly Run[],
  read: (run: Run) => KindResult | undefined,
): RepeatedMeasures {
  const results = runs.flatMap((run) => read(run) ?? []);
  const over = (of: (kind: KindResult) => number): Estimate => estimate(results.map(of));
  const [first] = results;
  const figures = each(repeatedFigures, (name) => over((kind) => kind[name as 'p50']));
  const agents = Object.keys(runs[0]?.agents ?? {});
  return {
    ...(figures as Omit<RepeatedMeasures, 'within' | 'servedBy'>),
    ...(results.some(({ botShare }) => botShare !== undefined) && {
      botShare: over(({ botShare = 0 }) => botShare),
    }),
    within: each(Object.keys(first?.within ?? {}), (name) =>
      over((kind) => kind.within[name] ?? 0),
    ),
    servedBy: each(agents, (name) => over((kind) => kind.servedBy[name] ?? 0)),
  };
}

function sumPlan(runs: readonly Run[], name: string): RepeatedPlan {
  const results = runs.flatMap(({ plans }) => plans?.[name] ?? []);
  return {
    meanWait: estimateKnown(results.map(({ meanWait }) => meanWait)),
    within: estimateKnown(results.map(({ within }) => within)),
  };
}

/** null: a run was shorter than a day. */
function sumDays(runs: readonly Run[]): (Estimate | null)[] | null {
  const days = runs.map(({ hours }) => waitOverDay(hours));
  const known = days.filter((day) => day !== null);
  if (known.length < days.length) return null;
  return (known[0] ?? []).map((_, hour) => estimateKnown(known.map((day) => day[hour] ?? null)));
}

/** null: of so few there is no interval. */
function estimateKnown(values: readonly (number | null)[]): Estimate | null {
  const known = values.filter((one) => one !== null);
  return known.length < 2 ? null : estimate(known);
}
