// Runs one scenario on several seeds and says each figure with its interval over them.
import type {
  Estimate,
  RepeatedMeasures,
  RepeatedRuns,
  RepeatedWaits,
} from '../contract/scenario.ts';
import { seedAfter } from '../simulation/seed-after.ts';
import { type Run, sumRuns } from '../simulation/sum-runs.ts';
import { formatTable } from './print.ts';
import { type RunOptions, runSimulation } from './run-simulation.ts';
import { OF_TRANSFERS } from './say-simulation.ts';

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
  const { kinds, whole, plans, occupancy, served, jain, notModelled } = of;
  const lines = Object.entries(kinds);
  if (whole !== undefined && lines.length > 1) lines.push(['all kinds', whole]);
  const within = Object.keys(lines[0]?.[1].within ?? {});
  const hasBot = lines.some(([, { botShare }]) => botShare !== undefined);
  const answers = lines.some(([, { firstAnswer }]) => firstAnswer !== undefined);
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
          ...(answers ? ['FIRST ANSWER', 'ITS P95'] : []),
          'LEFT',
          'LOST',
          'UNSERVED',
        ],
        ...within.map((limit) => `WITHIN ${limit} s`),
      ],
      lines.map(([name, kind]) => [name, ...sayMeasures(kind, { hasBot, answers })]),
    ),
    ...sayTransfers(lines),
    '',
    ...formatTable(
      ['AGENTS', 'IN USE', ...(served === undefined ? [] : OF_WAITS)],
      Object.entries(occupancy).map(([name, one]) => [
        ...[name, sayShare(one), ...sayWaits(served?.agents[name])],
      ]),
    ),
    ...sayParts('TEAM', served?.teams),
    ...sayParts('PLAN', plans),
    '',
    `${runs} runs, on the seeds from ${seed} on. ± is half the 95 % interval over them. Spread among agents (Jain) ${jain.mean.toFixed(4)} ± ${jain.ci.toFixed(4)}.`,
    ...left,
  ];
}

function sayTransfers(kinds: readonly [string, RepeatedMeasures][]): string[] {
  const rows = kinds.flatMap(([name, { transfers }]) => {
    if (transfers === undefined) return [];
    const { share, meanWait, p95, leftShare, unservedShare } = transfers;
    const waits = [meanWait, p95].map(sayKnown);
    return [[name, ...[share].map(sayPart), ...waits, ...[leftShare, unservedShare].map(sayPart)]];
  });
  return rows.length === 0 ? [] : ['', ...formatTable(OF_TRANSFERS, rows)];
}

const sayPart = (one: Estimate | null) => (one === null ? null : sayShare(one));

const OF_WAITS = ['MEAN WAIT', 'P95', 'WITHIN'];

function sayParts(head: string, parts: Record<string, RepeatedWaits> = {}): string[] {
  const rows = Object.entries(parts).map(([name, waits]) => [name, ...sayWaits(waits)]);
  return rows.length === 0 ? [] : ['', ...formatTable([head, ...OF_WAITS], rows)];
}

function sayWaits(waits: RepeatedWaits | undefined): (string | null)[] {
  if (waits === undefined) return [];
  const { meanWait, p95, within } = waits;
  return [...[meanWait, p95].map(sayKnown), sayPart(within)];
}

const sayKnown = (one: Estimate | null) => (one === null ? null : saySeconds(one));

/** `hasBot`: a column says what a bot ended; `answers`: others, when agents answered. */
function sayMeasures(
  { within, ...kind }: RepeatedMeasures,
  { hasBot, answers }: { hasBot: boolean; answers: boolean },
): (string | null)[] {
  const { botShare = { mean: 0, ci: 0 }, firstAnswer = { mean: null, p95: null } } = kind;
  return [
    ...(hasBot ? [sayShare(botShare)] : []),
    sayShare(kind.waitedShare),
    ...[kind.meanWait, kind.p50, kind.p95, kind.p99].map(saySeconds),
    ...(answers ? [firstAnswer.mean, firstAnswer.p95].map(sayKnown) : []),
    ...[kind.abandonedShare, kind.lostShare, kind.unservedShare].map(sayShare),
    ...Object.values(within).map(sayShare),
  ];
}

const sayShare = ({ mean, ci }: Estimate): string =>
  `${(mean * 100).toFixed(2)} % ± ${(ci * 100).toFixed(2)} %`;
const saySeconds = ({ mean, ci }: Estimate): string => `${mean.toFixed(2)} s ± ${ci.toFixed(2)} s`;
