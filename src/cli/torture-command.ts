// `usher torture`: servers of this very installation under load and faults of every kind, and what was found.
import { type Command, InvalidArgumentError } from 'commander';
import type { TortureReport } from '../torture/run-torture.ts';
import { CommandFailed } from './api-client.ts';
import type { Printer } from './print.ts';
import { sayProgress, sayTorture } from './say-torture.ts';
import { listenForStop } from './stop-signal.ts';

interface Options {
  for: number;
  seed: number;
  nodes: number;
  database?: string;
}

const MOST_NODES = 8;
const MOST_SEED = 1_000_000;
const TELL_EVERY_MS = 5000;

export function addTortureCommand(program: Command, print: () => Printer): void {
  program
    .command('torture')
    .description('kill servers, cut lines and crash the database under load; check every promise')
    .option('--for <time>', 'for how long: 90s, 10m, 8h', toSeconds, 600)
    .option('--seed <n>', 'of the random choices (default: any, and told)', toNumber, anySeed())
    .option('--nodes <n>', 'how many servers', toNodes, 2)
    .option(
      '--database <url>',
      'an empty database, which is filled and emptied again; without it: one that is thrown away',
    )
    .action(async (options: Options) => {
      const report = await torture(options);
      print().lines(report, sayTorture(report));
      if (report.breaches.length > 0) process.exitCode = 1;
    });
}

async function torture(options: Options): Promise<TortureReport> {
  const stop = listenForStop();
  const { NoDatabase } = await import('../torture/open-database.ts');
  const { runTorture } = await import('../torture/run-torture.ts');
  const began = performance.now();
  let toldAt = began;
  process.stderr.write(`Seed ${options.seed}. Ctrl-C ends it with its table.\n`);
  return runTorture({
    ...{ seconds: options.for, seed: options.seed, nodes: options.nodes, stop },
    database: options.database,
    onProgress: (report) => {
      if (performance.now() - toldAt < TELL_EVERY_MS) return;
      toldAt = performance.now();
      process.stderr.write(`${sayProgress(report, (toldAt - began) / 1000)}\n`);
    },
  }).catch((error: unknown) => {
    throw error instanceof NoDatabase ? new CommandFailed(error.message, 2) : error;
  });
}

const anySeed = () => Math.floor(Math.random() * MOST_SEED);

const UNITS: Record<string, number> = { '': 1, s: 1, m: 60, h: 3600 };

function toSeconds(text: string): number {
  const [, number = '', unit = ''] = /^(\d+)([smh]?)$/.exec(text) ?? [];
  const seconds = Number(number) * (UNITS[unit] ?? 1);
  if (number === '' || seconds < 1) throw new InvalidArgumentError('As in 90s, 10m or 8h.');
  return seconds;
}

function toNumber(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 0 && number <= MOST_SEED) return number;
  throw new InvalidArgumentError(`A number from 0 to ${MOST_SEED}.`);
}

function toNodes(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 1 && number <= MOST_NODES) return number;
  throw new InvalidArgumentError(`A number from 1 to ${MOST_NODES}.`);
}
