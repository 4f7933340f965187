// `usher simulate`: what a scenario comes to, without a server.
import { type Command, InvalidArgumentError } from 'commander';
import type { KindResult, SimulationResult } from '../contract/scenario.ts';
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
    .action(async ({ scenario, seed }: { scenario?: string; seed?: number }) => {
      const body = await readDocument(scenario);
      const result = await simulate(body, seed);
      print().lines(result, sayResult(result));
    });
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

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
const seconds = (value: number): string => `${value.toFixed(value < 10 ? 2 : 1)} s`;

function toSeed(written: string): number {
  const seed = Number(written);
  if (!Number.isInteger(seed) || seed < 0 || seed >= 2 ** 31)
    throw new InvalidArgumentError('It is a whole number from 0 to 2147483647.');
  return seed;
}
