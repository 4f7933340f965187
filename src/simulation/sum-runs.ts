// One scenario on several seeds: each figure with its interval over the runs.
import { ownValue } from '../contract/own-value.ts';
import type {
  Estimate,
  FirstAnswer,
  KindResult,
  RepeatedMeasures,
  RepeatedRuns,
  RepeatedWaits,
  SimulationResult,
  TransferFigure,
  WaitsResult,
} from '../contract/scenario.ts';
import { repeatedFigures, transferFigures } from '../contract/scenario.ts';
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
    ...(first.plans && {
      plans: each([...plans].sort(), (name) =>
        sumWaits(runs.map((run) => ownValue(run.plans, name))),
      ),
    }),
    ...(overDay && { overDay }),
    occupancy: each(Object.keys(first.agents), (name) =>
      over(({ agents }) => agents[name]?.occupancy ?? 0),
    ),
    ...(first.teams && {
      teams: each(Object.keys(first.teams), (name) =>
        over(({ teams }) => teams?.[name]?.occupancy ?? 0),
      ),
    }),
    ...(first.plans && { served: sumServed(runs, first) }),
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
  const answers = sumAnswers(results);
  return {
    ...(figures as Pick<RepeatedMeasures, (typeof repeatedFigures)[number]>),
    ...(results.some(({ botShare }) => botShare !== undefined) && {
      botShare: over(({ botShare = 0 }) => botShare),
    }),
    within: each(Object.keys(first?.within ?? {}), (name) =>
      over((kind) => kind.within[name] ?? 0),
    ),
    ...(answers !== null && { firstAnswer: answers }),
    ...sumTransfers(results),
    servedBy: each(agents, (name) => over((kind) => ownValue(kind.servedBy, name) ?? 0)),
  };
}

/** Where nobody was transferred there are no times. */
function sumTransfers(results: readonly KindResult[]): Pick<RepeatedMeasures, 'transfers'> {
  const told = results.flatMap(({ transfers = [] }) => transfers);
  if (told.length === 0) return {};
  const made = told.filter((one) => one.made > 0);
  const [, ...ofMade] = transferFigures;
  const of = (all: typeof told, name: TransferFigure) => estimateKnown(all.map((one) => one[name]));
  const figures = each(ofMade, (name) => of(made, name as TransferFigure));
  return {
    transfers: { ...figures, share: of(told, 'share') } as RepeatedMeasures['transfers'] & {},
  };
}

function sumServed(runs: readonly Run[], { agents, teams }: Run) {
  const of = (read: (run: Run) => Record<string, { waits?: WaitsResult }> | undefined) => {
    return (name: string) => sumWaits(runs.map((run) => read(run)?.[name]?.waits));
  };
  return {
    agents: each(
      Object.keys(agents),
      of((run) => run.agents),
    ),
    ...(teams && {
      teams: each(
        Object.keys(teams),
        of((run) => run.teams),
      ),
    }),
  };
}

function sumWaits(all: readonly (WaitsResult | undefined)[]): RepeatedWaits {
  const known = all.filter((one) => one !== undefined);
  const over = (of: (one: WaitsResult) => number | null) => estimateKnown(known.map(of));
  const answers = sumAnswers(known);
  return {
    meanWait: over(({ meanWait }) => meanWait),
    p50: over(({ p50 }) => p50),
    p95: over(({ p95 }) => p95),
    within: over(({ within }) => within),
    ...(answers !== null && { firstAnswer: answers }),
  };
}

/** null: no kind says when agents answer. Of nobody answered there are no times. */
function sumAnswers(all: readonly { firstAnswer?: FirstAnswer }[]) {
  const told = all.flatMap(({ firstAnswer = [] }) => firstAnswer);
  const times = told.filter(({ answeredShare }) => answeredShare > 0);
  return told.length === 0
    ? null
    : {
        answeredShare: estimateKnown(told.map(({ answeredShare }) => answeredShare)),
        mean: estimateKnown(times.map(({ mean }) => mean)),
        p50: estimateKnown(times.map(({ p50 }) => p50)),
        p95: estimateKnown(times.map(({ p95 }) => p95)),
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
