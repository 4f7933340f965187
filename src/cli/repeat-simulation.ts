// Runs one scenario on several seeds and says each figure with its interval over them.
import type { Estimate, RepeatedMeasures, RepeatedRuns } from '../contract/scenario.ts';
import { seedAfter } from '../simulation/seed-after.ts';
import { type Run, sumRuns } from '../simulation/sum-runs.ts';
import { formatTable } from './print.ts';
import { type RunOptions, runSimulation } from './run-simulation.ts';

/** Throws NotSimulated. `seed`: of the first run. */
export async function repeatSimulation(
  scenario: unknown,
  { runs, seed, onProgress }: { runs: number; seed: number } & Pick<RunOptions, 'onProgress'>,
): Promise<RepeatedRuns> {
  const results: Run[] = [];
  const notModelled = new Set<string>();
  for (let nth = 0; nth < runs; nth += 1) {
    const result = await runSimulation(scenario, {
      seed: seedAfter(seed, nth),
      onProgress: (done) => onProgress?.((nth + done) / runs),
    });
    for (const part of result.notModelled) notModelled.add(part);
    results.push(result);
  }
  return { seed, ...sumRuns(results), notModelled: [...notModelled] };
}

export function sayRepeated({ runs, seed, ...of }: RepeatedRuns): string[] {
  const { kinds, whole, occupancy, jain, notModelled } = of;
  const lines = Object.entries(kinds);
  if (whole !== undefined && lines.length > 1) lines.push(['all kinds', whole]);
  const within = Object.keys(lines[0]?.[1].within ?? {});
  const hasBot = lines.some(([, { botShare }]) => botShare !== undefined);
  const left = notModelled.length === 0 ? [] : [`Not followed: ${notModelled.join(', ')}.`];
  return [
    ...formatTable(
      [
        ...[
          'KIND',
          ...(hasBot ? ['BOT'] : []),
          'WAITED',
          'MEAN WAIT',
          'P50',
          'P95',
          'P99',
          'LEFT',
          'LOST',
          'UNSERVED',
        ],
        ...within.map((limit) => `WITHIN ${limit} s`),
      ],
      lines.map(([name, kind]) => [name, ...sayMeasures(kind, hasBot)]),
    ),
    '',
    ...formatTable(
      ['AGENTS', 'IN USE'],
      Object.entries(occupancy).map(([name, one]) => [name, sayShare(one)]),
    ),
    '',
    `${runs} runs, on the seeds from ${seed} on. ± is half the 95 % interval over them. Spread among agents (Jain) ${jain.mean.toFixed(4)} ± ${jain.ci.toFixed(4)}.`,
    ...left,
  ];
}

/** `hasBot`: a column says what a bot ended. */
function sayMeasures({ within, ...kind }: RepeatedMeasures, hasBot: boolean): string[] {
  const { botShare = { mean: 0, ci: 0 } } = kind;
  return [
    ...(hasBot ? [sayShare(botShare)] : []),
    sayShare(kind.waitedShare),
    ...[kind.meanWait, kind.p50, kind.p95, kind.p99].map(saySeconds),
    ...[kind.abandonedShare, kind.lostShare, kind.unservedShare].map(sayShare),
    ...Object.values(within).map(sayShare),
  ];
}

const sayShare = ({ mean, ci }: Estimate): string =>
  `${(mean * 100).toFixed(2)} % ± ${(ci * 100).toFixed(2)} %`;
const saySeconds = ({ mean, ci }: Estimate): string => `${mean.toFixed(2)} s ± ${ci.toFixed(2)} s`;
