// `usher simulate`: what a scenario comes to, without a server.
import { type Command, InvalidArgumentError } from 'commander';
import {
  type HourResult,
  type KindResult,
  type ModelName,
  modelNames,
  type PlanResult,
  type SimulationResult,
} from '../contract/scenario.ts';
import { CommandFailed } from './api-client.ts';
import { compareSimulations, sayComparison } from './compare-simulations.ts';
import { readDocument, sayFinding } from './policy-commands.ts';
import { formatTable, type Printer } from './print.ts';
import { NotSimulated, runSimulation } from './run-simulation.ts';

export function addSimulateCommand(program: Command, print: () => Printer): void {
  program
    .command('simulate')
    .description('run a made-up or measured centre through the router’s own decisions')
    .option('--scenario <file>', 'the scenario; without it: what is piped in')
    .option('--seed <n>', 'instead of the scenario’s own', toSeed)
    .option('--against <file>', 'another scenario, run on the same seeds: what differs')
    .option('--runs <n>', 'with --against: how many runs of each', toRuns)
    .option(
      '--models <names>',
      `beside each other, with a comma between: ${modelNames.join(', ')}; or all`,
      toModels,
    )
    .action(async ({ scenario, seed, against, runs, models }: Options) => {
      if (against === undefined && runs !== undefined) {
        throw new CommandFailed('--runs goes with --against.', 2);
      }
      if (against !== undefined && models !== undefined) {
        throw new CommandFailed('--models and --against do not go together.', 2);
      }
      const body = await readDocument(scenario);
      if (models !== undefined) {
        const results: [ModelName, SimulationResult][] = [];
        for (const model of models) results.push([model, await simulateModel(body, model, seed)]);
        print().lines({ models: Object.fromEntries(results) }, sayModels(results));
      } else if (against !== undefined) {
        const other = await readDocument(against);
        const comparison = await withProgress((onProgress) =>
          compareSimulations([body, other], {
            ...{ runs: runs ?? RUNS, onProgress },
            seed: seed ?? readSeed(body),
          }),
        );
        print().lines(comparison, sayComparison(comparison));
      } else {
        const result = await simulate(body, seed);
        print().lines(result, sayResult(result));
      }
    });
}

interface Options {
  scenario?: string;
  seed?: number;
  against?: string;
  runs?: number;
  models?: ModelName[];
}

const RUNS = 10;
const MOST_RUNS = 1000;

/** The scenario's own; what it is worth is checked when it is run. */
function readSeed(body: unknown): number {
  const { seed } = (body ?? {}) as { seed?: unknown };
  return typeof seed === 'number' ? seed : 1;
}

/** The same customers, given by another model. */
async function simulateModel(
  body: unknown,
  model: ModelName,
  seed: number | undefined,
): Promise<SimulationResult> {
  const isObject = typeof body === 'object' && body !== null && !Array.isArray(body);
  return await simulate(isObject ? { ...body, model } : body, seed);
}

function simulate(body: unknown, seed: number | undefined): Promise<SimulationResult> {
  return withProgress((onProgress) => runSimulation(body, { seed, onProgress }));
}

async function withProgress<T>(
  run: (onProgress: (done: number) => void) => Promise<T>,
): Promise<T> {
  const { stderr } = process;
  const clear = () => stderr.isTTY && stderr.write('\r\x1b[K');
  const onProgress = (done: number) => {
    if (stderr.isTTY) stderr.write(`\r${Math.floor(done * 100)} % have come`);
  };
  try {
    return await run(onProgress);
  } catch (error) {
    if (!(error instanceof NotSimulated)) throw error;
    throw new CommandFailed([error.message, ...error.faults.map(sayFinding)].join('\n'), 1);
  } finally {
    clear();
  }
}

/** More hours than a week are for programs. */
const MOST_HOURS = 168;

function sayResult({
  kinds,
  agents,
  whole,
  plans = {},
  hours = [],
  ...rest
}: SimulationResult): string[] {
  const { assignments, jain, overCapacity, notModelled, wallSeconds } = rest;
  const lines = Object.entries(kinds);
  if (whole !== undefined && lines.length > 1) lines.push(['all kinds', whole]);
  const left = notModelled.length === 0 ? [] : [`Not followed: ${notModelled.join(', ')}.`];
  return [
    ...formatTable(
      ['KIND', 'ARRIVED', 'WAITED', 'MEAN WAIT', 'P50', 'P95', 'P99', 'LEFT', 'LOST', 'UNSERVED'],
      lines.map(([name, kind]) => [name, ...sayKind(kind)]),
    ),
    '',
    ...formatTable(
      ['AGENTS', 'IN USE', 'GIVEN'],
      Object.entries(agents).map(([name, one]) => [name, percent(one.occupancy), one.given]),
    ),
    ...sayPlans(plans),
    ...sayHours(hours),
    '',
    `${assignments} assignments in ${wallSeconds} s, ${overCapacity} beyond a capacity; spread among agents (Jain) ${jain.toFixed(4)}.`,
    ...left,
  ];
}

