// `usher simulate`: what a scenario comes to, without a server.
import { type Command, InvalidArgumentError } from 'commander';
import {
  type KindResult,
  type ModelName,
  modelNames,
  type SimulationResult,
} from '../contract/scenario.ts';
import { CommandFailed } from './api-client.ts';
import { readDocument, sayFinding } from './policy-commands.ts';
import { formatTable, type Printer } from './print.ts';
import { NotSimulated, runSimulation } from './run-simulation.ts';

export function addSimulateCommand(program: Command, print: () => Printer): void {
  program
    .command('simulate')
    .description('run a made-up or measured centre through the router’s own decisions')
    .option('--scenario <file>', 'the scenario; without it: what is piped in')
    .option('--seed <n>', 'instead of the scenario’s own', toSeed)
    .option(
      '--models <names>',
      `beside each other, with a comma between: ${modelNames.join(', ')}; or all`,
      toModels,
    )
    .action(async ({ scenario, seed, models }: Options) => {
      const body = await readDocument(scenario);
      if (models === undefined) {
        const result = await simulate(body, seed);
        print().lines(result, sayResult(result));
        return;
      }
      const results: [ModelName, SimulationResult][] = [];
      for (const model of models) results.push([model, await simulateModel(body, model, seed)]);
      print().lines({ models: Object.fromEntries(results) }, sayModels(results));
    });
}

interface Options {
  scenario?: string;
  seed?: number;
  models?: ModelName[];
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

async function simulate(body: unknown, seed: number | undefined): Promise<SimulationResult> {
  const { stderr } = process;
  const clear = () => stderr.isTTY && stderr.write('\r\x1b[K');
  const onProgress = (done: number) => {
    if (stderr.isTTY) stderr.write(`\r${Math.floor(done * 100)} % have come`);
  };
  try {
    return await runSimulation(body, { seed, onProgress });
  } catch (error) {
    if (!(error instanceof NotSimulated)) throw error;
    throw new CommandFailed([error.message, ...error.faults.map(sayFinding)].join('\n'), 1);
  } finally {
    clear();
  }
}

function sayResult({ kinds, agents, ...whole }: SimulationResult): string[] {
  const { assignments, jain, overCapacity, notModelled, wallSeconds } = whole;
  const left = notModelled.length === 0 ? [] : [`Not followed: ${notModelled.join(', ')}.`];
  return [
    ...formatTable(
      ['KIND', 'ARRIVED', 'WAITED', 'MEAN WAIT', 'P50', 'P95', 'P99', 'LEFT', 'LOST', 'UNSERVED'],
      Object.entries(kinds).map(([name, kind]) => [name, ...sayKind(kind)]),
    ),
    '',
    ...formatTable(
      ['AGENTS', 'IN USE', 'GIVEN'],
      Object.entries(agents).map(([name, one]) => [name, percent(one.occupancy), one.given]),
    ),
    '',
    `${assignments} assignments in ${wallSeconds} s, ${overCapacity} beyond a capacity; spread among agents (Jain) ${jain.toFixed(4)}.`,
    ...left,
  ];
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
