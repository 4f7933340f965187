// Two scenarios on the same seeds: their differences run by run, with intervals.
import { ownValue } from '../contract/own-value.ts';
import type {
  ComparedMeasures,
  ComparedPart,
  ComparedWaits,
  Comparison,
  Difference,
  KindResult,
  PartResult,
  SimulationResult,
} from '../contract/scenario.ts';
import { estimate } from './estimate.ts';

type Run = Pick<SimulationResult, 'kinds' | 'agents' | 'whole' | 'plans' | 'jain'>;

/** On one seed. */
export interface Pair {
  one: Run;
  other: Run;
}

/**
 * Pairs have the seed in common, so what both share falls out of the difference (common random
 * numbers: Law, Simulation Modeling and Analysis, 11.2). At least two pairs. Kinds and agents are
 * compared where both scenarios have them, by name.
 */
export function compareRuns(pairs: readonly Pair[]): Omit<Comparison, 'seed' | 'notModelled'> {
  const [first] = pairs;
  if (first === undefined || pairs.length < 2) throw new Error('One run shows no interval.');
  const kindsOf = (name: string) =>
    compareKind(pairs.map(({ one, other }) => [one.kinds[name], other.kinds[name]]));
  const plansOf = (name: string) =>
    compareWaits(
      pairs.map(({ one, other }) => [ownValue(one.plans, name), ownValue(other.plans, name)]),
    );
  const occupancyOf = (name: string) =>
    differ(
      pairs.map(({ one, other }) => [one.agents[name], other.agents[name]]),
      (agents) => {
        return agents?.occupancy ?? 0;
      },
    );
  return {
    runs: pairs.length,
    whole: compareKind(pairs.map(({ one, other }) => [one.whole, other.whole])),
    kinds: Object.fromEntries(listShared(first, 'kinds').map((name) => [name, kindsOf(name)])),
    plans: Object.fromEntries(listShared(first, 'plans').map((name) => [name, plansOf(name)])),
    occupancy: Object.fromEntries(
      listShared(first, 'agents').map((name) => [name, occupancyOf(name)]),
    ),
    jain: differ(
      pairs.map(({ one, other }) => [one.jain, other.jain]),
      (jain) => jain,
    ),
    alone: {
      scenario: listAlone(pairs.map(({ one, other }) => [one, other])),
      against: listAlone(pairs.map(({ one, other }) => [other, one])),
    },
  };
}

const PARTS = ['kinds', 'agents', 'plans'] as const satisfies readonly ComparedPart[];

/** Of each pair's first, what its second never has. */
function listAlone(pairs: readonly Both<Run>[]): Record<ComparedPart, string[]> {
  const listIn = (runs: readonly Run[], of: ComparedPart) =>
    new Set(runs.flatMap((run) => Object.keys(run[of] ?? {})));
  const lists = PARTS.map((of) => {
    const [own, others] = [0, 1].map((which) =>
      listIn(
        pairs.map((pair) => pair[which] as Run),
        of,
      ),
    ) as [Set<string>, Set<string>];
    return [of, [...own].filter((name) => !others.has(name))];
  });
  return Object.fromEntries(lists);
}

function listShared({ one, other }: Pair, of: ComparedPart): string[] {
  return Object.keys(one[of] ?? {}).filter((name) => Object.hasOwn(other[of] ?? {}, name));
}

type Both<T> = readonly [T, T];

const MEASURES = [
  'waitedShare',
  'meanWait',
  'p95',
  'abandonedShare',
  'lostShare',
  'unservedShare',
] as const satisfies readonly (keyof KindResult)[];

function compareKind(pairs: readonly Both<KindResult | undefined>[]): ComparedMeasures {
  const [one, other] = pairs[0] ?? [];
  const seconds = Object.keys(one?.within ?? {}).filter((name) =>
    Object.hasOwn(other?.within ?? {}, name),
  );
  const compared = MEASURES.map((name) => [name, differ(pairs, (kind) => kind?.[name] ?? 0)]);
  return {
    ...(Object.fromEntries(compared) as Pick<ComparedMeasures, (typeof MEASURES)[number]>),
    within: Object.fromEntries(
      seconds.map((name) => [name, differ(pairs, (kind) => kind?.within[name] ?? 0)]),
    ),
    ...compareAnswers(pairs),
    ...compareTransfers(pairs),
  };
}

function compareAnswers(pairs: readonly Both<KindResult | undefined>[]) {
  const [mean, p95] = (['mean', 'p95'] as const).map((name) =>
    differKnown(pairs, (kind) => {
      const { firstAnswer } = kind ?? {};
      return firstAnswer === undefined || firstAnswer.answeredShare === 0
        ? null
        : firstAnswer[name];
    }),
  );
  return mean && p95 ? { firstAnswer: { mean, p95 } } : {};
}

function compareTransfers(pairs: readonly Both<KindResult | undefined>[]) {
  const [share, meanWait] = (['share', 'meanWait'] as const).map((name) =>
    differKnown(pairs, (kind) => (kind?.transfers?.made ? kind.transfers[name] : null)),
  );
  return share && meanWait ? { transfers: { share, meanWait } } : {};
}

function compareWaits(pairs: readonly Both<PartResult | undefined>[]): ComparedWaits {
  const compared = (['meanWait', 'p95', 'within'] as const).flatMap((name) => {
    const difference = differKnown(pairs, (part) => part?.[name] ?? null);
    return difference === null ? [] : [[name, difference]];
  });
  return Object.fromEntries(compared);
}

/** null: in fewer than two pairs both have it. */
function differKnown<T>(
  pairs: readonly Both<T>[],
  read: (of: T) => number | null,
): Difference | null {
  const known = pairs.flatMap(([one, other]) => {
    const both = [read(one), read(other)] as const;
    return both[0] === null || both[1] === null ? [] : [[both[0], both[1]] as const];
  });
  return known.length < 2 ? null : differ(known, (value) => value);
}

function differ<T>(pairs: readonly Both<T>[], read: (of: T) => number): Difference {
  const [ones, others] = [pairs.map(([one]) => read(one)), pairs.map(([, other]) => read(other))];
  const differences = ones.map((one, nth) => (others[nth] as number) - one);
  const { mean: difference, ci } = estimate(differences);
  const shown = Math.abs(difference) > ci;
  return {
    ...{ scenario: estimate(ones).mean, against: estimate(others).mean },
    ...{ difference, ci, shown },
  };
}
