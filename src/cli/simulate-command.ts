// `usher simulate`: what a scenario comes to, without a server.
import { type Command, InvalidArgumentError } from 'commander';
import { type ModelName, modelNames, type SimulationResult } from '../contract/scenario.ts';
import { CommandFailed } from './api-client.ts';
import { compareSimulations, sayComparison } from './compare-simulations.ts';
import { readDocument, sayFinding } from './policy-commands.ts';
import type { Printer } from './print.ts';
import { repeatSimulation, sayRepeated } from './repeat-simulation.ts';
import { NotSimulated, runSimulation } from './run-simulation.ts';
import { sayModels, sayResult } from './say-simulation.ts';

export function addSimulateCommand(program: Command, print: () => Printer): void {
  program
    .command('simulate')
    .description('run a made-up or measured centre through the router’s own decisions')
    .option('--scenario <file>', 'the scenario; without it: what is piped in')
    .option('--seed <n>', 'instead of the scenario’s own', toSeed)
    .option('--against <file>', 'another scenario, run on the same seeds: what differs')
    .option(
      '--runs <n>',
      'on so many seeds, with the interval over them; with --against: of each',
      toRuns,
    )
    .option(
      '--models <names>',
      `beside each other, with a comma between: ${modelNames.join(', ')}; or all`,
      toModels,
    )
    .action(async (options: Options) => {
      refuseTogether(options);
      const body = await readDocument(options.scenario);
      if (options.models !== undefined) await runModels(body, options, print());
      else if (options.against !== undefined) await runAgainst(body, options, print());
      else if (options.runs !== undefined) await runOften(body, options, print());
      else {
        const result = await simulate(body, options.seed);
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

function refuseTogether({ models, runs, against }: Options): void {
  if (models === undefined) return;
  if (runs !== undefined) throw new CommandFailed('--models and --runs do not go together.', 2);
  if (against !== undefined)
    throw new CommandFailed('--models and --against do not go together.', 2);
}

async function runModels(body: unknown, { models = [], seed }: Options, out: Printer) {
  const results: [ModelName, SimulationResult][] = [];
  for (const model of models) results.push([model, await simulateModel(body, model, seed)]);
  out.lines({ models: Object.fromEntries(results) }, sayModels(results));
}

async function runAgainst(body: unknown, { against, runs = RUNS, seed }: Options, out: Printer) {
  const other = await readDocument(against);
  const first = seed ?? readSeed(body);
  const comparison = await withProgress((onProgress) =>
    compareSimulations([body, other], { runs, seed: first, onProgress }),
  );
  out.lines(comparison, sayComparison(comparison));
}

async function runOften(body: unknown, { runs = RUNS, seed }: Options, out: Printer) {
  const first = seed ?? readSeed(body);
  const repeated = await withProgress((onProgress) =>
    repeatSimulation(body, { runs, seed: first, onProgress }),
  );
  out.lines(repeated, sayRepeated(repeated));
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
