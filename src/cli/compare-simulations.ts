// Runs two scenarios on the same seeds and says by how much they differ.
import type {
  ComparedMeasures,
  ComparedWaits,
  Comparison,
  Difference,
} from '../contract/scenario.ts';
import { compareRuns, type Pair } from '../simulation/compare-runs.ts';
import { seedAfter } from '../simulation/seed-after.ts';
import { formatTable } from './print.ts';
import { NotSimulated, type RunOptions, runSimulation } from './run-simulation.ts';

/** Throws NotSimulated. `seed`: of the first run. */
export async function compareSimulations(
  [scenario, against]: readonly [unknown, unknown],
  { runs, seed, onProgress }: { runs: number; seed: number } & Pick<RunOptions, 'onProgress'>,
): Promise<Comparison> {
  const pairs: Pair[] = [];
  const notModelled = new Set<string>();
  for (let nth = 0; nth < runs; nth += 1) {
    const run = async (body: unknown, before: number) => {
      const result = await runSimulation(body, {
        seed: seedAfter(seed, nth),
        onProgress: (done) => onProgress?.((nth + before + done / 2) / runs),
      });
      for (const part of result.notModelled) notModelled.add(part);
      const { kinds, agents, whole, plans, jain } = result;
      return { kinds, agents, jain, ...(whole && { whole }), ...(plans && { plans }) };
    };
    const one = await run(scenario, 0);
    const other = await run(against, 0.5).catch(sayWhich);
    pairs.push({ one, other });
  }
  return { seed, ...compareRuns(pairs), notModelled: [...notModelled] };
}

/** Of two files, which is at fault. */
function sayWhich(error: unknown): never {
  if (!(error instanceof NotSimulated)) throw error;
  throw new NotSimulated(`Of --against: ${error.message}`, error.faults);
}

export function sayComparison(comparison: Comparison): string[] {
  const { runs, seed, whole, kinds, plans, occupancy, notModelled } = comparison;
  const left = notModelled.length === 0 ? [] : [`Not followed: ${notModelled.join(', ')}.`];
  return [
    ...formatTable(
      ['OF', 'FIGURE', 'SCENARIO', 'AGAINST', 'DIFFERENCE', ''],
      [
        ...sayMeasures('all kinds', whole),
        ...Object.entries(kinds).flatMap(([name, measures]) => sayMeasures(name, measures)),
        ...Object.entries(plans).flatMap(([name, waits]) => sayWaits(`plan ${name}`, waits)),
        ...Object.entries(occupancy).map(([name, one]) => sayRow(name, 'in use', one, PERCENT)),
        sayRow('agents', 'Jain', comparison.jain, INDEX),
      ],
    ),
    '',
    `${runs} runs of each, both on the seeds from ${seed} on. ± is half the 95 % interval of the difference.`,
    ...sayAlone('SCENARIO', comparison.alone.scenario),
    ...sayAlone('AGAINST', comparison.alone.against),
    ...left,
  ];
}

function sayAlone(which: string, alone: Comparison['alone']['scenario']): string[] {
  const said = Object.entries(alone).flatMap(([part, names]) =>
    names.length === 0 ? [] : [`${part} ${names.map((name) => `“${name}”`).join(', ')}`],
  );
  return said.length === 0 ? [] : [`Only in ${which}, so not compared: ${said.join('; ')}.`];
}

interface Unit {
  write(value: number): string;
}

const PERCENT: Unit = { write: (value) => `${(value * 100).toFixed(2)} %` };
const INDEX: Unit = { write: (value) => value.toFixed(4) };
const SECONDS: Unit = { write: (value) => `${value.toFixed(2)} s` };

function sayWaits(of: string, { meanWait, p95, within }: ComparedWaits): string[][] {
  const rows: [string, Difference | undefined, Unit][] = [
    ['mean wait', meanWait, SECONDS],
    ['p95', p95, SECONDS],
    ['within', within, PERCENT],
  ];
  return rows.flatMap(([figure, one, unit]) => {
    return one === undefined ? [] : [sayRow(of, figure, one, unit)];
  });
}

function sayMeasures(
  of: string,
  { within, firstAnswer, transfers, ...measures }: ComparedMeasures,
): string[][] {
  const rows: [string, Difference, Unit][] = [
    ['waited', measures.waitedShare, PERCENT],
    ['mean wait', measures.meanWait, SECONDS],
    ['p95', measures.p95, SECONDS],
    ...Object.entries(within).map(([seconds, one]): [string, Difference, Unit] => {
      return [`within ${seconds} s`, one, PERCENT];
    }),
    ...(firstAnswer === undefined
      ? []
      : ([
          ['first answer', firstAnswer.mean, SECONDS],
          ['first answer, p95', firstAnswer.p95, SECONDS],
        ] satisfies [string, Difference, Unit][])),
    ...(transfers === undefined
      ? []
      : ([
          ['transferred', transfers.share, PERCENT],
          ['wait after a transfer', transfers.meanWait, SECONDS],
        ] satisfies [string, Difference, Unit][])),
    ['left', measures.abandonedShare, PERCENT],
    ['lost', measures.lostShare, PERCENT],
    ['unserved', measures.unservedShare, PERCENT],
  ];
  return rows.map(([figure, one, unit]) => sayRow(of, figure, one, unit));
}

function sayRow(of: string, figure: string, one: Difference, { write }: Unit): string[] {
  const { scenario, against, difference, ci, shown } = one;
  const sign = difference > 0 ? '+' : '';
  return [
    ...[of, figure, write(scenario), write(against)],
    `${sign}${write(difference)} ± ${write(ci)}`,
    shown ? '' : 'no difference shown',
  ];
}