function sayPlans(plans: Record<string, PlanResult>): string[] {
  const rows = Object.entries(plans).map(([name, plan]) => [name, ...sayPlan(plan)]);
  return rows.length === 0 ? [] : ['', ...formatTable(['PLAN', ...OF_PLAN], rows)];
}

function sayHours(hours: readonly HourResult[]): string[] {
  if (hours.length > MOST_HOURS) return ['', `${hours.length} hours: --json lists them.`];
  const rows = hours.map((hour) => [sayHour(hour.from), ...sayPlan(hour), hour.waiting]);
  return ['', ...formatTable(['HOUR', ...OF_PLAN, 'WAITING AT THE END'], rows)];
}

const OF_PLAN = ['ARRIVED', 'MEAN WAIT', 'WITHIN'];

function sayPlan({ arrived, meanWait, within }: PlanResult): (string | number | null)[] {
  return [arrived, seconds(meanWait), within === null ? null : percent(within)];
}

/** By day, from 1, and hour. */
function sayHour(from: number): string {
  const hours = from / 3600;
  return `${Math.floor(hours / 24) + 1} ${String(hours % 24).padStart(2, '0')}:00`;
}

function sayKind(kind: KindResult): (string | number)[] {
  const { arrived, waitedShare, waitedShareCi, meanWait, meanWaitCi, p50, p95, p99 } = kind;
  return [
    arrived,
    `${percent(waitedShare)} ± ${percent(waitedShareCi)}`,
    `${seconds(meanWait)} ± ${seconds(meanWaitCi)}`,
    ...[p50, p95, p99].map(seconds),
    ...[kind.abandonedShare, kind.lostShare, kind.unservedShare].map(percent),
  ];
}

/** A line for each model and kind: quantiles of several kinds cannot be put together. */
function sayModels(results: readonly [ModelName, SimulationResult][]): string[] {
  const all = results.map(([, result]) => result);
  const within = Object.keys(Object.values(all[0]?.kinds ?? {})[0]?.within ?? {});
  const notes = results.flatMap(([model, { notModelled }]) =>
    notModelled.length === 0 ? [] : [`Not followed by ${model}: ${notModelled.join(', ')}.`],
  );
  return [
    ...formatTable(
      [
        ...['MODEL', 'KIND', 'MEAN WAIT', 'P95', 'LEFT', 'LOST'],
        ...within.map((limit) => `WITHIN ${limit} s`),
        ...['JAIN', 'OVER CAPACITY'],
      ],
      results.flatMap(([model, { kinds, jain, overCapacity }]) =>
        Object.entries(kinds).map(([name, kind]) => [
          ...[model, name, seconds(kind.meanWait), seconds(kind.p95)],
          ...[percent(kind.abandonedShare), percent(kind.lostShare)],
          ...Object.values(kind.within).map(percent),
          ...[jain.toFixed(4), overCapacity],
        ]),
      ),
    ),
    ...(notes.length === 0 ? [] : ['', ...notes]),
  ];
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
const seconds = (value: number): string => `${value.toFixed(value < 10 ? 2 : 1)} s`;

function toRuns(written: string): number {
  const runs = Number(written);
  if (!Number.isInteger(runs) || runs < 2 || runs > MOST_RUNS)
    throw new InvalidArgumentError(`It is a whole number from 2 to ${MOST_RUNS}.`);
  return runs;
}

function toSeed(written: string): number {
  const seed = Number(written);
  if (!Number.isInteger(seed) || seed < 0 || seed >= 2 ** 31)
    throw new InvalidArgumentError('It is a whole number from 0 to 2147483647.');
  return seed;
}

function toModels(written: string): ModelName[] {
  if (written === 'all') return [...modelNames];
  const asked = written.split(',').map((name) => name.trim());
  const known = modelNames.filter((name) => asked.includes(name));
  const unknown = asked.filter((name) => !(modelNames as readonly string[]).includes(name));
  if (unknown.length > 0)
    throw new InvalidArgumentError(
      `There is no model “${unknown.join('”, “')}”. There are: ${modelNames.join(', ')}.`,
    );
  return known;
}
